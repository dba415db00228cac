"""Pearson, Spearman and Kendall correlations of two raters, weighted."""

from typing import Final

import numpy as np

from hardseek.analysis.agreement.moments import moments, ratio, shared
from hardseek.analysis.agreement.panel import Array, Places

_CELLS: Final = 2_500
"""Cells of a table of two raters' scores up to which pairs are counted from the table."""


def pearson(x: Array, y: Array, weights: Array) -> Array:
    """Return the product-moment correlation; NaN where a rater's scores do not vary."""
    return _correlation(*shared(x, y, weights))


def spearman(x: Array, y: Array, weights: Array) -> Array:
    """Return the rank correlation, tied scores at their mean rank; NaN where a rater's scores do not vary."""
    x, y, weights = shared(x, y, weights)
    return _correlation(_ranks(x, weights), _ranks(y, weights), weights)


def kendall(x: Array, y: Array, weights: Array) -> Array:
    """Return Kendall's tau-b (Kendall, 1945, Biometrika 33, 239); NaN where a rater's scores do not vary.

    Weights are whole numbers. With few distinct scores it is counted from the table of the two, otherwise item by item.
    """
    x, y, weights = shared(x, y, weights)
    values_x, places_x = np.unique(x, return_inverse=True)
    values_y, places_y = np.unique(y, return_inverse=True)
    if not 0 < len(values_x) * len(values_y) <= _CELLS:
        return np.array([_kendall_of_items(x, y, row) for row in weights])
    shape = (len(values_x), len(values_y))
    tables = _tables(places_x * shape[1] + places_y, weights, shape)
    beyond = _beyond(tables)
    concordant = (tables * beyond).sum(axis=(1, 2))
    discordant = (tables * _beyond(tables[:, :, ::-1])[:, :, ::-1]).sum(axis=(1, 2))
    total = _pairs(tables.sum(axis=(1, 2)))
    untied_x = total - _pairs(tables.sum(axis=2)).sum(axis=1)
    untied_y = total - _pairs(tables.sum(axis=1)).sum(axis=1)
    return ratio(concordant - discordant, np.sqrt(untied_x * untied_y))


def _correlation(x: Array, y: Array, weights: Array) -> Array:
    m = moments(x, y, weights)
    return np.clip(ratio(m.covariance, np.sqrt(m.variance_x * m.variance_y)), -1.0, 1.0)


def _ranks(x: Array, weights: Array) -> Array:
    """Return mean ranks in each draw, draws x items."""
    values, places = np.unique(x, return_inverse=True)
    order = np.argsort(places, kind="stable")
    starts = np.searchsorted(places[order], np.arange(len(values)))
    if not len(values):
        return weights
    counts = np.add.reduceat(weights[:, order], starts, axis=1)
    ranks: Array = (np.cumsum(counts, axis=1) - counts / 2 + 0.5)[:, places]
    return ranks


def _tables(cells: Places, weights: Array, shape: tuple[int, int]) -> Array:
    """Count the draws' tables, draws x scores of x x scores of y."""
    order = np.argsort(cells, kind="stable")
    used, starts = np.unique(cells[order], return_index=True)
    tables = np.zeros((len(weights), shape[0] * shape[1]))
    tables[:, used] = np.add.reduceat(weights[:, order], starts, axis=1)
    return tables.reshape(len(weights), *shape)


def _beyond(tables: Array) -> Array:
    """Return, for each cell, what lies in cells higher on both scores."""
    above = np.zeros_like(tables)
    sums = np.cumsum(np.cumsum(tables[:, ::-1, ::-1], axis=1), axis=2)[:, ::-1, ::-1]
    above[:, :-1, :-1] = sums[:, 1:, 1:]
    return above


def _pairs(counts: Array) -> Array:
    return counts * (counts - 1) / 2


def _kendall_of_items(x: Array, y: Array, weights: Array) -> float:
    from scipy.stats import kendalltau  # slow to import

    times = weights.astype(np.intp)
    drawn_x, drawn_y = np.repeat(x, times), np.repeat(y, times)
    if len(np.unique(drawn_x)) < 2 or len(np.unique(drawn_y)) < 2:  # noqa: PLR2004  (does not vary)
        return float("nan")
    return float(kendalltau(drawn_x, drawn_y).statistic)
