"""How often and how far two raters differ: exact and within-one accuracy, bias, error, and what guessing reaches."""

import numpy as np
import numpy.typing as npt

from hardseek.analysis.agreement.moments import ratio, shared
from hardseek.analysis.agreement.panel import Array


def exact(x: Array, y: Array, weights: Array) -> Array:
    """Return the share of items on which both give the same score; scores between two steps are rounded, half up."""
    x, y, weights = shared(x, y, weights)
    return _share(_step(x) == _step(y), weights)


def within_one(x: Array, y: Array, weights: Array) -> Array:
    """Return the share of items on which the rounded scores are at most one step apart."""
    x, y, weights = shared(x, y, weights)
    return _share(np.abs(_step(x) - _step(y)) <= 1, weights)


def majority(y: Array, weights: Array) -> Array:
    """Return the accuracy of always giving the most frequent score of `y`: what exact agreement has to beat."""
    y, _, weights = shared(y, y, weights)
    steps = _step(y)
    if not len(steps):
        return np.full(len(weights), np.nan)
    counts = np.column_stack([weights[:, steps == step].sum(axis=1) for step in np.unique(steps)])
    return ratio(counts.max(axis=1), weights.sum(axis=1))


def majority_within_one(y: Array, weights: Array) -> Array:
    """Return the within-one accuracy of the constant score that has the most: what within-one agreement has to beat."""
    y, _, weights = shared(y, y, weights)
    steps = _step(y)
    if not len(steps):
        return np.full(len(weights), np.nan)
    guesses = np.arange(steps.min(), steps.max() + 1)
    counts = np.column_stack([weights[:, np.abs(steps - guess) <= 1].sum(axis=1) for guess in guesses])
    return ratio(counts.max(axis=1), weights.sum(axis=1))


def bias(x: Array, y: Array, weights: Array) -> Array:
    """Return how much higher `x` scores than `y`, on average."""
    x, y, weights = shared(x, y, weights)
    return ratio((weights * (x - y)).sum(axis=1), weights.sum(axis=1))


def absolute_error(x: Array, y: Array, weights: Array) -> Array:
    """Return the mean absolute difference."""
    x, y, weights = shared(x, y, weights)
    return ratio((weights * np.abs(x - y)).sum(axis=1), weights.sum(axis=1))


def _share(holds: npt.NDArray[np.bool_], weights: Array) -> Array:
    return ratio(weights @ holds.astype(np.float64), weights.sum(axis=1))


def _step(scores: Array) -> Array:
    stepped: Array = np.floor(scores + 0.5)
    return stepped
