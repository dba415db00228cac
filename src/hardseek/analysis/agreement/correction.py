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


def misclassification_corrected(judge: Array, people: Array) -> Corrected | None:
    """Correct the share of items that a judge says hold, by how often it is right where people say (Rogan and Gladen,
    1978, American Journal of Epidemiology 107, 71), with the interval of Lang and Reiczigel (2014, Preventive
    Veterinary Medicine 113, 13).

    Args:
        judge: 1 or 0 for every item, NaN where unscored: such items are left out.
        people: 1 or 0, NaN where nobody said.

    Returns:
        None where people said it of no item or of every item, or where the judge is no better than chance at it;
        `weight` is sensitivity + specificity - 1.
    """
    scored = ~np.isnan(judge)
    judge, people = judge[scored], people[scored]
    positive, negative = judge[people == 1], judge[people == 0]
    items = int(np.isnan(people).sum())
    if not len(positive) or not len(negative) or not items:
        return None
    share = float(judge[np.isnan(people)].mean())
    sensitivity, specificity = float(positive.mean()), float(1 - negative.mean())
    if sensitivity + specificity <= 1:
        return None
    mean = (share + specificity - 1) / (sensitivity + specificity - 1)
    low, high = _lang_reiczigel((share, items), (sensitivity, len(positive)), (specificity, len(negative)))
    return Corrected(min(1.0, max(0.0, mean)), low, high, float(judge.mean()), sensitivity + specificity - 1)


def _lang_reiczigel(
    judged: tuple[float, int], sensitivity: tuple[float, int], specificity: tuple[float, int]
) -> tuple[float, float]:
    """Blend invented items in, half of them positive, as Agresti and Coull do; then go by the normal distribution.

    Each argument is a share and the number of items that it is a share of.
    """
    (p, held), (se, n_se), (sp, n_sp) = _blended(judged, _Z**2), _blended(sensitivity, 2), _blended(specificity, 2)
    able = se + sp - 1
    prevalence = (p + sp - 1) / able
    shift = 2 * _Z**2 * (prevalence * se * (1 - se) / n_se - (1 - prevalence) * sp * (1 - sp) / n_sp)
    variance = p * (1 - p) / held + prevalence**2 * se * (1 - se) / n_se + (1 - prevalence) ** 2 * sp * (1 - sp) / n_sp
    reach = _Z * (variance**0.5) / able
    return max(0.0, prevalence + shift - reach), min(1.0, prevalence + shift + reach)


def _blended(share: tuple[float, int], invented: float) -> tuple[float, float]:
    value, count = share
    return (count * value + invented / 2) / (count + invented), count + invented
