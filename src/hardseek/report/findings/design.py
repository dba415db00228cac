"""Where the variance lies, and what this design can show."""

from hardseek.analysis import cards_needed, minimum_effect, replicates_needed
from hardseek.analysis.variance import Variance
from hardseek.report.findings.cells import counted, plain, shared
from hardseek.report.findings.findings import Findings
from hardseek.report.findings.section import Section, Titled, section, told
from hardseek.report.numbers import count, digits, number
from hardseek.report.order import ranked
from hardseek.report.safe import visible
from hardseek.report.table import Row, Table, Value
from hardseek.report.titles import condition_title, dimension_title
from hardseek.report.words import Bilingual, say

_METHOD = "estimates.md#variance-and-design-variance-power"


def design(findings: Findings) -> Section:
    """Show the components of variance, and for each system the smallest drop that would be seen."""
    if not findings.scored:
        return section("design", note=told("design_absent"), method=_METHOD, absent=told("no_scores"))
    found = findings.variance
    tables = (
        Titled("variance", told("variance"), _components(found)) if found is not None else None,
        Titled("effects", told("effects"), _effects(findings)) if findings.spreads else None,
    )
    absent = told("design_none") if found is None and not findings.spreads else None
    dimension = dimension_title(findings.main)
    return section(
        "design", note=told("design_note", dimension=dimension), method=_METHOD, tables=tables,
        remarks=_remarks(found), absent=absent,
    )  # fmt: skip


def component_title(name: str) -> Bilingual:
    """Name a component of variance for people."""
    parts = [told(f"factor_{part}") for part in name.split(" x ")]
    return {"en": " × ".join(part["en"] for part in parts), "zh": " × ".join(part["zh"] for part in parts)}


def _components(found: Variance) -> Table:
    decimals = 3
    rows = tuple(
        Row(
            component_title(each.name),
            (shared(each.share), plain(each.variance, decimals), plain(each.error, decimals)),
        )
        for each in sorted(found.components, key=lambda each: -each.share)
    )
    return Table((told("source"), told("share"), told("component"), told("error")), rows)


def _effects(findings: Findings) -> Table:
    """Tell what drop this design shows in four cases of five, and what it takes to show half of it."""
    decimals, unknown = digits(findings.main), Value(told("unknown"))
    title = condition_title(findings.view, findings.summary.focus or "")
    columns = (
        say("system"), say("cards"), told("pairs_of_card"), told("smallest", condition=title), told("twice_replicates"),
        told("twice_cards"), told("half_replicates"), told("half_cards"),
    )  # fmt: skip
    rows = []
    for system in ranked(findings.view):
        if (spread := findings.spreads.get(system)) is None:
            continue
        replicates = max(1, round(spread.replicates))
        repeated = spread.replicates > 1  # with one pair a card nobody knows what more of them would do
        least = minimum_effect(spread, spread.cards, replicates)
        half = least / 2 if least else None
        rows.append(
            Row(
                visible(system),
                (
                    counted(spread.cards), plain(spread.replicates, 0 if spread.replicates == replicates else 1),
                    plain(least, decimals),
                    plain(minimum_effect(spread, spread.cards, 2 * replicates), decimals) if repeated else unknown,
                    plain(minimum_effect(spread, 2 * spread.cards, replicates), decimals),
                    (_needed(replicates_needed(half, spread, spread.cards)) if repeated else unknown)
                    if half else Value(""),
                    _needed(cards_needed(half, spread, replicates)) if half else Value(""),
                ),
            )
        )  # fmt: skip
    return Table(columns, tuple(rows))


def _needed(value: int | None) -> Value:
    return Value(told("never")) if value is None else counted(value)


def _remarks(found: Variance | None) -> tuple[Bilingual, ...]:
    if found is None:
        return (told("variance_none"),)
    remarks = [told("variance_mean", mean=number(found.mean, 2), cards=count(found.levels.get("card", 0)))]
    if found.left_out:
        remarks.append(told("variance_left_out", n=count(len(found.left_out))))
    if found.partial:
        remarks.append(told("variance_partial", systems=", ".join(visible(name) for name in found.partial)))
    return tuple(remarks)
