"""The report: the table a run prints and the page a person reads."""

from hardseek.report.page import render_report, write_report
from hardseek.report.terminal import RunTable, run_table
from hardseek.report.view import RunView

__all__ = ["RunTable", "RunView", "render_report", "run_table", "write_report"]
