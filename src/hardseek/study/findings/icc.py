"""The intraclass correlation where not every rater rated every item, as in studies with an overlap.

ICC = s_item^2 / (s_item^2 + s_rater^2 + s_e^2), absolute agreement of single raters (Shrout and Fleiss, 1979,
Psychological Bulletin 86, 420, ICC(2,1)), with variance components by symmetric sums (Koch, 1967, Technometrics 9, 93
and 1968, Technometrics 10, 551): half the mean squared difference of two ratings estimates

    of the same item, by two raters         s_rater^2 + s_e^2
    of two items, by the same rater         s_item^2 + s_e^2
    of two items, by two raters             s_item^2 + s_rater^2 + s_e^2

without assuming that anything is balanced. Where everything is, it is the ICC(2,1) of the analysis of variance.
"""

import numpy as np

from hardseek.analysis.agreement.moments import ratio
from hardseek.analysis.bootstrap import Array


def icc_incomplete(scores: Array, weights: Array) -> Array:
    """Return the intraclass correlation.

    Args:
        scores: items x raters, NaN where there is none.
        weights: draws x items; an item that was drawn twice counts as two items.

    Returns:
        One value a draw; NaN where no two raters share an item, no rater has two items, or nothing varies.
    """
    known = ~np.isnan(scores)
    middle = float(scores[known].mean()) if known.any() else 0.0
    values = np.where(known, scores - middle, 0.0)
    count, total, squares = known.sum(axis=1), values.sum(axis=1), (values**2).sum(axis=1)
    by_rater = weights @ known
    every, alike = _pairs(weights @ count, weights @ total, weights @ squares)
    of_item = (weights @ (count * squares - total**2), weights @ (count * (count - 1.0)))
    each, of_each = _pairs(by_rater, weights @ values, weights @ values**2)
    # A rater's two ratings of two copies of an item are of two items, as they are in the analysis of variance.
    of_rater = (each.sum(axis=1), of_each.sum(axis=1))
    apart = (every - of_item[0] - of_rater[0], alike - of_item[1] - of_rater[1])
    same_item, both = ratio(*of_item), ratio(*apart)
    undefined = np.isnan(same_item) | np.isnan(ratio(*of_rater))
    return np.where(undefined, np.nan, 1 - ratio(same_item, both))


def _pairs(count: Array, total: Array, squares: Array) -> tuple[Array, Array]:
    """Return the sum of squared differences over ordered pairs, halved, and twice the number of unordered pairs."""
    return count * squares - total**2, count * (count - 1)
