"""How hard a supporter's turn presses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardseek.seekers import Appraisal
from hardseek.seekers.pressure import leading, pressure, pushing

unit = st.floats(0, 1)


def test_it_is_worked_out_by_hand() -> None:
    a = Appraisal(understanding=0.5, advice=0.8, minimising=0.5, template=0.5)
    assert leading(a) == pytest.approx(0.8 * 0.7)
    assert pushing(a) == pytest.approx(1 - 0.5 * 0.7)
    assert pressure(a) == pytest.approx(1 - (1 - 0.7 * 0.56) * (1 - 0.65))


def test_understanding_and_open_questions_do_not_press() -> None:
    assert pressure(Appraisal(understanding=1.0, validation=1.0, open_question=1.0)) == 0


@given(values=st.lists(unit, min_size=13, max_size=13))
def test_it_stays_within_its_range(values: list[float]) -> None:
    a = Appraisal(*values)
    assert all(-1e-9 <= found <= 1 for found in (leading(a), pushing(a), pressure(a)))
