"""Ratings for the tests of agreement: drawn by hypothesis, with ties, gaps and few categories."""

import numpy as np
from hypothesis import strategies as st

from hardseek.analysis.agreement.panel import Array

ONCE = 1
GAP = float("nan")


@st.composite
def matrices(
    draw: st.DrawFn, *, raters: int = 3, least: int = 4, most: int = 30, steps: int = 5, gaps: bool = True
) -> Array:
    """Draw items x raters of scores from 1 to `steps`, some NaN where `gaps`."""
    items = draw(st.integers(least, most))
    score = st.integers(1, steps).map(float)
    cell = st.one_of(score, score, score, st.just(GAP)) if gaps else score
    rows = draw(st.lists(st.lists(cell, min_size=raters, max_size=raters), min_size=items, max_size=items))
    return np.array(rows, dtype=np.float64)


def once(items: int) -> Array:
    """Return weights by which every item counts once."""
    return np.ones((1, items))
