"""Ordinal regression: proportional odds, with shifts that are estimated and then left out.

The cumulative logit (McCullagh, 1980, Journal of the Royal Statistical Society B 42, 109):

    P(level <= k) = 1 / (1 + exp(-(cut_k - score))),        score = x . points + shifts

One vector of points serves all levels. The other usual way, a classifier for each cut (Frank and Hall, 2001, ECML),
needs as many vectors, which small samples do not feed, and lets the curves of two cuts cross.

Points are penalised by the precision of a normal prior around 0 (ridge). Shifts, such as how severe a rater is, are
columns like any other while it is fitted; who predicts sets them to 0.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Levels = npt.NDArray[np.intp]
Matrix = Any
"""Rows x columns, of numpy or sparse of scipy: what can be multiplied by a vector from either side."""


_LEAST: Final = 1e-12
_ROUNDS: Final = 500


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was estimated."""

    points: Array
    """Of every column."""
    cuts: Array
    """Between the levels, rising; one fewer than there are levels."""


def fit(rows: Matrix, levels: Levels, precisions: Array) -> Fitted:
    """Estimate points and cuts by their most probable values.

    Args:
        rows: a row for each rating.
        levels: of each rating, from 0 without a gap; at least two.
        precisions: of the normal priors around 0, one for each column.

    Raises:
        ValueError: there are fewer than two levels, or one between does not occur.
    """
    counts = np.bincount(levels)
    if len(counts) < 2 or not counts.all():  # noqa: PLR2004  (nothing to tell apart)
        raise ValueError("levels have to be numbered from 0 without a gap, two of them at least")
    shares = np.cumsum(counts)[:-1] / len(levels)
    first = np.log(shares / (1 - shares))
    start = np.concatenate([np.zeros(len(precisions)), [first[0]], np.log(np.maximum(np.diff(first), _LEAST))])
    many = len(precisions)

    def loss(flat: Array) -> tuple[float, Array]:
        points, cuts = flat[:many], _cuts(flat[many:])
        score = np.asarray(rows @ points)
        below = np.concatenate([np.zeros((len(levels), 1)), _logistic(cuts - score[:, None])], axis=1)
        below = np.concatenate([below, np.ones((len(levels), 1))], axis=1)
        place = np.arange(len(levels))
        chance = np.maximum(below[place, levels + 1] - below[place, levels], _LEAST)
        slope = below * (1 - below)
        by_upper, by_lower = slope[place, levels + 1] / chance, slope[place, levels] / chance
        value = -float(np.log(chance).sum()) + 0.5 * float(precisions @ points**2)
        to_points = np.asarray((by_upper - by_lower) @ rows) + precisions * points
        to_cuts = np.bincount(levels, by_lower, minlength=len(counts))[1:]
        to_cuts = to_cuts - np.bincount(levels, by_upper, minlength=len(counts))[:-1]
        # A cut is the first one plus all steps up to it, and a step is an exponential.
        rest = np.cumsum(to_cuts[::-1])[::-1]
        to_rest = np.concatenate([[rest[0]], rest[1:] * np.exp(flat[many + 1 :])])
        return value, np.concatenate([to_points, to_rest])

    from scipy.optimize import minimize  # slow to import

    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _ROUNDS}).x
    return Fitted(found[:many], _cuts(found[many:]))


def expected(scores: Array, cuts: Array, steps: Array) -> Array:
    """Return the expected rating at each score: the mean of the scale's steps under the model's chances.

    Args:
        scores: x . points.
        cuts: as fitted.
        steps: of the scale, one for each level, rising.
    """
    above = _logistic(scores[:, None] - cuts)
    found: Array = steps[0] + above @ np.diff(steps)
    return found


def log_likelihood(scores: Array, cuts: Array, levels: Levels) -> float:
    """Return the log of the model's chance of these levels at these scores."""
    edges = np.concatenate([np.full((len(scores), 1), -np.inf), cuts - scores[:, None]], axis=1)
    below = np.concatenate([_logistic(edges), np.ones((len(scores), 1))], axis=1)
    place = np.arange(len(scores))
    return float(np.log(np.maximum(below[place, levels + 1] - below[place, levels], _LEAST)).sum())


def _cuts(flat: Array) -> Array:
    return np.cumsum(np.concatenate([flat[:1], np.exp(flat[1:])]))


def _logistic(values: Array) -> Array:
    """Return 1 / (1 + exp(-x)), without overflow."""
    small = np.exp(-np.abs(values))
    logistic: Array = np.where(values >= 0, 1.0, small) / (1.0 + small)
    return logistic
