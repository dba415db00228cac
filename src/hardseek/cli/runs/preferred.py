"""The table of preferences between systems: strengths, and how far the comparing judge can be believed."""

from collections.abc import Sequence
from itertools import groupby

from rich.console import Group
from rich.table import Table
from rich.text import Text

from hardseek.analysis.bradley_terry import Contest, strengths
from hardseek.runs import Store

Preferred = tuple[str, str, str, str, str, str, float | None, int | None]
"""As `Store.preferences` returns them."""


def preference_table(store: Store) -> Group | None:
    """Return a table for each comparing dimension, language and condition; None when nothing was compared."""
    rows = sorted(store.preferences(), key=lambda row: row[:3])
    shown: list[Text | Table] = []
    for (dimension, language, condition), some in groupby(rows, key=lambda row: row[:3]):
        pairs = list(some)
        shown += [Text(f"\n{dimension} ({language}, {condition}): {_told(pairs)}", "bold"), _table(pairs)]
    return Group(*shown) if shown else None


def _table(pairs: Sequence[Preferred]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("System", overflow="fold")
    for heading in ("Strength [95 %]", "Wins", "Of"):
        table.add_column(heading, justify="right")
    contests = [Contest(card, one, other, score) for _, _, _, card, one, other, score, _ in pairs if score is not None]
    for strength in strengths(contests):
        value = f"{strength.value:+.2f}"
        if strength.low is not None and strength.high is not None:
            value += f" [{strength.low:+.2f}, {strength.high:+.2f}]"
        table.add_row(Text(strength.system), value, f"{strength.wins:g}", f"{strength.contests:,}")
    return table


def _told(pairs: Sequence[Preferred]) -> str:
    """Say how many pairs were compared, and in how many the order decided."""
    scored = [row for row in pairs if row[6] is not None]
    unscored = f", {len(pairs) - len(scored):,} unscored" if len(scored) < len(pairs) else ""
    swayed = sum(row[7] == 0 for row in scored)
    orders = f"in {swayed:,} the two orders gave different answers"
    # People see a pair in one order: what they would have said of the other is not known.
    return f"{len(scored):,} pairs{unscored}; " + (
        orders if any(row[7] is not None for row in scored) else "each in one order, which goes to and fro"
    )
