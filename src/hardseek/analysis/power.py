"""What a design can show: the smallest effect, and how many cards and replicates it takes.

A paired difference (a drop, or one system against another) of card g in replicate r is d + a_g + e_gr: an effect, what
is particular to the card, and chance. The mean over G cards with r replicates each has the variance

    (between + within / r) / G

so replicates help only as far as chance is what stands in the way, and cards always do. Power is that of the two-sided
one-sample t test of the cards' means (noncentral t with G - 1 degrees: Cohen, 1988, Statistical Power Analysis, ch. 2);
the sign-flip test of this package comes close to it (benchmarks/coverage.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from typing import Final

import polars as pl

ALPHA: Final = 0.05
POWER: Final = 0.80
_MOST: Final = 1_000_000
_TWO: Final = 2
_NEAR: Final = 1e-12
"""How near an effect is found, relative to one that is surely shown."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How paired differences vary, in squared points."""

    between: float
    """Between cards, 0 or more."""
    within: float
    """Between replicates of the same card, 0 or more; 0 where every card has one, and `between` then holds both."""
    cards: int
    replicates: float
    """Pairs of a card, on average."""

    def error(self, cards: int, replicates: int) -> float:
        """Return the standard error of the mean difference of a design."""
        return sqrt((self.between + self.within / replicates) / cards)


def spread(paired: pl.DataFrame, value: str = "drop") -> Spread | None:
    """Measure how paired differences vary, by analysis of variance with cards as the one random factor.

    Cards may have unequal numbers of pairs (Searle, Casella and McCulloch, 1992, section 3.6).

    Args:
        paired: one row a pair with a column `card`, as `pairs.pairs` returns it, of one cell.
        value: the column of differences.

    Returns:
        None with fewer than two cards.
    """
    cards = paired.group_by("card").agg(n=pl.len(), mean=pl.mean(value), squares=pl.col(value).var(ddof=0) * pl.len())
    if cards.height < _TWO:
        return None
    n, means = cards["n"].to_numpy(), cards["mean"].to_numpy()
    total, freedom = int(n.sum()), int(n.sum()) - cards.height
    between = float((n * (means - (n * means).sum() / total) ** 2).sum()) / (cards.height - 1)
    if not freedom:
        return Spread(between, 0.0, cards.height, 1.0)
    within = float(cards["squares"].sum()) / freedom
    alike = (total - float((n**2).sum()) / total) / (cards.height - 1)
    return Spread(max((between - within) / alike, 0.0), within, cards.height, total / cards.height)


def power(effect: float, spread: Spread, cards: int, replicates: int = 1, *, alpha: float = ALPHA) -> float:
    """Return the chance that a design shows an effect of this size (in points), in either direction."""
    from scipy.special import nctdtr, stdtrit  # not scipy.stats, which takes long to import

    if cards < _TWO:
        return 0.0
    error = spread.error(cards, replicates)
    if error == 0:
        return 1.0 if effect else 0.0
    bound = float(stdtrit(cards - 1, 1 - alpha / 2))
    shift = abs(effect) / error
    # Far out the noncentral t of scipy is NaN on the side where nothing is left.
    below = float(nctdtr(cards - 1, shift, -bound)) if shift < bound else 0.0
    return min(1.0, 1.0 - float(nctdtr(cards - 1, shift, bound)) + below)


def minimum_effect(
    spread: Spread, cards: int, replicates: int = 1, *, alpha: float = ALPHA, wanted: float = POWER
) -> float | None:
    """Return the smallest effect (in points) that a design shows with the power that is wanted.

    None with fewer than two cards.
    """
    from scipy.special import ndtri, stdtrit  # not scipy.optimize, which takes as long to import as all else here

    if cards < _TWO:
        return None
    error = spread.error(cards, replicates)
    if error == 0:
        return 0.0
    enough = error * (float(stdtrit(cards - 1, 1 - alpha / 2)) + 10 * float(ndtri((1 + wanted) / 2)) + 10)
    low, high = 0.0, enough
    while high - low > _NEAR * enough:
        middle = (low + high) / 2
        shown = power(middle, spread, cards, replicates, alpha=alpha) >= wanted
        low, high = (low, middle) if shown else (middle, high)
    return high


def cards_needed(
    effect: float, spread: Spread, replicates: int = 1, *, alpha: float = ALPHA, wanted: float = POWER
) -> int | None:
    """Return how many cards it takes to show an effect; None where a million do not do."""
    return _first(lambda cards: power(effect, spread, cards, replicates, alpha=alpha) >= wanted, _TWO)


def replicates_needed(
    effect: float, spread: Spread, cards: int, *, alpha: float = ALPHA, wanted: float = POWER
) -> int | None:
    """Return how many replicates it takes to show an effect; None where more would not help: it takes more cards."""
    return _first(lambda replicates: power(effect, spread, cards, replicates, alpha=alpha) >= wanted, 1)


def _first(does: Callable[[int], bool], least: int) -> int | None:
    """Find the least number that does, where every greater one does too, by halving."""
    high = least
    while not does(high):
        high *= 2
        if high > _MOST:
            return None
    low = max(least, high // 2)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if does(middle) else (middle + 1, high)
    return low
