"""The page on a judge's agreement with people."""

from hardseek.report.agreement.page import render_agreement, write_agreement

__all__ = ["render_agreement", "write_agreement"]
