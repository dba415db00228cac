"""The packaged conditions and the guides of the axes."""

import pytest

from hardseek.documents import load
from hardseek.errors import Refused
from hardseek.language import detect
from hardseek.seekers import AXES, BehaviourProfile, Condition
from hardseek.seekers.axes import axes
from hardseek.seekers.conditions import packaged_conditions


def test_average_is_first_and_without_behaviour() -> None:
    assert next(iter(packaged_conditions())) == "average"
    assert packaged_conditions()["average"].profile == BehaviourProfile()


def test_each_axis_has_a_condition_that_is_high_on_it_alone() -> None:
    for axis in AXES:
        alone = [
            condition
            for condition in packaged_conditions().values()
            if getattr(condition.profile, axis) >= 0.8
            and not any(getattr(condition.profile, other) for other in AXES if other != axis)
        ]
        assert alone, axis


def test_both_forms_of_resistance_are_there() -> None:
    found = packaged_conditions()
    assert found["resistance-arguing"].profile.resistance_form == "arguing"
    assert found["resistance-withdrawing"].profile.resistance_form == "withdrawing"


def test_worst_is_high_on_every_axis() -> None:
    assert all(getattr(packaged_conditions()["worst"].profile, axis) >= 0.7 for axis in AXES)


def test_conditions_and_axes_are_explained_in_both_languages() -> None:
    for condition in packaged_conditions().values():
        assert {*condition.title} == {*condition.description} == {"en", "zh"}
        assert detect(condition.description["en"]) == "en"
        assert detect(condition.description["zh"]) == "zh"
    for guide in axes().values():
        assert detect(guide.definition.en) == "en"
        assert detect(guide.definition.zh) == "zh"


def test_axes_are_in_their_order_and_know_forms_and_distortions() -> None:
    assert tuple(axes()) == AXES
    assert set(axes()["resistance"].forms) == {"withdrawing", "arguing"}
    assert len(axes()["negative_interpretation"].distortions) >= 5


def test_a_condition_of_ones_own_is_read_and_mistakes_are_named() -> None:
    written = "name: my-seeker\nprofile: {resistance: 0.4, pattern: escalating, start: 5}\n"
    assert load(written, Condition, source="mine.yaml").profile.start == 5
    with pytest.raises(Refused, match=r"mine.yaml, line 2: profile.resistence: no such field.*mean resistance"):
        load("name: x\nprofile: {resistence: 0.4}\n", Condition, source="mine.yaml")
