"""Krippendorff's alpha: agreement of any number of raters, with missing ratings, at three levels of measurement."""

from typing import Literal

import numpy as np

from hardseek.analysis.agreement.moments import ratio
from hardseek.analysis.agreement.panel import Array

Level = Literal["nominal", "ordinal", "interval"]


def krippendorff_alpha(scores: Array, weights: Array, *, level: Level) -> Array:
    """Return alpha = 1 - observed / expected disagreement (Krippendorff, 2019, Content Analysis, 4th ed., ch. 12).

    Every pair of ratings of an item counts 1 / (m - 1) for an item with m ratings; items with one rating do not count.
    Disagreement of two scores is 1 (nominal), their squared difference (interval), or that of their mean ranks among
    all ratings that count (ordinal).

    Args:
        scores: items x raters, NaN where there is none.
        weights: draws x items.
        level: of measurement.

    Returns:
        One value a draw; NaN where all ratings are alike.
    """
    scores, weights, values, counts = _pairable(scores, weights)
    if not len(values):
        return np.full(len(weights), np.nan)
    given = counts.sum(axis=1, keepdims=True)
    totals = weights @ counts
    number = totals.sum(axis=1)
    if level == "nominal":
        alike = counts * (counts - 1) / (given - 1)
        agreed = (weights @ alike).sum(axis=1)
        observed, expected = number - agreed, number**2 - (totals**2).sum(axis=1)
        return 1 - ratio(observed * (number - 1), expected)
    ranks = np.cumsum(totals, axis=1) - totals / 2
    distances = ranks if level == "ordinal" else np.broadcast_to(values, totals.shape)
    squares = (totals * distances**2).sum(axis=1)
    products = _products(counts, given, weights, distances)
    observed = 2 * squares - 2 * products
    expected = 2 * number * squares - 2 * (totals * distances).sum(axis=1) ** 2
    return 1 - ratio(observed * (number - 1), expected)


def _pairable(scores: Array, weights: Array) -> tuple[Array, Array, Array, Array]:
    """Keep items with two ratings or more; return with them the distinct scores and each item's counts of these."""
    kept = (~np.isnan(scores)).sum(axis=1) > 1
    scores, weights = scores[kept], weights[:, kept]
    values = np.unique(scores[~np.isnan(scores)])
    counts = np.stack([(scores == value).sum(axis=1) for value in values], axis=1) if len(values) else scores[:, :0]
    return scores, weights, values, counts.astype(np.float64)


def _products(counts: Array, given: Array, weights: Array, distances: Array) -> Array:
    """Sum, over the pairs of ratings of the same item, the product of their two distances; one value a draw."""
    # Over one item: ((sum of n_v d_v)^2 - sum of n_v d_v^2) / (m - 1).
    sums = distances @ counts.T
    squares = distances**2 @ counts.T
    products: Array = (weights * (sums**2 - squares) / (given[:, 0] - 1)).sum(axis=1)
    return products
