"""Several replies for one turn, each to the seeker's next move."""

import asyncio

import pytest

from hardseek.judging import IndicatorsSpec
from hardseek.judging.rating import Dimension
from hardseek.training.generating.candidates import Candidate
from hardseek.training.generating.generation import CandidateChoice
from hardseek.training.generating.trying import NothingToSay, Troupe, on_scale, tried
from training.generating.players import Length, Says, Told, plain, saying, state, troupe


def trying(of: Troupe, *said: str) -> list[Candidate]:
    return asyncio.run(tried(of, state(*(said or ("Hello, I moved.",)))))


def test_every_reply_is_answered_from_the_same_state_and_the_best_is_followed() -> None:
    found = trying(troupe(saying("ease by 1"), saying("ease by 3"), saying("ease by -2")))
    assert [each.value for each in found] == pytest.approx([0.1, 0.3, -0.2])
    assert [each.followed for each in found] == [False, True, False]
    assert [each.system for each in found] == ["s0", "s1", "s2"]
    distress = [each.trace.state.distress for each in found if each.trace is not None and each.trace.state is not None]
    assert distress == pytest.approx([7.0, 5.0, 10.0])


def test_luck_is_common_equal_effects_give_equal_moves() -> None:
    found = trying(troupe(saying("one way 2"), saying("another way 2")))
    assert found[0].answer == found[1].answer
    assert plain(found[0].trace) == plain(found[1].trace)


def test_each_draw_has_a_seed_of_its_own_the_same_for_every_system() -> None:
    found = trying(troupe(*(Says(lambda talk, _: str(talk.seed)) for _ in range(2)), each=4, filters=()))
    seeds = [each.text for each in found]
    assert len(set(seeds)) == 4
    assert seeds[:4] == seeds[4:]


@pytest.mark.parametrize(("follow", "place"), [("first", 0), ("best", 2)])
def test_which_one_is_followed(follow: str, place: int) -> None:
    found = trying(troupe(saying("a 1"), saying("b 1"), saying("c 2"), follow=follow))
    assert [each.followed for each in found].index(True) == place


def test_luck_follows_anyone_and_the_same_one_again() -> None:
    chosen = {
        next(each.place for each in trying(of, *said) if each.followed)
        for said in (("a",), ("a", "b", "c"), ("a", "b", "c", "d", "e"), ("a", "b", "c", "d", "e", "f", "g"))
        for of in [troupe(*(saying(f"{n} 1") for n in range(4)), follow="luck")] * 2
    }
    assert len(chosen) > 1
    of = troupe(*(saying(f"{n} 1") for n in range(4)), follow="luck")
    assert trying(of) == trying(of)


def test_replies_that_are_not_worth_an_answer_are_left_out_before_the_seeker_is_asked() -> None:
    seeker = Told()
    found = trying(
        troupe(saying("Good 1"), saying("good, 1!"), saying("你好吗"), saying("Before."), seeker=seeker),
        "Hi.", "Before.", "And now?",
    )  # fmt: skip
    assert [each.left_out for each in found] == [
        None, "the same as another one", "in another language", "says again an earlier turn"
    ]  # fmt: skip
    assert len(seeker.asked) == 1


def test_something_has_to_be_said_even_where_all_would_be_left_out() -> None:
    found = trying(troupe(saying("Before."), saying("Before.")), "Hi.", "Before.", "And now?")
    assert [each.left_out is None for each in found] == [True, False]
    assert found[0].followed


def test_one_without_an_answer_costs_the_others_nothing() -> None:
    found = trying(troupe(saying("fault"), saying("well 1"), saying("unspeakable 5")))
    assert [each.left_out for each in found] == [
        "no answer: timeout", None, "no next move of the seeker's: invalid-seeker"
    ]  # fmt: skip
    assert [each.followed for each in found] == [False, True, False]
    assert found[0].usage.tokens_in == 1
    assert found[2].answer_usage.tokens_in == 5


@pytest.mark.parametrize(("text", "speaker", "kind"), [
    ("fault", "supporter", "timeout"), ("unspeakable", "seeker", "invalid-seeker"),
])  # fmt: skip
def test_when_nobody_can_answer_it_is_told_who(text: str, speaker: str, kind: str) -> None:
    with pytest.raises(NothingToSay) as raised:
        trying(troupe(saying(text), saying(f"{text} again" if text != "fault" else text)))
    assert (raised.value.speaker, raised.value.fault.kind) == (speaker, kind)
    assert len(raised.value.candidates) == 2


def test_judges_see_the_talk_up_to_the_reply_and_decide() -> None:
    judge = Length()
    by_judges = CandidateChoice(each=1, by="judges", judges=(IndicatorsSpec(),))
    supporters = [saying("too long"), saying("short")]
    found = trying(Troupe(Told(), supporters, ["a", "b"], [judge], by_judges))
    assert [each.scores for each in found] == [{"length": pytest.approx(0.2)}, {"length": pytest.approx(0.5)}]
    assert [each.followed for each in found] == [False, True]
    assert [said.content for said in judge.seen[0].messages] == ["Hello, I moved.", "too long"]
    assert found[0].judging == {"judge m": (3, 1)}


def test_where_only_judges_can_tell_and_none_can_be_asked_nothing_is_followed() -> None:
    by_judges = CandidateChoice(each=1, by="judges", judges=(IndicatorsSpec(),))
    supporters = [saying("one way"), saying("another way")]
    with pytest.raises(NothingToSay) as raised:
        trying(Troupe(Told(), supporters, ["a", "b"], [Length(gone=True)], by_judges))
    assert (raised.value.speaker, raised.value.fault.kind) == (None, "unreachable")
    by_response = CandidateChoice(each=1, judges=(IndicatorsSpec(),))
    found = trying(Troupe(Told(), supporters, ["a", "b"], [Length(gone=True)], by_response))
    assert [each.scores for each in found] == [{}, {}]


@pytest.mark.parametrize(
    ("score", "better", "low", "high", "share"),
    [
        (4.0, "higher", 0.0, 4.0, 1.0), (1.0, "higher", 0.0, 4.0, 0.25), (1.0, "lower", 0.0, 4.0, 0.75),
        (2.0, "higher", 1.0, 5.0, 0.25), (1.0, "neither", 0.0, 1.0, None), (1.0, "higher", 0.0, None, None),
        (None, "higher", 0.0, 1.0, None),
    ],
)  # fmt: skip
def test_scores_are_put_on_one_scale(
    score: float | None, better: str, low: float | None, high: float | None, share: float | None
) -> None:
    dimension = Dimension("d", {}, {}, better, low, high)  # type: ignore[arg-type]
    assert on_scale(score, dimension) == share
