"""How long seekers stay before they leave unhelped."""

from hardseek.analysis import Curve, Estimate
from hardseek.report.chart import Side
from hardseek.report.findings.cells import counted, estimated, shared, tested
from hardseek.report.findings.findings import Findings
from hardseek.report.findings.section import Section, Titled, section, shown, told
from hardseek.report.numbers import count, percent
from hardseek.report.order import ranked
from hardseek.report.panels import Drawn, lay_panels
from hardseek.report.safe import visible
from hardseek.report.table import Row, Table, Value
from hardseek.report.titles import condition_title
from hardseek.report.words import Bilingual, say

_METHOD = "estimates.md#engagement-survival"
_START = Estimate(1.0, 1.0, 1.0, 0, 0)
"""Before the first exchange everybody is there."""


def survival(findings: Findings) -> Section:
    """Show the curves of every system under the reference and the condition in focus, and the restricted means."""
    sides = sides_of(findings)
    if not any((condition, system) in findings.curves for _, condition in sides for system in findings.summary.systems):
        return section("survival", note=told("survival_absent"), method=_METHOD, absent=told("survival_none"))
    panels = []
    for system in ranked(findings.view):
        found = [
            (side, condition, curve)
            for side, condition in sides
            if (curve := findings.curves.get((condition, system))) is not None
        ]
        curves = [_drawn(side, curve) for side, _, curve in found]
        panels.append((visible(system), curves, _words(findings, [(name, curve) for _, name, curve in found])))
    picture = lay_panels(panels, legend(findings), scale=(0.0, 1.0), steps=True)
    table = Titled("survival", told("survival_table"), _table(findings))
    return section(
        "survival",
        note=told("survival_note"),
        method=_METHOD,
        pictures=(shown("survival", told("survival_picture"), picture),),
        tables=(table,),
    )


def sides_of(findings: Findings) -> list[tuple[Side, str]]:
    """List the conditions that are drawn: the reference, and the hard one in focus."""
    sides: list[tuple[Side, str]] = []
    if findings.summary.reference is not None:
        sides.append(("reference", findings.summary.reference))
    if findings.summary.focus is not None:
        sides.append(("hard", findings.summary.focus))
    return sides


def legend(findings: Findings) -> tuple[tuple[Side, Bilingual], ...]:
    """Name the conditions that are drawn."""
    return tuple((side, condition_title(findings.view, condition)) for side, condition in sides_of(findings))


def _drawn(side: Side, curve: Curve) -> Drawn:
    return side, (_START, *curve.stay), range(len(curve.stay) + 1)


def _words(findings: Findings, found: list[tuple[str, Curve]]) -> Bilingual:
    said = [
        told(
            "survival_told",
            condition=condition_title(findings.view, condition),
            shares=", ".join(percent(stay.mean) for stay in curve.stay),
        )
        for condition, curve in found
    ]
    return {"en": " ".join(each["en"] for each in said), "zh": "".join(each["zh"] for each in said)}


def _table(findings: Findings) -> Table:
    sides = [condition for _, condition in sides_of(findings)]
    titles = [condition_title(findings.view, condition) for condition in sides]
    last = max((len(curve.stay) for curve in findings.curves.values()), default=0)
    columns = (
        say("system"),
        *(told("stays", condition=title, last=count(last)) for title in titles),
        *(told("leaves", condition=title) for title in titles),
        *((told("log_rank"),) if findings.paired else ()),
        told("not_known"),
    )
    rows = []
    for system in ranked(findings.view):
        curves = [findings.curves.get((condition, system)) for condition in sides]
        if not any(curves):
            continue
        values = [estimated(curve.exchanges if curve else None, 2) for curve in curves]
        values += [shared(curve.left[-1]) if curve and curve.left else Value("") for curve in curves]
        if findings.paired:
            values.append(tested(findings.leaving[system][1]) if system in findings.leaving else Value(""))
        values.append(counted(sum(curve.left_out for curve in curves if curve)))
        rows.append(Row(visible(system), tuple(values)))
    return Table(columns, tuple(rows))
