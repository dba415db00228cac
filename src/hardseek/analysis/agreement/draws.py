"""Bootstrap draws of whole clusters, as weights of the items; and the interval of any statistic that takes weights.

Every statistic of this package is a function of weights: draws x items, how often each item counts. The estimate is
the statistic at weights of 1; the draws of a bootstrap are its values at weights that say how often the item's cluster
was drawn (Davison and Hinkley, 1997, Bootstrap Methods and their Application, section 3.8). So one matrix serves all
statistics, and statistics that are compared are compared in the same draws.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from hardseek.analysis.agreement.panel import Array, Places
from hardseek.analysis.bootstrap import DRAWS, LEVEL, SEED, resamples

Statistic = Callable[[Array], Array]
"""From weights (draws x items) to one value a draw; NaN where it is undefined."""

_UNDEFINED: Final = 0.1
"""Share of draws in which a statistic may be undefined, such as a correlation of what does not vary."""
_BLOCK: Final = 1 << 21
"""Numbers in one block of weights."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A statistic with its 95 % interval."""

    value: float | None
    """None where it is undefined."""
    low: float | None
    high: float | None
    """The percentile interval; None with fewer than two clusters or where too many draws are undefined."""
    items: int
    clusters: int

    @property
    def interval(self) -> tuple[float, float] | None:
        """Both ends, or None."""
        return (self.low, self.high) if self.low is not None and self.high is not None else None


def figure(statistic: Statistic, clusters: Places, *, draws: int = DRAWS, seed: int = SEED) -> Figure:
    """Compute a statistic and its interval.

    Args:
        statistic: what to compute.
        clusters: of each item.
        draws: of the bootstrap.
        seed: of the draws; with the number of clusters, all that keys them.
    """
    items, number = len(clusters), len(np.unique(clusters))
    if not items:
        return Figure(None, None, None, 0, 0)
    value = _known(float(statistic(np.ones((1, items)))[0]))
    if number < 2 or value is None:  # noqa: PLR2004  (one cluster says nothing of others)
        return Figure(value, None, None, items, number)
    drawn = np.concatenate([statistic(weights) for weights in weighted(clusters, draws=draws, seed=seed)])
    defined = drawn[~np.isnan(drawn)]
    if len(defined) < (1 - _UNDEFINED) * draws:
        return Figure(value, None, None, items, number)
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(defined, [tail, 1 - tail])
    return Figure(value, float(low), float(high), items, number)


def weighted(clusters: Places, *, draws: int = DRAWS, seed: int = SEED) -> Iterator[Array]:
    """Yield blocks of draws x items: how often each item's cluster was drawn."""
    _, places = np.unique(clusters, return_inverse=True)
    rows = max(1, _BLOCK // len(places))
    for counts in resamples(int(places.max()) + 1, draws, seed):
        for start in range(0, len(counts), rows):
            yield counts[start : start + rows, places]


def _known(value: float) -> float | None:
    return None if np.isnan(value) else value
