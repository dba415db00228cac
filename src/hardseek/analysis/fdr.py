"""False discovery control over a family of tests."""

from collections.abc import Sequence

import numpy as np


def adjust(p_values: Sequence[float | None]) -> list[float | None]:
    """Adjust p-values so that calling those below q discoveries keeps the expected share of false ones under q.

    Benjamini and Hochberg (1995), step-up; holds for independent tests and for positive dependence, such as that of
    systems that meet the same seekers (Benjamini and Yekutieli, 2001). None, a test that could not be made, stays
    None and does not count in the family.
    """
    tested = [place for place, p in enumerate(p_values) if p is not None]
    p = np.array([value for value in p_values if value is not None], dtype=np.float64)
    order = np.argsort(-p, kind="stable")
    ranks = np.arange(len(p), 0, -1)
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum.accumulate(np.minimum(p[order] * len(p) / ranks, 1.0)) if len(p) else p
    result: list[float | None] = [None] * len(p_values)
    for place, value in zip(tested, adjusted, strict=True):
        result[place] = float(value)
    return result
