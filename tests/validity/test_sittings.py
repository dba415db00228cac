"""What is held for which property, and with what luck."""

import pytest

from hardseek.errors import Refused
from hardseek.runs.plan import DialogueSpec
from hardseek.seekers import BehaviourProfile
from hardseek.seekers.conditions import packaged_conditions
from hardseek.seekers.spec import EmotionPlannerSeeker
from hardseek.validity import FAMILIES, ValidityPlan, plan_validation
from hardseek.validity.controllable import SETTINGS
from hardseek.validity.sittings import doses, sittings


def spec(plan: ValidityPlan, condition: str, system: int = 0) -> DialogueSpec:
    return next(one for one in plan.of_system(system) if one.condition.name == condition)


def draw(plan: ValidityPlan, condition: str, system: int = 0) -> int:
    return plan.part(spec(plan, condition, system)).luck.integer(3, "anything")


def test_only_what_is_asked_for_is_held() -> None:
    assert {one.name for one in sittings(["diverse"])} == {"average", "worst"}
    assert {one.name for one in sittings(["integrity"])} == {"average", "worst"}
    assert {one.name for one in sittings(["integrity", "realistic"])} == {
        "average", "low-engagement", "resistance-withdrawing", "resistance-arguing", "worst"
    }  # fmt: skip
    assert {one.name for one in sittings(["responsive"])} == set(packaged_conditions())
    assert {one.name for one in sittings(["appraisals"])} == {"average", "worst"}
    everything = [one.name for one in sittings(FAMILIES)]
    assert len(everything) == len(set(everything)) == len(packaged_conditions()) + 2 + 25


def test_a_dose_has_nothing_but_its_axis() -> None:
    profiles = {one.name: one.profile for one in doses()}
    assert profiles["dose-none"] == BehaviourProfile()
    assert profiles["dose-resistance-arguing-0.5"] == BehaviourProfile(resistance=0.5, resistance_form="arguing")
    assert len(profiles) == 1 + 4 * len(SETTINGS)


def test_doses_share_their_luck_and_repetition_has_another() -> None:
    plan = plan_validation(languages=["en"], cards=1)
    assert draw(plan, "dose-none") == draw(plan, "dose-low-engagement-1") == draw(plan, "dose-none", system=4)
    assert draw(plan, "average") != draw(plan, "average-second-seed")
    assert draw(plan, "average") != draw(plan, "worst")
    again = plan_validation(languages=["en"], cards=1, seed=2)
    assert draw(plan, "average-second-seed") == draw(again, "average")


def test_cards_are_spread_over_topics_in_each_language() -> None:
    plan = plan_validation(cards=5)
    for language in ("en", "zh"):
        chosen = [card for card in plan.cards if card.language == language]
        topics = {card.category.partition("-")[0] for card in chosen if card.category}
        assert len(chosen) == 5 and len(topics) > 1


def test_a_protocol_plays_what_it_can() -> None:
    given = {"kind": "emotion-planner", "base_url": "http://localhost:1/v1", "model": "m"}
    plan = plan_validation(EmotionPlannerSeeker.model_validate(given), families=["responsive"], cards=1)
    assert "average" in {one.name for one in plan.held}
    assert all(one.profile.pattern == "constant" for one in plan.held)


@pytest.mark.parametrize("nothing", [{"cards": 0}, {"replicates": 0}, {"languages": []}, {"families": []}])
def test_nothing_to_hold_is_refused(nothing: dict[str, object]) -> None:
    with pytest.raises(Refused, match="at least one"):
        plan_validation(**nothing)  # type: ignore[arg-type]
