"""Distress, trust and what was told, exchange by exchange."""

from typing import Final

from hardseek.analysis import Cell, Trajectory
from hardseek.analysis.trajectories import QUANTITIES, Quantity
from hardseek.report.findings.findings import Findings
from hardseek.report.findings.section import Section, Shown, section, shown, told
from hardseek.report.findings.survival import legend, sides_of
from hardseek.report.numbers import number
from hardseek.report.order import ranked
from hardseek.report.panels import lay_panels
from hardseek.report.safe import visible
from hardseek.report.titles import condition_title
from hardseek.report.words import Bilingual

_METHOD = "estimates.md#trajectories-trajectories"
_SCALES: Final[dict[Quantity, tuple[float, ...]]] = {"distress": (0.0, 10.0), "trust": (0.0, 1.0), "disclosed": (0.0,)}


def trajectories(findings: Findings) -> Section:
    """Show the course of every quantity, a panel a system, whoever left standing where they left."""
    if not findings.trajectories:
        return section("trajectories", note=told("trajectories_absent"), method=_METHOD, absent=told("states_none"))
    return section(
        "trajectories",
        note=told("trajectories_note"),
        method=_METHOD,
        pictures=tuple(_picture(findings, quantity) for quantity in QUANTITIES),
    )


def _picture(findings: Findings, quantity: Quantity) -> Shown | None:
    panels = []
    for system in ranked(findings.view):
        found = [
            (side, condition, trajectory)
            for side, condition in sides_of(findings)
            if (trajectory := findings.trajectories.get(Cell(quantity, condition, system))) is not None
        ]
        curves = [(side, each.carried, range(1, len(each.carried) + 1)) for side, _, each in found]
        if curves:
            words = _words(findings, [(condition, each) for _, condition, each in found])
            panels.append((visible(system), curves, words))
    picture = lay_panels(panels, legend(findings), scale=_SCALES[quantity])
    return shown(quantity, told(f"course_{quantity}"), picture, folded=quantity != "distress")


def _words(findings: Findings, found: list[tuple[str, Trajectory]]) -> Bilingual:
    said = [
        told(
            "course_told",
            condition=condition_title(findings.view, condition),
            values=", ".join(number(each.mean, 1) for each in trajectory.carried),
        )
        for condition, trajectory in found
    ]
    return {"en": " ".join(each["en"] for each in said), "zh": "".join(each["zh"] for each in said)}
