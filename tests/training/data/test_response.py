"""What a supporter's turn changed in the seeker."""

import pytest

from hardseek.seekers import Trace
from hardseek.training.response import response, responses
from training.stored import seeker, state, supporter


def test_relief_is_the_fall_of_distress_without_its_swing() -> None:
    # 7.0 of which 1.0 is swing, then 6.5 of which -0.5 is swing: settled distress goes from 6.0 to 7.0.
    found = response(state(7.0, 0.2, swing=1.0), state(6.5, 0.5, swing=-0.5))
    assert found is not None
    assert found.relief == pytest.approx(-1.0)
    assert found.trust == pytest.approx(0.3)
    assert found.value == pytest.approx(-1.0 / 10 + 0.3)


def test_leaving_unhelped_weighs_as_much_as_the_whole_scale() -> None:
    found = response(state(5.0, 0.5), state(5.0, 0.5, withdrew=True))
    assert found is not None
    assert found.value == -1.0


def test_nothing_is_known_without_both_states() -> None:
    assert response(None, state(5.0)) is None
    assert response(state(5.0), None) is None
    assert response(Trace(), state(5.0)) is None


def test_every_turn_of_the_supporter_that_stands_between_two_states_has_a_response() -> None:
    turns = [
        supporter("greeting"), seeker("a", state(8.0)), supporter("b"), seeker("c", state(6.0)), supporter("d"),
        seeker("e"), supporter("f"), seeker("g", state(5.0)), supporter("last"),
    ]  # fmt: skip
    found = responses(turns)
    assert list(found) == [2]
    assert found[2].relief == pytest.approx(2.0)
