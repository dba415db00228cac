"""What holds of every decision, whatever the card, the behaviour, the luck and the supporter."""

from collections.abc import Callable
from dataclasses import dataclass

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hardseek.chat import Message
from hardseek.language import LANGUAGES, Language
from hardseek.seekers import Act, Move, Part, SeekerState, Trace
from hardseek.seekers.appraiser import by_rules, heard
from hardseek.seekers.course import intensities
from hardseek.seekers.decision import Decision, decide
from hardseek.seekers.disclosure import RAISED, THRESHOLDS
from hardseek.seekers.update import first_course

MakePart = Callable[..., Part]
unit = st.floats(0, 1)
profiles = st.fixed_dictionaries(
    {
        "low_engagement": unit,
        "resistance": unit,
        "resistance_form": st.sampled_from(["withdrawing", "arguing"]),
        "limited_disclosure": unit,
        "emotional_volatility": unit,
        "negative_interpretation": unit,
        "pattern": st.sampled_from(["constant", "from", "escalating", "easing", "fluctuating", "rupture"]),
        "start": st.integers(1, 9),
    }
)
states = st.builds(
    SeekerState,
    distress=st.floats(0, 10),
    trust=unit,
    openness=unit,
    engagement=unit,
    strain=unit,
    swing=st.floats(-2, 2),
    disclosed=st.sampled_from([(), ("flatmate",), ("flatmate", "kitchen", "dismissed")]),
)
HEARD: dict[Language, tuple[str, ...]] = {
    "en": (
        "",
        "What happened?",
        "You should move out. Try yoga.",
        "So she ignores you, and that hurts. How is it now?",
    ),
    "zh": ("", "怎么了？", "你应该搬出去，试试瑜伽。", "她不理你，你心里一定很难受，现在怎么样了？"),
}
acts: st.SearchStrategy[Act] = st.sampled_from(["open", "tell", "argue", "deflect", "thank", "minimal"])


@dataclass(frozen=True)
class Moment:
    """A place in a dialogue at which something is to be decided."""

    language: Language
    profile: dict[str, object]
    state: SeekerState
    act: Act
    heard: int
    turn: int
    replicate: int

    def part(self, make: MakePart, further: int = 0) -> Part:
        """Make the part that is played."""
        return make(self.language, replicate=self.replicate + further, **self.profile)


moments = st.builds(
    Moment,
    language=st.sampled_from(LANGUAGES),
    profile=profiles,
    state=states,
    act=acts,
    heard=st.integers(0, 3),
    turn=st.integers(1, 11),
    replicate=st.integers(0, 50),
)
often = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


def decided(part: Part, moment: Moment) -> Decision:
    """Decide after a turn of the supporter's, from the trace as a store gives it back."""
    talk = [Message("user", "…"), Message("assistant", HEARD[moment.language][moment.heard])]
    stored = msgspec.json.encode(Trace(state=moment.state, move=Move(moment.act)))
    return decide(part, msgspec.json.decode(stored, type=Trace), moment.turn, by_rules(part, talk), heard(talk))


@given(moment=moments)
@often
def test_no_more_is_told_than_openness_allows(part: MakePart, moment: Moment) -> None:
    played = moment.part(part)
    decision = decided(played, moment)
    limited = intensities(played.profile, moment.turn + 1, moment.state, played.luck).limited_disclosure
    depths = {fact.id: fact.depth for fact in played.card.facts}
    for fact in decision.move.facts:
        assert fact not in moment.state.disclosed
        assert decision.state.openness >= THRESHOLDS[depths[fact]] + RAISED[depths[fact]] * limited
    assert len(decision.move.facts) <= 2
    assert decision.move.act == "tell" or not decision.move.facts


@given(moment=moments)
@often
def test_a_decision_rests_on_what_it_is_given_and_on_nothing_else(part: MakePart, moment: Moment) -> None:
    first = decided(moment.part(part), moment)
    decided(moment.part(part, further=1), moment)
    assert decided(moment.part(part), moment) == first
    assert first.move.length >= 1
    assert (first.move.ending == "resolved") == (first.move.act == "close")
    assert first.move.ending != "withdrew" or first.move.act in {"withdraw", "thank"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_answer_is_no_help_and_no_harm(language: Language, part: MakePart) -> None:
    state = SeekerState(distress=6.0, trust=0.4, openness=0.4, engagement=0.6)
    after = decided(part(language), Moment(language, {}, state, "tell", heard=0, turn=1, replicate=0)).state
    assert after.distress - after.swing == pytest.approx(6.0)
    assert (after.trust, after.strain) == (0.4, 0.0)


def test_the_first_course_of_distress_is_the_cards_and_lucks_whatever_the_behaviour(part: MakePart) -> None:
    calm, stormy, at_risk = (
        first_course(part(**what)) for what in ({}, {"emotional_volatility": 1.0}, {"risk": "passive-thoughts"})
    )
    assert calm == stormy
    assert at_risk == pytest.approx(calm + 1.0)
