"""The analysis of a run beyond its summary, each part computed when it is first asked for and then kept."""

from functools import cached_property
from typing import Final

import polars as pl

from hardseek.analysis import (
    Cell,
    Contrast,
    Curve,
    LogRank,
    Missing,
    Picked,
    Ranking,
    Reexamined,
    Shares,
    Spread,
    Tail,
    Trajectory,
    Variance,
    WorstOf,
    adjust,
    comparable,
    contrast,
    curves,
    log_rank,
    missing,
    pairs,
    ranking,
    reexamined,
    shares,
    spread,
    tails,
    trajectories,
    variance,
    worst_cards,
    worst_cells,
    worst_of,
)
from hardseek.errors import Refused
from hardseek.report.view import RunView

CELLS: Final = 10
"""Worst cells that are picked."""
TRIES: Final = 4
"""Of the worst of several tries: as many as there are replicates, up to this."""
_TWO: Final = 2  # systems, groups or replicates that it takes to compare


class Findings:
    """What can be said of a run on its headline dimension."""

    def __init__(self, view: RunView) -> None:
        self.view = view
        self.summary = view.summary
        self.main = view.main
        self.paired = self.summary.reference is not None and self.summary.focus is not None
        self.scored = any(cell.dimension == self.main.name for cell in self.summary.means)
        self.ordered = self.main.better != "neither"
        """Whether one way is better, so that there is a best and a worst."""
        self.condition = self.summary.focus or self.summary.reference
        """The condition that single figures are about: the hard one in focus where there is one."""

    @cached_property
    def kept(self) -> pl.DataFrame:
        """The scores that estimates are made of, of the headline dimension."""
        headline = self.view.measures.filter(pl.col("dimension").cast(pl.String) == self.main.name)
        return comparable(headline, self.view.dialogues)

    @cached_property
    def ranking(self) -> Ranking | None:
        """The order of the systems; None where there is none."""
        if not self.ordered or self.condition is None or len(self.summary.systems) < _TWO:
            return None
        found = ranking(self.kept, self.main, self.condition)
        return found if found.ranks else None

    def tails(self, share: float) -> dict[Cell, Tail]:
        """Return the tails by condition and system, and by condition."""
        if share not in self._tails:
            self._tails[share] = {
                cell: tail
                for within in (("system",), ())
                for cell, tail in tails(self.kept, [self.main], share, within).items()
            }
        return self._tails[share]

    @cached_property
    def _tails(self) -> dict[float, dict[Cell, Tail]]:
        return {}

    @cached_property
    def worst_cards(self) -> dict[Cell, Picked]:
        """The worst card by condition and system."""
        return worst_cards(self.kept, self.main, ["system"]) if self.ordered else {}

    @cached_property
    def worst_cells(self) -> Reexamined | list[Picked]:
        """The worst cells, examined again where there are replicates for it."""
        if not self.ordered:
            return []
        return reexamined(self.kept, self.main, CELLS) or worst_cells(self.kept, self.main, CELLS)

    @cached_property
    def worst_of(self) -> dict[Cell, WorstOf]:
        """The worst of as many tries as there are replicates, by condition and system; {} with one."""
        most = self.view.dialogues["replicate"].n_unique()
        return worst_of(self.kept, [self.main], min(most, TRIES), ["system"]) if most >= _TWO else {}

    @cached_property
    def shares(self) -> dict[Cell, Shares]:
        """The drop of every condition that sets several axes, taken apart, pooled and by system."""
        reference = self.summary.reference
        if reference is None or not self.view.profiles:
            return {}
        try:
            return {
                cell: found
                for within in ((), ("system",))
                for cell, found in shares(self.kept, self.main, reference, self.view.profiles, within).items()
            }
        except Refused:  # the reference sets an axis itself: its drops are no axis's own
            return {}

    @cached_property
    def variance(self) -> Variance | None:
        """The components of variance; None where too few cards are complete."""
        try:
            return variance(self.kept, self.main.name)
        except Refused:
            return None

    @cached_property
    def spreads(self) -> dict[str, Spread]:
        """How each system's paired differences vary under the condition in focus."""
        if not self.paired or self.summary.reference is None:
            return {}
        paired = pairs(self.kept, self.main, self.summary.reference)
        names = pl.col("system", "condition").cast(pl.String)
        of_focus = paired.with_columns(names).filter(condition=self.summary.focus)
        found = {str(system): spread(rows) for (system,), rows in of_focus.partition_by("system", as_dict=True).items()}
        return {system: each for system, each in found.items() if each is not None}

    @cached_property
    def curves(self) -> dict[tuple[str, ...], Curve]:
        """How long seekers stay, by condition and system."""
        return {tuple(map(str, key)): curve for key, curve in curves(self.view.dialogues).items()}

    @cached_property
    def leaving(self) -> dict[str, tuple[LogRank, float | None]]:
        """Whether each system is left sooner under the condition in focus, with the q-value over the systems."""
        if not self.paired:
            return {}
        names = pl.col("system", "condition").cast(pl.String)
        sides = self.view.dialogues.with_columns(names).partition_by("system", "condition", as_dict=True)
        tests: dict[str, LogRank] = {}
        for system in self.summary.systems:
            hard, ordinary = (sides.get((system, name)) for name in (self.summary.focus, self.summary.reference))
            if hard is not None and ordinary is not None:
                tests[system] = log_rank(hard, ordinary)
        values = adjust([test.p for test in tests.values()])
        return {system: (test, q) for (system, test), q in zip(tests.items(), values, strict=True)}

    @cached_property
    def trajectories(self) -> dict[Cell, Trajectory]:
        """Distress, trust and facts told by exchange, by condition and system, of all seekers; {} where no state is
        known."""
        return {} if self.view.states is None else trajectories(self.view.states(), staying=False)

    @cached_property
    def missing(self) -> dict[Cell, Missing]:
        """What is not known of each cell of condition and system, and the bounds of its mean."""
        return missing(self.view.measures, self.view.dialogues, [self.main], ["system"])

    @cached_property
    def contrasts(self) -> dict[str, Contrast]:
        """The two named groups of systems against each other, by condition."""
        if len(self.view.groups) != _TWO or not self.scored:
            return {}
        shown = [name for name in (self.summary.reference, self.summary.focus) if name is not None]
        return {name: contrast(self.kept, self.main.name, name, self.view.groups) for name in shown}
