"""The rank of systems, and how sure it is.

A rank alone says nothing of how near the next system is (Goldstein and Spiegelhalter, 1996, Journal of the Royal
Statistical Society A 159, 385). So cards are drawn with replacement, the same ones for all systems as they met the same
seekers, and systems are ranked in every draw; and each two are compared card by card. Systems that no test tells apart
stand in one group, as in Demsar's (2006, Journal of Machine Learning Research 7, 1) diagrams: a group is a stretch of
the ranking in which no two systems are told apart, and a system can be in several.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
import polars as pl

from hardseek.analysis.bootstrap import DRAWS, LEVEL, SEED, Array, CardTotals, resamples
from hardseek.analysis.fdr import adjust
from hardseek.analysis.permutation import sign_flip
from hardseek.judging import Dimension

APART: Final = 0.05
"""The false discovery rate under which two systems are told apart."""
_TWO: Final = 2


@dataclass(frozen=True, slots=True)
class Rank:
    """One system's place; 1 is the best, and systems that score the same share the mean of their places."""

    system: str
    mean: float
    """Mean score over the cards that all systems have."""
    rank: float
    low: float | None
    """The ends of the 95 % interval of the rank; None with fewer than two cards."""
    high: float | None
    best: float | None
    """The share of draws in which it is the best, shared where several are."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """The systems under one condition, the best first."""

    ranks: tuple[Rank, ...]
    groups: tuple[tuple[str, ...], ...]
    """Stretches of two or more systems that are not told apart, by their place."""
    apart: dict[tuple[str, str], float]
    """The q-value of each two systems, the better one first."""
    cards: int
    """That all systems have a score with."""
    left_out: int
    """Cards that some system has no score with."""


def ranking(
    measures: pl.DataFrame, dimension: Dimension, condition: str, *, draws: int = DRAWS, seed: int = SEED
) -> Ranking:
    """Rank the systems under a condition.

    Args:
        measures: as `frames.comparable` leaves them.
        dimension: by which; it has to have a better way.
        condition: under which.
        draws: of the bootstrap.
        seed: of the draws.

    Raises:
        ValueError: neither way is better on this dimension.
    """
    if dimension.better == "neither":
        raise ValueError(f"{dimension.name} has no better way, and so no best system")
    sums, counts, systems, left_out = _shared(measures, dimension.name, condition)
    if not systems or not len(sums):
        return Ranking((), (), {}, 0, left_out)
    sign = -1.0 if dimension.better == "higher" else 1.0
    means = sums.sum(axis=0) / counts.sum(axis=0)
    places = _ranked(sign * means[None])[0]
    low = high = best = None
    if len(sums) >= _TWO:
        drawn = np.concatenate(list(_drawn(sign * sums, counts, draws, seed)))
        low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
        first = drawn == drawn.min(axis=1, keepdims=True)
        best = (first / first.sum(axis=1, keepdims=True)).mean(axis=0)
    order = np.argsort(places, kind="stable")
    ranks = tuple(
        Rank(
            systems[at], float(means[at]), float(places[at]), None if low is None else float(low[at]),
            None if high is None else float(high[at]), None if best is None else float(best[at]),
        )
        for at in order
    )  # fmt: skip
    apart = _apart([systems[at] for at in order], (sums / counts)[:, order])
    return Ranking(ranks, _groups([rank.system for rank in ranks], apart), apart, len(sums), left_out)


def _shared(measures: pl.DataFrame, dimension: str, condition: str) -> tuple[Array, Array, list[str], int]:
    """Return sums and numbers of scores, cards x systems, of the cards that all systems have a score with."""
    asked = (pl.col("dimension").cast(pl.String) == dimension) & (pl.col("condition").cast(pl.String) == condition)
    cells = (
        measures.filter(asked)
        .group_by(pl.col("system", "card").cast(pl.String))
        .agg(pl.sum("score"), pl.len().cast(pl.Float64).alias("n"))
    )
    systems = sorted(cells["system"].unique().to_list())
    whole = cells.filter(pl.len().over("card") == len(systems)).sort("card", "system")
    shape = (-1, len(systems)) if systems else (0, 0)
    left_out = cells["card"].n_unique() - whole["card"].n_unique()
    return whole["score"].to_numpy().reshape(shape), whole["n"].to_numpy().reshape(shape), systems, left_out


def _drawn(sums: Array, counts: Array, draws: int, seed: int) -> Iterator[Array]:
    for weights in resamples(len(sums), draws, seed):
        yield _ranked((weights @ sums) / (weights @ counts))


def _ranked(values: Array) -> Array:
    """Rank each row, the least first, equals sharing the mean of their places."""
    one, other = values[:, :, None], values[:, None, :]
    ranks: Array = (other < one).sum(axis=2) + ((other == one).sum(axis=2) + 1) / 2
    return ranks


def _apart(systems: Sequence[str], means: Array) -> dict[tuple[str, str], float]:
    """Test each two systems on the differences of their cards' means, and adjust over all of them."""
    two = list(combinations(range(len(systems)), 2))
    tests = [CardTotals(means[:, one] - means[:, other], np.ones(len(means))) for one, other in two]
    adjusted = zip(two, adjust(sign_flip(tests)), strict=True)
    return {(systems[one], systems[other]): q for (one, other), q in adjusted if q is not None}


def _groups(systems: Sequence[str], apart: dict[tuple[str, str], float]) -> tuple[tuple[str, ...], ...]:
    """Return the longest stretches in which no two systems are told apart."""
    found: list[tuple[str, ...]] = []
    reached = 0
    for start in range(len(systems)):
        end = start + 1
        while end < len(systems) and all(apart[systems[at], systems[end]] >= APART for at in range(start, end)):
            end += 1
        if end - start >= _TWO and end > reached:
            found.append(tuple(systems[start:end]))
        reached = max(reached, end)
    return tuple(found)
