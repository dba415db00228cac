"""The statistics that validity is told in, each None where it is not defined."""

import math
from collections.abc import Callable, Sequence
from statistics import fmean
from typing import Final, TypeVar

import numpy as np

T = TypeVar("T")
DRAWS: Final = 300
"""Bootstrap draws: enough for the second decimal of an interval's ends."""
_SEED: Final = 20_240_624


def auc(good: Sequence[float], poor: Sequence[float]) -> float | None:
    """Return the probability that a good one is greater than a poor one, ties by half (Hanley and McNeil, 1982)."""
    if not good or not poor:
        return None
    ordered = np.sort(np.asarray(poor))
    below = np.searchsorted(ordered, good, side="left")
    not_above = np.searchsorted(ordered, good, side="right")
    return float((below + not_above).sum() / (2 * len(good) * len(poor)))


def explained(groups: Sequence[Sequence[float]]) -> float | None:
    """Return eta squared: the share of the variance that lies between the groups (Fisher, 1925)."""
    everyone = [value for group in groups for value in group]
    if not everyone:
        return None
    mean = fmean(everyone)
    total = math.fsum((value - mean) ** 2 for value in everyone)
    between = math.fsum(len(group) * (fmean(group) - mean) ** 2 for group in groups if group)
    return between / total if total else None


def cohens_d(strong: Sequence[float], weak: Sequence[float]) -> float | None:
    """Return the difference of means in pooled standard deviations (Cohen, 1988, 2.5); None without any spread."""
    n, m = len(strong), len(weak)
    if n < 2 or m < 2:  # noqa: PLR2004 - one value has no spread
        return None
    within = float(np.var(strong) * n + np.var(weak) * m) / (n + m - 2)
    return (fmean(strong) - fmean(weak)) / math.sqrt(within) if within > 0 else None


def pearson(ones: Sequence[float], others: Sequence[float]) -> float | None:
    """Return the product-moment correlation; None where either does not vary."""
    a, b = np.asarray(ones, dtype=float), np.asarray(others, dtype=float)
    if len(a) < 2:  # noqa: PLR2004 - one point has no correlation
        return None
    a, b = a - a.mean(), b - b.mean()
    spread = math.sqrt(float(a @ a) * float(b @ b))
    return float(a @ b) / spread if spread > 0 else None


def spearman(ones: Sequence[float], others: Sequence[float]) -> float | None:
    """Return the rank correlation: Pearson's of the ranks, ties sharing their mean rank (Spearman, 1904)."""
    return pearson(_ranks(ones), _ranks(others))


def repeats_needed(reliability: float | None, wanted: float) -> float | None:
    """Return how many repeats have this reliability together (Spearman, 1910; Brown, 1910).

    None where one has none at all: no number would do.
    """
    if reliability is None or reliability <= 0:
        return None
    return wanted * (1 - reliability) / (reliability * (1 - wanted))


def interval(
    cards: Sequence[Sequence[T]], statistic: Callable[[Sequence[T]], float | None], draws: int = DRAWS
) -> tuple[float, float] | None:
    """Return the 95 % percentile interval of a statistic, drawing whole cards (Davison and Hinkley, 1997, 3.8).

    None with fewer than two cards, and where the statistic is defined in no draw. With few cards it is too narrow
    (docs/method/estimates.md).
    """
    if len(cards) < 2:  # noqa: PLR2004 - one card has no spread
        return None
    generator = np.random.Generator(np.random.PCG64(_SEED))
    picks = generator.integers(0, len(cards), size=(draws, len(cards)))
    drawn = (statistic([item for pick in row for item in cards[pick]]) for row in picks)
    values = [value for value in drawn if value is not None]
    if not values:
        return None
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)


def _ranks(values: Sequence[float]) -> list[float]:
    found = np.asarray(values, dtype=float)
    below = np.searchsorted(np.sort(found), found, side="left")
    not_above = np.searchsorted(np.sort(found), found, side="right")
    ranks: list[float] = ((below + not_above + 1) / 2).tolist()
    return ranks
