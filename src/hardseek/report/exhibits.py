"""Which dialogues the page shows: the worst and a typical one of each system, beside their counterparts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import polars as pl

from hardseek.analysis import comparable, pairs
from hardseek.report.order import ranked
from hardseek.report.view import RunView

DIALOGUES: Final = 60
"""As many are chosen at most; a choice that is to be read has to end somewhere."""
FAILED: Final = 8

Why = Literal["worst", "lowest", "typical", "apart", "failed", "some"]
"""lowest: where neither way is better, and so no score is worst; apart: two systems with the same hard seeker."""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One or two dialogues to be read together."""

    system: str
    card: str
    language: str
    replicate: int
    why: Why
    dialogues: tuple[str, ...]
    """Ids: under the reference condition and under a hard one, of two systems with one seeker, or of one alone."""


def choose(view: RunView) -> tuple[Exhibit, ...]:
    """Choose what to show: most telling first, systems in turn, until there is no more room."""
    exhibits: list[Exhibit] = []
    shown: set[str] = set()
    for exhibit in _candidates(view):
        if len(shown.union(exhibit.dialogues)) <= DIALOGUES and exhibit not in exhibits:
            exhibits.append(exhibit)
            shown.update(exhibit.dialogues)
    order = {system: place for place, system in enumerate(ranked(view))}
    return tuple(sorted(exhibits, key=lambda exhibit: order[exhibit.system]))


def _candidates(view: RunView) -> Iterator[Exhibit]:
    summary, main = view.summary, view.main
    scored = comparable(view.measures.filter(pl.col("dimension") == main.name), view.dialogues)
    sign = -1.0 if main.better == "lower" else 1.0
    extreme: Why = "lowest" if main.better == "neither" else "worst"
    first = summary.focus or summary.reference
    others = [name for name in summary.hard if name != first]
    if summary.reference is not None and summary.focus is not None:
        found = pairs(scored, main, summary.reference)
    else:
        found = scored.with_columns(
            pl.lit(None, pl.String).alias("reference_dialogue"), (-sign * pl.col("score")).alias("drop")
        )
    found = found.with_columns((sign * pl.col("score")).alias("good")).sort("good", "dialogue")
    if first is not None:
        for why in (extreme, "typical"):
            yield from _one_each(view, found.filter(pl.col("condition") == first), why)
        hard = scored.filter(pl.col("condition") == first).with_columns((sign * pl.col("score")).alias("good"))
        yield from _apart(view, hard)
    yield from _failed(view)
    for condition in others:
        yield from _one_each(view, found.filter(pl.col("condition") == condition), extreme)
    if found.is_empty():
        yield from _some(view)


def _one_each(view: RunView, found: pl.DataFrame, why: Why) -> Iterator[Exhibit]:
    """Take one dialogue of each system from a table that is sorted from the worst on."""
    for system in view.summary.systems:
        of_system = found.filter(pl.col("system") == system)
        if why == "typical":
            distance = (pl.col("drop") - pl.col("drop").median()).abs()
            of_system = of_system.slice(1).sort(distance, maintain_order=True)  # the first has been shown as the worst
        for row in of_system.head(1).iter_rows(named=True):
            dialogues = tuple(name for name in (row["reference_dialogue"], row["dialogue"]) if name is not None)
            yield Exhibit(system, row["card"], row["language"], row["replicate"], why, dialogues)


def _apart(view: RunView, found: pl.DataFrame) -> Iterator[Exhibit]:
    """Take, for each system but the best, the seeker with whom it falls behind the best by the median."""
    best, *others = ranked(view)
    names = pl.col("system", "card", "language").cast(pl.String)
    scores = found.select(names, "replicate", "dialogue", "good")
    of_best = scores.filter(pl.col("system") == best).drop("system")
    for system in others:
        paired = scores.filter(pl.col("system") == system).join(of_best, on=["card", "language", "replicate"])
        behind = (pl.col("good_right") - pl.col("good")).alias("behind")
        distance = (pl.col("behind") - pl.col("behind").median()).abs()
        for row in paired.with_columns(behind).sort(distance, "dialogue").head(1).iter_rows(named=True):
            dialogues = (row["dialogue_right"], row["dialogue"])
            yield Exhibit(system, row["card"], row["language"], row["replicate"], "apart", dialogues)


def _failed(view: RunView) -> Iterator[Exhibit]:
    """Take the first failed dialogue of each kind of fault."""
    failed = view.dialogues.filter(pl.col("ending") == "failed").sort("dialogue").unique("fault", maintain_order=True)
    for row in failed.head(FAILED).iter_rows(named=True):
        yield Exhibit(row["system"], row["card"], row["language"], row["replicate"], "failed", (row["dialogue"],))


def _some(view: RunView) -> Iterator[Exhibit]:
    """Where nothing is scored, take the first dialogue of each system that did not fail."""
    finished = view.dialogues.filter(pl.col("ending").ne_missing("failed")).sort("dialogue")
    for row in finished.unique("system", maintain_order=True).iter_rows(named=True):
        yield Exhibit(row["system"], row["card"], row["language"], row["replicate"], "some", (row["dialogue"],))
