"""How a supporter's turn changes the seeker."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardseek.cards import packaged_cards
from hardseek.luck import Luck
from hardseek.seekers import Appraisal, BehaviourProfile, Part, SeekerState
from hardseek.seekers.course import Intensities, intensities
from hardseek.seekers.person import Person, person_of
from hardseek.seekers.update import begin, felt, update

LUCK = Luck.of(seed=1, card="c", condition="x", replicate=0)
PART = Part(packaged_cards("en")[0], BehaviourProfile(), LUCK, 8)
PERSON = person_of(PART.card)
USUAL = Person(distress=6.0, trust=0.4, takes_help=1.0, takes_harm=1.0, tires_at=0.3, talk=0.0)
GOOD = Appraisal(understanding=0.8, validation=0.7, open_question=0.6)
POOR = {
    "early advice": Appraisal(advice=0.9, early_advice=0.9),
    "template": Appraisal(template=0.9),
    "repetition": Appraisal(repetition=1.0),
    "minimising": Appraisal(minimising=0.8),
    "interrogation": Appraisal(interrogation=0.9),
}
MIDDLE = SeekerState(distress=6.0, trust=0.5, openness=0.45, engagement=0.6)
unit = st.floats(0, 1)


def now(**profile: float) -> Intensities:
    return intensities(BehaviourProfile.model_validate(profile), 1, None, LUCK)


def after(appraisal: Appraisal, state: SeekerState = MIDDLE, **profile: float) -> SeekerState:
    return update(state, appraisal, now(**profile), PART, 3)


def course(state: SeekerState) -> float:
    return state.distress - state.swing


def test_good_support_relieves_and_builds_trust() -> None:
    helped = after(GOOD)
    assert course(helped) < course(MIDDLE)
    assert helped.trust > MIDDLE.trust
    assert helped.openness > MIDDLE.openness
    assert helped.engagement > MIDDLE.engagement
    assert helped.strain == 0


@pytest.mark.parametrize("mistake", POOR)
def test_each_mistake_hurts(mistake: str) -> None:
    hurt = after(POOR[mistake])
    assert course(hurt) > course(MIDDLE)
    assert hurt.trust < MIDDLE.trust
    assert hurt.strain > 0


def test_the_equations_give_what_is_worked_out_by_hand() -> None:
    # help = 0.55 * 0.8 + 0.25 * 0.7 + 0.15 * 0.6 = 0.705 for the usual person
    assert felt(GOOD, now(), USUAL)[0] == pytest.approx(0.705)
    felt_here = 0.705 * PERSON.takes_help
    helped = after(GOOD)
    trust = 0.5 + 0.3 * felt_here * 0.5
    assert helped.trust == pytest.approx(trust)
    assert course(helped) == pytest.approx(6 - 1.6 * felt_here * (0.55 + 0.45 * trust) * 0.6)


def test_what_a_mistake_does_is_worked_out_by_hand() -> None:
    # harm = 0.60 * 0.8 = 0.48 for the usual person
    minimised = Appraisal(minimising=0.8)
    assert felt(minimised, now(), USUAL)[1] == pytest.approx(0.48)
    harm = 0.48 * PERSON.takes_harm
    hurt = after(minimised)
    strain, trust = 0.70 * harm, 0.5 - 0.30 * harm * 0.5
    assert hurt.strain == pytest.approx(strain)
    assert hurt.trust == pytest.approx(trust)
    assert hurt.openness == pytest.approx(0.45 + 0.40 * (trust - 0.40 * strain - 0.45))
    assert hurt.engagement == pytest.approx(0.6 + 0.30 * (0.45 + 0.55 * trust - 0.50 * strain - 0.6))
    assert course(hurt) == pytest.approx(6 + 0.55 * harm)


def test_validation_first_mends_what_advice_does_not() -> None:
    strained = SeekerState(distress=7.0, trust=0.3, openness=0.2, engagement=0.5, strain=0.8)
    assert after(GOOD, strained).strain < after(POOR["early advice"], strained).strain
    assert after(GOOD, strained).strain < after(Appraisal(), strained).strain < 0.8


def test_behaviours_change_what_is_felt() -> None:
    good = {name: felt(GOOD, now(**{name: 0.9}), USUAL)[0] for name in ("low_engagement", "negative_interpretation")}
    assert all(value < felt(GOOD, now(), USUAL)[0] for value in good.values())
    directive = POOR["early advice"]
    assert felt(directive, now(resistance=0.9), USUAL)[1] > felt(directive, now(), USUAL)[1]
    assert felt(POOR["template"], now(negative_interpretation=0.9), USUAL)[1] > felt(POOR["template"], now(), USUAL)[1]


def test_a_hard_seeker_still_answers_to_good_help_slowly() -> None:
    hard = dict.fromkeys(("low_engagement", "resistance", "limited_disclosure", "negative_interpretation"), 0.8)
    relief_hard = course(MIDDLE) - course(after(GOOD, MIDDLE, **hard))
    relief = course(MIDDLE) - course(after(GOOD))
    assert 0 < relief_hard < 0.6 * relief


def test_volatility_swings_around_the_course_and_leaves_it_alone() -> None:
    def swings(volatility: float) -> list[float]:
        state, found = MIDDLE, []
        for turn in range(200):
            state = update(state, Appraisal(), now(emotional_volatility=volatility), PART, turn)
            found.append(abs(state.swing))
        assert course(state) == pytest.approx(6.0)
        return found

    assert sum(swings(0.9)) > 3 * sum(swings(0.0))


def test_the_same_turn_gives_the_same_state() -> None:
    assert after(GOOD, emotional_volatility=0.8) == after(GOOD, emotional_volatility=0.8)


def test_a_seeker_begins_by_card_and_behaviour(part: Callable[..., Part]) -> None:
    def start(**what: object) -> SeekerState:
        played = part(**what)
        return begin(played, intensities(played.profile, 1, None, played.luck))

    assert start(risk="passive-thoughts").distress > start().distress
    assert start(low_engagement=0.9).engagement < start().engagement
    assert start(limited_disclosure=0.9).openness < start().openness
    assert start(resistance=0.9).trust < start().trust


@given(
    points=st.floats(0, 10),
    before=st.lists(unit, min_size=4, max_size=4),
    values=st.lists(unit, min_size=13, max_size=13),
    profile=st.lists(unit, min_size=5, max_size=5),
    turn=st.integers(0, 30),
)
@settings(max_examples=200)
def test_the_state_stays_within_its_ranges(
    points: float, before: list[float], values: list[float], profile: list[float], turn: int
) -> None:
    resistance, *others = profile
    strengths = Intensities(others[0], resistance, "arguing", *others[1:])
    state = update(
        SeekerState(points, before[0], before[1], before[2], before[3]), Appraisal(*values), strengths, PART, turn
    )
    assert 0 <= state.distress <= 10
    assert all(0 <= value <= 1 for value in (state.trust, state.openness, state.engagement, state.strain))


@given(first=unit, second=unit)
@settings(max_examples=100)
def test_more_understanding_never_helps_less(first: float, second: float) -> None:
    less, more = sorted((first, second))
    assert course(after(Appraisal(understanding=more))) <= course(after(Appraisal(understanding=less))) + 1e-9
    assert after(Appraisal(understanding=more)).trust >= after(Appraisal(understanding=less)).trust - 1e-9
