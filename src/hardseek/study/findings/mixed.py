"""A linear model with fixed cells and crossed random effects: what is left of a mean when raters are taken out of it.

    y = X b + Z_1 u_1 + ... + Z_k u_k + e        u_j ~ N(0, s_j^2 I)        e ~ N(0, s_e^2 I)

fitted by restricted maximum likelihood. The deviance is profiled down to the ratios t_j = s_j / s_e (Bates, Maechler,
Bolker and Walker, 2015, Journal of Statistical Software 67(1), equations 34 to 42): with D the diagonal matrix of the
ratios by column of Z,

    L L' = D Z'Z D + I        R'R = X'X - X'Z D (L L')^-1 D Z'X        r^2 = min of |y - Xb - Z D v|^2 + |v|^2
    deviance = 2 log|L| + 2 log|R| + (n - p) (1 + log(2 pi r^2 / (n - p)))

b is then the generalised least squares estimate (Henderson, 1975, Biometrics 31, 423). A ratio of 0 is a boundary that
the parametrisation reaches: an effect that is not there is fitted as none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from hardseek.analysis.bootstrap import Array

Levels = npt.NDArray[np.intp]
"""Of each row, the number of its level, from 0."""
_NOTHING: Final = 1e-6
"""A ratio below this is none: s_j^2 is then a millionth of a millionth of s_e^2."""
_MOST: Final = 1e4
"""A ratio at most."""
_BATCH: Final = 1 << 22
"""Numbers in one batch of equations."""
_CONDITION: Final = 1e10
"""Draws whose equations are worse conditioned lack a cell."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A fitted model."""

    effects: Array
    """b, one a column of X."""
    ratios: tuple[float, ...]
    """t_j, one a random effect."""
    residual: float
    """s_e^2."""
    deviance: float
    """-2 log of the restricted likelihood."""

    @property
    def components(self) -> tuple[float, ...]:
        """s_j^2, one a random effect."""
        return tuple(ratio**2 * self.residual for ratio in self.ratios)


def fit(y: Array, x: Array, effects: Sequence[Levels]) -> Fitted:
    """Fit by restricted maximum likelihood.

    Args:
        y: n values.
        x: n x p, of full column rank, p below n.
        effects: the random ones.
    """
    from scipy.optimize import minimize

    products = _Products.of(y, x, effects)
    start = np.ones(len(effects))
    if not effects or products.yy == 0:
        return products.solved(np.zeros(len(effects)))
    # The simplex takes no gradient: differences of the deviance near a boundary mislead those that do.
    found: Any = minimize(
        lambda ratios: products.solved(ratios).deviance,
        start,
        method="Nelder-Mead",
        bounds=[(0.0, _MOST)] * len(effects),
        options={"xatol": 1e-5, "fatol": 1e-7, "maxiter": 1000},
    )
    best = np.where(found.x < _NOTHING, 0.0, found.x)
    # The boundary is where a gradient says least: look at it for itself.
    corners = [np.where(np.arange(len(effects)) == out, 0.0, best) for out in range(len(effects))]
    return min((products.solved(ratios) for ratios in [best, *corners]), key=lambda fitted: fitted.deviance)


