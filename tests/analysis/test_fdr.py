"""False discovery control."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats  # scipy carries no types

from hardseek.analysis import adjust

chances = st.lists(st.floats(0, 1, allow_subnormal=False), min_size=1, max_size=20)


def test_by_hand() -> None:
    # 0.01 * 4/1, 0.02 * 4/2, 0.03 * 4/3, 0.5 * 4/4
    assert adjust([0.02, 0.5, 0.01, 0.03]) == [pytest.approx(q) for q in (0.04, 0.5, 0.04, 0.04)]


def test_untested_are_left_out_of_the_family() -> None:
    assert adjust([0.02, None, 0.02]) == [pytest.approx(0.02), None, pytest.approx(0.02)]
    assert adjust([None]) == [None]
    assert adjust([]) == []


@given(chances)
def test_agrees_with_scipy(p_values: list[float]) -> None:
    assert np.array(adjust(p_values), np.float64) == pytest.approx(stats.false_discovery_control(p_values))


@given(chances)
def test_keeps_the_order_and_never_lowers(p_values: list[float]) -> None:
    adjusted = [q for q in adjust(p_values) if q is not None]
    order = np.argsort(p_values, kind="stable")
    assert all(q >= p - 1e-12 for p, q in zip(p_values, adjusted, strict=True))
    assert np.all(np.diff(np.array(adjusted)[order]) >= -1e-12)
