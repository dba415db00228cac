"""Weighted moments of two raters' scores: what kappa, correlation, accuracy and bias are made of."""

from dataclasses import dataclass

import numpy as np

from hardseek.analysis.agreement.panel import Array


@dataclass(frozen=True, slots=True)
class Moments:
    """One value a draw; undefined (NaN) where the draw holds no item."""

    weight: Array
    mean_x: Array
    mean_y: Array
    variance_x: Array
    variance_y: Array
    covariance: Array


def moments(x: Array, y: Array, weights: Array) -> Moments:
    """Return the moments of items that both scored.

    Args:
        x: scores, a value an item, or draws x items.
        y: the same, of the other rater.
        weights: draws x items; 0 for items to leave out, whose scores must be numbers none the less.
    """
    weight = weights.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean_x, mean_y = (weights * x).sum(axis=1) / weight, (weights * y).sum(axis=1) / weight
        from_x, from_y = x - mean_x[:, None], y - mean_y[:, None]
        return Moments(
            weight,
            mean_x,
            mean_y,
            (weights * from_x**2).sum(axis=1) / weight,
            (weights * from_y**2).sum(axis=1) / weight,
            (weights * from_x * from_y).sum(axis=1) / weight,
        )


def shared(x: Array, y: Array, weights: Array) -> tuple[Array, Array, Array]:
    """Keep the items that both scored."""
    both = ~(np.isnan(x) | np.isnan(y))
    return x[both], y[both], weights[:, both]


def ratio(top: Array, bottom: Array) -> Array:
    """Divide; NaN where the divisor is 0 but for rounding."""
    small = np.abs(bottom) <= 1e-12 * np.maximum(1.0, np.abs(top))
    return np.divide(top, bottom, out=np.full_like(top, np.nan), where=~small & ~np.isnan(bottom))
