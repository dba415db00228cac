"""What the analysis found: computed once, and worded as the sections that page, tables and figures are made of."""

from hardseek.report.findings.all import every_section
from hardseek.report.findings.findings import Findings
from hardseek.report.findings.section import Section, Shown, Titled

__all__ = ["Findings", "Section", "Shown", "Titled", "every_section"]
