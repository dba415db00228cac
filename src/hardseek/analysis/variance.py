"""Where the variance lies: systems, cards, conditions, what they do together, the seeker's luck, and chance.

The factors are taken as crossed and random. A replicate is a luck of the seeker's under one condition with one card,
and all systems meet it (common random numbers); so luck is a factor of its own, nested in condition and card and
crossed with systems:

    x = m + system + condition + card + their interactions + luck(condition x card) + residual

The residual is what systems make of the same seeker beyond all that. Components by the method of moments (Searle,
Casella and McCulloch, 1992, Variance Components, ch. 4): in balanced data the expected mean square of an effect is the
sum of the components of all effects that contain its factors, each times the number of dialogues that share one of its
values,

    E(ms_u) = s2_residual + sum over v containing u of n_v s2_v        n_v = N / (levels of v's factors)

which is solved from the greatest effects down. Estimates are unbiased and can so be negative, which says that the
component is small; as a share of the whole it then counts as 0. With one replicate, luck is part of "condition x card",
and the greatest interaction is part of the residual. With one system, luck is the residual.

Standard errors by leaving out one card at a time (the jackknife: Efron and Tibshirani, 1993, ch. 11): they say how far
other cards would have given another figure, for these systems and conditions. Where there are more than 50 cards, they
are left out in 50 groups (the delete-a-group jackknife: Kott, 2001, Journal of Official Statistics 17, 521).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import prod
from typing import Final

import numpy as np
import polars as pl

from hardseek.analysis.bootstrap import Array
from hardseek.errors import Refused

FACTORS: Final = ("system", "condition", "card")
LUCK: Final = "luck"
"""The seeker's, shared by all systems."""
RESIDUAL: Final = "residual"
Effect = tuple[int, ...]
"""The axes of scores (systems x conditions x cards x replicates) that an effect is of."""
_REPLICATE: Final = 3
_NEST: Final[Effect] = (1, 2)
_LUCK: Final[Effect] = (1, 2, 3)
_GROUPS: Final = 50
"""Groups of cards that are left out in turn, at most."""
_SHOWN: Final = 2
_TWO: Final = 2  # levels or replicates that it takes to see variance


@dataclass(frozen=True, slots=True)
class Component:
    """One source of variance."""

    name: str
    """A factor, factors joined by " x ", "luck" or "residual"."""
    variance: float
    """In squared points; can be negative, see the module."""
    error: float | None
    """Its standard error; None with fewer than three cards."""
    share: float
    """Of the sum of the components, those below 0 counted as 0."""


@dataclass(frozen=True, slots=True)
class Variance:
    """The components of one dimension."""

    components: tuple[Component, ...]
    mean: float
    levels: Mapping[str, int]
    """How many systems, conditions and cards there are in what was analysed."""
    replicates: int
    left_out: tuple[str, ...]
    """Cards that lack a score of some system, condition and replicate; balance has no place for them."""
    partial: tuple[str, ...]
    """Systems that have no score at all under some condition, left out before the cards are looked at."""

    def component(self, name: str) -> Component:
        """Find a component by its name; raises KeyError."""
        return {component.name: component for component in self.components}[name]


def variance(measures: pl.DataFrame, dimension: str) -> Variance:
    """Split the variance of a dimension.

    What is not balanced is left out whole, and named: systems that some condition has not, then cards that lack a
    score. Factors with one level have no component.

    Args:
        measures: as `frames.comparable` leaves them.
        dimension: by its name.

    Raises:
        Refused: fewer than two cards are complete, or there is nothing to compare; the message says what is missing.
    """
    scores, levels, left_out, partial = _balanced(measures, dimension)
    names = [name for name in FACTORS if levels[name] >= _TWO]
    found = _components(scores, names)
    errors = _errors(scores, names)
    whole = sum(max(value, 0.0) for value in found.values())
    components = tuple(
        Component(name, value, errors.get(name), max(value, 0.0) / whole if whole > 0 else 0.0)
        for name, value in found.items()
    )
    return Variance(components, float(scores.mean()), levels, scores.shape[-1], left_out, partial)


