"""The summary of a run: what its table, its report and its gate are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from hardseek.analysis.bootstrap import Estimate
from hardseek.analysis.cells import Cell, Grain
from hardseek.analysis.drops import Drop, drops
from hardseek.analysis.endings import Outcomes, Unscored, outcomes, unscored
from hardseek.analysis.frames import comparable
from hardseek.analysis.means import means
from hardseek.judging import Dimension

AVERAGE: Final = "average"
"""The condition that is the reference wherever it is present."""
WORST: Final = "worst"
"""The condition that a headline is about wherever it is present."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Every estimate of a run; a cell that has no score has no entry."""

    dimensions: tuple[Dimension, ...]
    systems: tuple[str, ...]
    languages: tuple[str, ...]
    conditions: tuple[str, ...]
    """The reference first, then as the run lists them."""
    reference: str | None
    """None when the run has nothing to hold its conditions against."""
    focus: str | None
    """The hard condition that headlines are about; None when there is no hard condition."""
    means: dict[Cell, Estimate]
    drops: dict[Cell, Drop]
    outcomes: dict[tuple[str, ...], Outcomes]
    """Of all dialogues (), by (system,) and by (system, condition)."""
    unscored: dict[tuple[str, ...], tuple[Unscored, ...]]
    """Of all dialogues (), by (system,) and by (system, condition)."""

    @property
    def hard(self) -> tuple[str, ...]:
        """The conditions that are held against the reference."""
        return tuple(condition for condition in self.conditions if condition != self.reference)

    def outcomes_of(self, system: str | None = None) -> Outcomes:
        """Return how the dialogues of a system, or of all of them, ended; zeros where it has none."""
        return self.outcomes.get(() if system is None else (system,)) or Outcomes()

    def unscored_on(self, dimension: str, system: str | None = None) -> int:
        """Count the dialogues of a system, or of all of them, that did not fail and have no score on a dimension."""
        found = self.unscored.get(() if system is None else (system,), ())
        return sum(item.n for item in found if item.dimension == dimension)

    def dimension(self, name: str) -> Dimension:
        """Find a dimension by its name; raises KeyError."""
        return {dimension.name: dimension for dimension in self.dimensions}[name]


def summarise(
    dialogues: pl.DataFrame,
    measures: pl.DataFrame,
    dimensions: Sequence[Dimension],
    *,
    reference: str | None = None,
    order: Sequence[str] = (),
) -> Summary:
    """Summarise a run.

    Everything is estimated per system and over all systems, and when there is more than one language also per
    language and per system and language.

    Args:
        dialogues: of the run, with the columns `frames.DIALOGUES`.
        measures: of the run, with the columns `frames.MEASURES`.
        dimensions: what was measured.
        reference: the condition that the others are held against where there is no condition `average`.
        order: the conditions in the run's own order; others follow by name.
    """
    conditions = _ordered(dialogues["condition"].unique().to_list(), order)
    chosen = next((name for name in (AVERAGE, reference) if name in conditions), None)
    if chosen is not None:
        conditions = (chosen, *(name for name in conditions if name != chosen))
    hard = conditions[1:] if chosen is not None else conditions
    languages = tuple(sorted(dialogues["language"].unique().to_list()))
    all_means: dict[Cell, Estimate] = {}
    all_drops: dict[Cell, Drop] = {}
    kept = comparable(measures, dialogues)
    for within in _grains(languages):
        all_means |= means(kept, dimensions, within)
        if chosen is not None and hard:
            all_drops |= drops(kept, dimensions, chosen, within)
    groups: tuple[tuple[str, ...], ...] = ((), ("system",), ("system", "condition"))
    return Summary(
        dimensions=tuple(dimensions),
        systems=tuple(dialogues["system"].unique(maintain_order=True).to_list()),
        languages=languages,
        conditions=conditions,
        reference=chosen,
        focus=None if not hard else WORST if WORST in hard else hard[-1],
        means=all_means,
        drops=all_drops,
        outcomes={key: value for by in groups for key, value in outcomes(dialogues, by).items()},
        unscored={key: value for by in groups for key, value in unscored(measures, dialogues, by).items()},
    )


def _ordered(found: Sequence[str], order: Sequence[str]) -> tuple[str, ...]:
    listed = [name for name in order if name in found]
    return (*listed, *sorted(set(found) - set(listed)))


def _grains(languages: Sequence[str]) -> tuple[tuple[Grain, ...], ...]:
    pooled: tuple[tuple[Grain, ...], ...] = (("system",), ())
    return pooled if len(languages) < 2 else (*pooled, ("system", "language"), ("language",))  # noqa: PLR2004 - one is not many
