"""Which behaviour costs what: the drop of a condition that sets several axes, taken apart."""

from hardseek.analysis import Cell, Estimate, Shares
from hardseek.report.chart import Figure, lay
from hardseek.report.findings.cells import estimated
from hardseek.report.findings.findings import Findings
from hardseek.report.findings.section import Section, Shown, Titled, section, shown, told
from hardseek.report.numbers import digits, percent
from hardseek.report.order import ranked
from hardseek.report.safe import visible
from hardseek.report.table import Row, Table, Value
from hardseek.report.titles import condition_title, dimension_title
from hardseek.report.words import Bilingual, say

_METHOD = "estimates.md#shares-of-the-drop-shares"


def shares(findings: Findings) -> Section:
    """Show what each axis does to the drop, alone and together."""
    main = findings.main
    found = {cell.condition: made for cell, made in findings.shares.items() if cell.system is None}
    if not found:
        key = "shares_no_profiles" if not findings.view.profiles else "shares_none"
        return section("shares", note=told("shares_absent"), method=_METHOD, absent=told(key))
    tables, pictures = [], []
    for condition, made in found.items():
        title = condition_title(findings.view, condition)
        name = "shares" if len(found) == 1 else f"shares-{condition}"
        pictures.append(_picture(name, told("shares_picture", condition=title), made, digits(main)))
        tables.append(Titled(name, told("shares_table", condition=title), _by_system(findings, condition, made)))
    unmeasured = {axis for made in found.values() for axis in made.unmeasured}
    remarks = [told("shares_unmeasured", axis=axis_title(axis)) for axis in sorted(unmeasured)]
    note = told("shares_note", dimension=dimension_title(main))
    return section(
        "shares", note=note, method=_METHOD, pictures=tuple(pictures), tables=tuple(tables), remarks=tuple(remarks)
    )


def axis_title(axis: str) -> Bilingual:
    """Name an axis for people; `resistance` comes with its form in brackets."""
    return told("axis_" + axis.replace(" (", "_").removesuffix(")"))


def _picture(name: str, title: Bilingual, made: Shares, decimals: int) -> Shown | None:
    lines: list[tuple[str | Bilingual, list[Figure]]] = [
        (axis_title(part.axis), _marks(part.estimate)) for part in made.parts
    ]
    lines.append((told("together"), _marks(made.together)))
    lines.append((told("whole_drop"), _marks(made.drop)))
    return shown(name, title, lay(lines, decimals, scale=(0.0,)))


def _marks(estimate: Estimate) -> list[Figure]:
    return [] if estimate.mean is None else [("hard", estimate.mean, estimate.low, estimate.high)]


def _by_system(findings: Findings, condition: str, pooled: Shares) -> Table:
    main = findings.main
    columns = (
        say("system"), *(axis_title(part.axis) for part in pooled.parts), told("together"), told("whole_drop")
    )  # fmt: skip
    systems: list[tuple[str | None, Shares]] = [
        (system, found)
        for system in ranked(findings.view)
        if (found := findings.shares.get(Cell(main.name, condition, system))) is not None
    ]
    if len(systems) > 1:
        systems.append((None, pooled))
    rows = tuple(
        Row(
            say("all_systems") if system is None else visible(system),
            (
                *(_part(part.estimate, part.share if _loses(made) else None, digits(main)) for part in made.parts),
                estimated(made.together, digits(main)),
                estimated(made.drop, digits(main)),
            ),
            all=system is None,
        )
        for system, made in systems
    )
    return Table(columns, rows)


def _loses(made: Shares) -> bool:
    """Whether there is a drop to have shares in: those of a gain read as if they were of a loss."""
    return made.drop.low is not None and made.drop.low > 0


def _part(estimate: Estimate, share: float | None, decimals: int) -> Value:
    value = estimated(estimate, decimals)
    if share is None or not isinstance(value.text, str):
        return value
    return Value(f"{value.text} ({percent(share)})", value.interval, value.sort)