def _balanced(measures: pl.DataFrame, dimension: str) -> tuple[Array, dict[str, int], tuple[str, ...], tuple[str, ...]]:
    """Return scores, systems x conditions x cards x replicates, the levels, and the cards and systems left out."""
    scores = measures.filter((pl.col("dimension") == dimension) & pl.col("score").is_finite())
    scores = scores.with_columns(pl.col(FACTORS).cast(pl.String))
    conditions = pl.col("condition").n_unique()
    lacking = scores.filter(conditions.over("system") < scores["condition"].n_unique())
    partial = tuple(sorted(lacking["system"].unique().to_list()))
    scores = scores.filter(~pl.col("system").is_in(partial))
    every = scores["replicate"].n_unique()
    cells = scores["system"].n_unique() * scores["condition"].n_unique()
    whole = scores.group_by("card").agg(pl.len()).filter(pl.col("len") == cells * every)["card"].to_list()
    left_out = tuple(sorted(set(scores["card"].unique().to_list()) - set(whole)))
    if len(whole) < _TWO:
        examples = ", ".join(left_out[:_SHOWN])
        raise Refused(
            f"{dimension}: variance components need two cards or more with every system, condition and replicate "
            f"scored; found {len(whole)}"
            + (f" (incomplete: {len(left_out)}, such as {examples})" if left_out else "")
            + (f"; without some condition, and so left out: {', '.join(partial)}" if partial else "")
        )
    kept = scores.filter(pl.col("card").is_in(whole)).sort(*FACTORS, "replicate")
    levels = {name: kept[name].n_unique() for name in FACTORS}
    shape = (*levels.values(), every)
    return kept["score"].to_numpy().astype(np.float64).reshape(shape), levels, left_out, partial


def _components(scores: Array, names: Sequence[str]) -> dict[str, float]:
    """Return the components by name, factors first, the residual last."""
    effects = _effects(scores, names)
    squares = {effect: _sum_of_squares(scores, effect) for effect in effects}
    freedom = {effect: _freedom(scores, effect) for effect in effects}
    total = float(((scores - scores.mean()) ** 2).sum())
    residual = max(total - sum(squares.values()), 0.0) / (scores.size - 1 - sum(freedom.values()))
    alike = {effect: scores.size / prod([scores.shape[axis] for axis in effect]) for effect in effects}
    found: dict[Effect, float] = {}
    for effect in sorted(effects, key=len, reverse=True):
        above = sum(alike[v] * found[v] for v in found if set(v) > set(effect))
        found[effect] = (squares[effect] / freedom[effect] - residual - above) / alike[effect]
    return {_name(effect): found[effect] for effect in effects} | {RESIDUAL: residual}


def _effects(scores: Array, names: Sequence[str]) -> list[Effect]:
    """Return the effects that can be told from the residual, each as the axes of its factors."""
    axes = [FACTORS.index(name) for name in names]
    effects: list[Effect] = [group for size in range(1, len(axes) + 1) for group in combinations(axes, size)]
    if scores.shape[_REPLICATE] == 1:
        return effects[:-1]
    return [*effects, _LUCK] if scores.shape[0] >= _TWO else effects


def _name(effect: Effect) -> str:
    return LUCK if effect == _LUCK else " x ".join(FACTORS[axis] for axis in effect)


def _freedom(scores: Array, effect: Effect) -> int:
    if effect == _LUCK:
        return int(scores[0, :, :, 0].size) * (int(scores.shape[_REPLICATE]) - 1)
    degrees: int = prod(levels - 1 for axis, levels in enumerate(scores.shape) if axis in effect)
    return degrees


def _sum_of_squares(scores: Array, effect: Effect) -> float:
    """Return the sum of squares of an effect: what the means over its factors add to those over fewer of them."""
    added = np.zeros(scores.shape)
    if effect == _LUCK:
        added += _means(scores, _LUCK) - _means(scores, _NEST)
    else:
        for size in range(len(effect) + 1):
            for kept in combinations(effect, size):
                added += (-1) ** (len(effect) - size) * _means(scores, kept)
    return float((added**2).sum())


def _means(scores: Array, kept: Effect) -> Array:
    means: Array = scores.mean(axis=tuple(axis for axis in range(scores.ndim) if axis not in kept), keepdims=True)
    return means


def _errors(scores: Array, names: Sequence[str]) -> dict[str, float]:
    """Return standard errors by leaving out one card at a time, or one group of cards."""
    place = FACTORS.index("card")
    cards = scores.shape[place]
    if cards <= _TWO:
        return {}
    groups = min(cards, _GROUPS)
    drawn = [_components(np.delete(scores, range(group, cards, groups), axis=place), names) for group in range(groups)]
    return {name: float(np.sqrt((groups - 1) * np.var([each[name] for each in drawn]))) for name in drawn[0]}
