"""What a leaderboard says: the systems of runs that are alike, each with its means, its drop and its tail."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hardseek.analysis import Cell, Drop, Estimate, Tail, comparable, tails
from hardseek.judging import Dimension
from hardseek.report.view import RunView

WORST: Final = 0.10
"""The share of dialogues whose mean is the tail."""


@dataclass(frozen=True)
class Entry:
    """A run that is entered."""

    slug: str
    """Names it in addresses; unlike those of the others."""
    view: RunView


@dataclass(frozen=True, slots=True)
class Standing:
    """One system of one run."""

    system: str
    entry: Entry
    average: Estimate | None
    """Under the reference condition."""
    hard: Estimate | None
    """Under the hard condition in focus."""
    drop: Drop | None
    tail: Tail | None
    """Of the worst tenth of dialogues under the hard condition; where there is none, under the only one."""
    dialogues: int
    failed: int
    unscored: int


@dataclass(frozen=True, slots=True)
class Board:
    """One table: runs whose signatures are alike, or one run."""

    dimension: Dimension
    reference: str | None
    focus: str | None
    entries: tuple[Entry, ...]
    standings: tuple[Standing, ...]
    """The best under the hard condition first, those without a score last."""
    unlike: tuple[str, ...]
    """How the runs differ from those of the first table, part by part; empty for the first."""


def board(entries: Sequence[Entry], dimension: Dimension, unlike: Sequence[str] = ()) -> Board:
    """Rank the systems of runs that are alike.

    Args:
        entries: the runs; they have the same reference and the same hard condition in focus.
        dimension: what they are ranked by.
        unlike: how they differ from the runs of the first table.
    """
    summary = entries[0].view.summary
    reference, focus = summary.reference, summary.focus
    standings = [standing for entry in entries for standing in _standings(entry, dimension)]
    sign = 1.0 if dimension.better == "lower" else -1.0

    def rank(standing: Standing) -> tuple[bool, float]:
        found = standing.hard or standing.average
        return (True, 0.0) if found is None or found.mean is None else (False, sign * found.mean)

    return Board(dimension, reference, focus, tuple(entries), tuple(sorted(standings, key=rank)), tuple(unlike))


def _standings(entry: Entry, dimension: Dimension) -> list[Standing]:
    view, summary = entry.view, entry.view.summary
    reference, focus = summary.reference, summary.focus
    scored = comparable(view.measures, view.dialogues)
    worst = tails(scored, [dimension], WORST, ("system",))
    found = []
    for system in summary.systems:
        outcome = summary.outcomes_of(system)

        def cell(condition: str | None, system: str = system) -> Cell:
            return Cell(dimension.name, condition or "", system)

        found.append(
            Standing(
                system, entry, summary.means.get(cell(reference)), summary.means.get(cell(focus)),
                summary.drops.get(cell(focus)), worst.get(cell(focus or reference)),
                outcome.total, outcome.failed, summary.unscored_on(dimension.name, system),
            )
        )  # fmt: skip
    return found
