"""How findings of checks look in the terminal."""

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from hardseek.cards.checking import Finding, Level
from hardseek.cli.cards.told import folding


def findings_table(found: Sequence[Finding]) -> Table:
    """Lay out what was found, one a row."""
    table = folding("", "Card", "Field", "What", "What to do")
    table.columns[0].no_wrap = True
    for finding in found:
        row = (finding.card, finding.field, finding.what, finding.remedy)
        table.add_row(_level(finding.level), *map(Text, row))
    return table


def findings_summary(found: Sequence[Finding]) -> Table:
    """Lay out what was found by what is to be done about it, errors first, each with how many cards and an example."""
    table = folding("", "Cards", "What to do", "For example")
    table.columns[0].no_wrap = True
    groups: dict[tuple[Level, str], list[Finding]] = {}
    for finding in sorted(found, key=lambda each: each.level != "error"):
        groups.setdefault((finding.level, finding.remedy), []).append(finding)
    for (level, remedy), group in groups.items():
        first = group[0]
        example = f"{first.card} {first.field}: {first.what}"
        concerned = f"{len({finding.card for finding in group}):,}"
        table.add_row(_level(level), Text(concerned), Text(remedy), Text(example))
    return table


def _level(level: Level) -> Text:
    return Text(level, "red" if level == "error" else "yellow")
