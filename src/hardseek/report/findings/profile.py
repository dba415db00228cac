"""Every dimension of every system, and how far its scores agree with people."""

from dataclasses import replace

from hardseek.report.findings.agreement import agreement
from hardseek.report.findings.section import told
from hardseek.report.sections import profile as without_agreement
from hardseek.report.table import Table
from hardseek.report.view import RunView


def profile(view: RunView) -> Table:
    """Put agreement with people beside each dimension."""
    table = without_agreement(view)
    rows = (
        replace(row, values=(agreement(view, dimension.name), *row.values))
        for dimension, row in zip(view.summary.dimensions, table.rows, strict=True)
    )
    return Table((table.columns[0], told("agreement"), *table.columns[1:]), tuple(rows))
