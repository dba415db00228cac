"""Intraclass correlations for raters who are a sample of raters: ICC(2,1) and ICC(2,k)."""

import numpy as np

from hardseek.analysis.agreement.moments import ratio
from hardseek.analysis.agreement.panel import Array


def icc_single(scores: Array, weights: Array) -> Array:
    """Return ICC(2,1), absolute agreement of single raters (Shrout and Fleiss, 1979, Psychological Bulletin 86, 420).

    Args:
        scores: items x raters, NaN where there is none; items that not every rater scored are left out.
        weights: draws x items.

    Returns:
        One value a draw; NaN with fewer than two raters or two items, or where nothing varies.
    """
    rows, columns, error, items = _mean_squares(scores, weights)
    raters = scores.shape[1]
    return ratio(rows - error, rows + (raters - 1) * error + raters * (columns - error) / items)


def icc_average(scores: Array, weights: Array) -> Array:
    """Return ICC(2,k), absolute agreement of the mean of all raters; see `icc_single`."""
    rows, columns, error, items = _mean_squares(scores, weights)
    return ratio(rows - error, rows + (columns - error) / items)


def _mean_squares(scores: Array, weights: Array) -> tuple[Array, Array, Array, Array]:
    """Return the mean squares of items, raters and error, and the number of items, one value a draw."""
    whole = ~np.isnan(scores).any(axis=1)
    scores, weights = scores[whole], weights[:, whole]
    raters = scores.shape[1]
    items = weights.sum(axis=1)
    undefined = np.full(len(weights), np.nan)
    if raters < 2 or not len(scores):  # noqa: PLR2004  (nobody to agree with)
        return undefined, undefined, undefined, items
    with np.errstate(invalid="ignore", divide="ignore"):
        of_raters = weights @ scores / items[:, None]
        mean = of_raters.mean(axis=1)
        of_items = scores.mean(axis=1)
        between_items = raters * (weights * (of_items - mean[:, None]) ** 2).sum(axis=1)
        between_raters = items * ((of_raters - mean[:, None]) ** 2).sum(axis=1)
        total = np.stack([(weights * (column - mean[:, None]) ** 2).sum(axis=1) for column in scores.T]).sum(axis=0)
        error = np.maximum(total - between_items - between_raters, 0.0)
        freedom = np.where(items > 1, items - 1, np.nan)
        return between_items / freedom, between_raters / (raters - 1), error / (freedom * (raters - 1)), items