@dataclass(frozen=True, slots=True)
class _Products:
    """All that the deviance takes of the data."""

    zz: Array
    zx: Array
    zy: Array
    xx: Array
    xy: Array
    yy: float
    middle: float
    """Taken off y before; it comes back in b through the columns that add up to 1."""
    shift: Array
    effect: Levels
    """Of each column of Z, which random effect it belongs to."""
    rows: int

    @classmethod
    def of(cls, y: Array, x: Array, effects: Sequence[Levels]) -> "_Products":
        widths = [int(levels.max()) + 1 for levels in effects]
        z = np.zeros((len(y), sum(widths)))
        for levels, start in zip(effects, np.cumsum([0, *widths[:-1]]), strict=False):
            z[np.arange(len(y)), start + levels] = 1.0
        # y is centred where X can take it up: sums of squares then lose no digits.
        shift = np.linalg.lstsq(x, np.ones(len(y)), rcond=None)[0].astype(np.float64)
        middle = float(y.mean()) if np.allclose(x @ shift, 1.0) else 0.0
        centred = y - middle
        belongs = np.repeat(np.arange(len(effects)), widths)
        return cls(z.T @ z, z.T @ x, z.T @ centred, x.T @ x, x.T @ centred, float(centred @ centred), middle, shift,
                   belongs, len(y))  # fmt: skip

    def solved(self, ratios: Array) -> Fitted:
        """Solve for given ratios."""
        from scipy.linalg import cho_factor, cho_solve, cholesky, solve_triangular

        scale = ratios[self.effect] if len(ratios) else np.zeros(0)
        lower = cholesky(scale[:, None] * self.zz * scale + np.eye(len(scale)), lower=True) if len(scale) else None
        if lower is None:
            zx, zy = np.zeros((0, self.xx.shape[0])), np.zeros(0)
        else:
            zx = solve_triangular(lower, scale[:, None] * self.zx, lower=True)
            zy = solve_triangular(lower, scale * self.zy, lower=True)
        factor = cho_factor(self.xx - zx.T @ zx)
        right = self.xy - zx.T @ zy
        b: Array = cho_solve(factor, right)
        freedom = self.rows - len(b)
        rest = max(self.yy - float(zy @ zy) - float(b @ right), 1e-300)
        logs = 2 * float(np.log(np.abs(np.diag(factor[0]))).sum())
        logs += 2 * float(np.log(np.diag(lower)).sum()) if lower is not None else 0.0
        deviance = logs + freedom * (1 + float(np.log(2 * np.pi * rest / freedom)))
        return Fitted(b + self.middle * self.shift, tuple(float(t) for t in ratios), rest / freedom, deviance)


def carried(x: Array, effects: Sequence[Levels], ratios: Sequence[float], which: int) -> Array:
    """Return what each level of a random effect brings to b, p x levels, at given ratios: b is linear in them."""
    products = _Products.of(np.zeros(len(x)), x, effects)
    mine = products.effect == which
    scale = np.asarray(ratios)[products.effect]
    inner = scale[:, None] * products.zz * scale + np.eye(len(scale))
    weighed = np.linalg.solve(inner, scale[:, None] * np.hstack([products.zx, products.zz[:, mine]]))
    through = products.zx.T * scale
    p = x.shape[1]
    left = products.xx - through @ weighed[:, :p]
    found: Array = np.linalg.solve(left, products.zx[mine].T - through @ weighed[:, p:])
    return found


def redrawn(
    y: Array, x: Array, cluster: tuple[Levels, float], weights: Array, other: tuple[Levels, float] | None = None
) -> Array:
    """Estimate b again in draws of whole levels of one random effect, such as raters, at ratios that stay fixed.

    A level that is drawn twice counts as two. Its own effect is eliminated level by level, so a draw is a weighted sum
    of what each level brings.

    Args:
        y: n values.
        x: n x p.
        cluster: the random effect whose levels are drawn, and its ratio t.
        weights: draws x levels, how often each was drawn.
        other: a second random effect with its ratio.

    Returns:
        draws x p; NaN in draws that lack a cell.
    """
    drawn_levels, ratio = cluster
    p = x.shape[1]
    wide, penalty = x, np.zeros(p)
    if other is not None and other[1] >= _NOTHING:
        levels, t = other
        z = np.zeros((len(y), int(levels.max()) + 1))
        z[np.arange(len(y)), levels] = 1.0
        wide = np.hstack([x, z])
        penalty = np.concatenate([penalty, np.full(z.shape[1], t**-2.0)])
    sides = [_side(y[drawn_levels == level], wide[drawn_levels == level], ratio) for level in range(weights.shape[1])]
    left = np.stack([side[0] for side in sides])
    right = np.stack([side[1] for side in sides])
    found = np.full((len(weights), p), np.nan)
    step = max(1, _BATCH // len(penalty) ** 2)
    for start in range(0, len(weights), step):
        drawn = weights[start : start + step]
        a = np.tensordot(drawn, left, axes=1) + np.diag(penalty)
        whole = np.linalg.cond(a) < _CONDITION
        if whole.any():
            b = np.linalg.solve(a[whole], (drawn[whole] @ right)[..., None])[..., :p, 0]
            found[start : start + step][whole] = b
    return found


def _side(y: Array, x: Array, ratio: float) -> tuple[Array, Array]:
    """Return X' M X and X' M y of one level, M what is left when its own effect is eliminated."""
    shrunk = 1 / (len(y) + ratio**-2.0) if ratio >= _NOTHING else 0.0
    sums = x.sum(axis=0)
    return x.T @ x - shrunk * np.outer(sums, sums), x.T @ y - shrunk * sums * y.sum()
