"""The sections in their order."""

from hardseek.report.findings.bounds import bounds
from hardseek.report.findings.design import design
from hardseek.report.findings.findings import Findings
from hardseek.report.findings.groups import groups
from hardseek.report.findings.ranks import ranks
from hardseek.report.findings.section import Section
from hardseek.report.findings.shares import shares
from hardseek.report.findings.survival import survival
from hardseek.report.findings.tails import tails
from hardseek.report.findings.trajectories import trajectories


def every_section(findings: Findings) -> dict[str, Section]:
    """Make all sections, in the order of the page."""
    made = (
        ranks(findings), shares(findings), tails(findings), survival(findings), trajectories(findings),
        groups(findings), design(findings), bounds(findings),
    )  # fmt: skip
    return {section.name: section for section in made}
