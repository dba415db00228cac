"""A judge's mean, corrected by the items that people rated too."""

from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np

from hardseek.analysis.agreement.panel import Array
from hardseek.analysis.bootstrap import LEVEL

_Z: Final = NormalDist().inv_cdf((1 + LEVEL) / 2)


@dataclass(frozen=True, slots=True)
class Corrected:
    """A corrected mean and its interval."""

    mean: float
    low: float
    high: float
    judged: float
    """The judge's own mean over all items, uncorrected."""
    weight: float
    """How far the judge is trusted: 0 uses people alone, 1 the judge's mean less its bias."""


def prediction_powered_mean(judge: Array, people: Array) -> Corrected | None:
    """Correct a judge's mean (Angelopoulos et al., 2023, Science 382, 669; weighed as in their PPI++, 2023).

        mean   = lambda (mean of the judge over unrated items) + (mean over rated items of people - lambda judge)
        lambda = cov(people, judge) / ((1 + n / N) var(judge)),   n rated, N unrated items, kept within 0 and 1

    The rated items have to be a random subset of all, and items independent of each other.

    Args:
        judge: its score of every item; NaN where unscored: such items are left out.
        people: the people's (mean) score, NaN where no person rated the item.

    Returns:
        None with fewer than two rated or two unrated items.
    """
    scored = ~np.isnan(judge)
    judge, people = judge[scored], people[scored]
    rated = ~np.isnan(people)
    n, others = int(rated.sum()), int((~rated).sum())
    if n < 2 or others < 2:  # noqa: PLR2004  (no variance to tell)
        return None
    y, f, unrated = people[rated], judge[rated], judge[~rated]
    spread = float(np.var(judge, ddof=1))
    weight = float(np.cov(y, f)[0, 1]) / ((1 + n / others) * spread) if spread > 0 else 0.0
    weight = min(1.0, max(0.0, weight))
    mean = weight * float(unrated.mean()) + float((y - weight * f).mean())
    variance = weight**2 * float(np.var(unrated, ddof=1)) / others + float(np.var(y - weight * f, ddof=1)) / n
    reach = _Z * variance**0.5
    return Corrected(mean, mean - reach, mean + reach, float(judge.mean()), weight)
