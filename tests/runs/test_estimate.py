"""What a run would take, and what it has taken."""

import pytest

from hardseek.chat import Price, Usage
from hardseek.dialogues import Close, Turn
from hardseek.runs import Estimate, Tally, estimate
from hardseek.runs.tally import cost
from hardseek.seekers import Condition
from hardseek.seekers.spec import ChatSeeker, EmotionPlannerSeeker, EscEvalSeeker
from hardseek.supporters.spec import BuiltinSystem, ChatSystem, HookSystem
from runs.run_cast import plan

MODEL = {"base_url": "http://localhost:1/v1", "model": "m"}
SYSTEM = ChatSystem.model_validate({"kind": "chat", "name": "chat", **MODEL, "price": {"input": 2.0, "output": 10.0}})
HOOK = HookSystem(kind="http", name="hook", url="http://localhost:2")
BUILTIN = BuiltinSystem(kind="builtin", name="cheerleader", control="cheerleader")
SEEKER = ChatSeeker.model_validate({"kind": "chat", **MODEL, "appraisal": "offline"})
PRICED = {**MODEL, "price": {"input": 1.0, "output": 1.0}}


def test_an_estimate_by_hand() -> None:
    # Five cards, two conditions, three systems: 10 dialogues a system, of 3 exchanges.
    found = estimate(plan(cards=5, systems=[SYSTEM, HOOK, BUILTIN], seeker=SEEKER, exchanges=3))
    # Before its n-th reply a system has heard n - 1 exchanges of 30 + 110 tokens, the last 30, and a prompt of 60.
    heard = 10 * ((90) + (140 + 90) + (280 + 90))
    said = 10 * 3 * 110
    assert found[0] == Estimate("chat", 30, heard, said, (2 * heard + 10 * said) / 1e6)
    assert found[1] == Estimate("hook", 30, None, None, None)
    # Before its n-th turn a seeker has heard n - 1 exchanges and instructions of 900; no price, no cost.
    assert found[2] == Estimate("the seeker", 90, 30 * (900 + 1040 + 1180), 30 * 3 * 30, None)
    assert len(found) == 3, "what is built in takes nothing"


def test_every_seeker_that_is_a_model_is_counted() -> None:
    seeker = EscEvalSeeker.model_validate({"kind": "esc-eval", **MODEL, "price": {"input": 1.0, "output": 1.0}})
    [found] = estimate(plan(cards=1, systems=[BUILTIN], conditions=[Condition(name="a")], seeker=seeker, exchanges=2))
    assert (found.speaker, found.calls) == ("the seeker", 2)
    assert found.cost is not None


def estimated(**seeker: object) -> list[Estimate]:
    """Ten dialogues of three exchanges with a system that is built in."""
    kind = EmotionPlannerSeeker if seeker.get("kind") == "emotion-planner" else ChatSeeker
    return estimate(
        plan(cards=5, systems=[BUILTIN], seeker=kind.model_validate({"kind": "chat", **PRICED, **seeker}), exchanges=3)
    )


def test_an_appraisal_by_a_model_is_a_call_for_each_turn_but_the_first() -> None:
    words, appraiser = estimated(appraiser={**MODEL, "price": {"input": 10.0, "output": 0.0}})
    assert (words.speaker, words.calls) == ("the seeker", 30)
    # Each has the instructions; the second has heard one exchange of 140 tokens, the third two.
    heard = 20 * 1100 + 10 * (140 + 280)
    assert appraiser == Estimate("its appraiser", 20, heard, 20 * 90, 10 * heard / 1e6)


def test_one_call_that_does_both_may_take_another_one_for_the_words() -> None:
    [found] = estimated(appraisal="together")
    assert (found.speaker, found.calls) == ("the seeker", 30 + 20)
    words = 30 * 900 + 10 * (140 + 280)
    both = 20 * (900 + 1100) + 10 * (140 + 280)
    assert (found.tokens_in, found.tokens_out) == (words + both, 30 * 30 + 20 * (90 + 30))


def test_a_planner_is_asked_before_every_turn() -> None:
    words, planner = estimated(kind="emotion-planner")
    assert (words.calls, planner.speaker, planner.calls, planner.tokens_out) == (30, "its planner", 30, 30 * 130)


def test_offline_there_is_nothing_to_estimate() -> None:
    assert estimate(plan(systems=[BUILTIN])) == []


@pytest.mark.parametrize(
    ("tokens_in", "tokens_out", "wanted"), [(1_000_000, 500_000, 7.0), (None, 500_000, 5.0), (None, None, 0.0)]
)
def test_tokens_are_priced_by_the_million(tokens_in: int | None, tokens_out: int | None, wanted: float) -> None:
    assert cost(Price(input=2, output=10), tokens_in, tokens_out) == pytest.approx(wanted)


def test_the_tally_counts_turns_dialogues_and_money_by_speaker() -> None:
    tally = Tally(10, seeker_price=Price(input=1, output=1), system_prices=[None, Price(input=10, output=100)])
    tally.add_turn(0, Turn("supporter", "a", None, Usage(tokens_in=10**6, tokens_out=10**6)))  # has no price
    assert tally.cost == 0
    tally.add_turn(0, Turn("seeker", "a", None, Usage(tokens_in=10**6, tokens_out=10**6)))
    assert tally.cost == pytest.approx(2)
    tally.add_turn(1, Turn("supporter", "a", None, Usage(tokens_in=10**6, tokens_out=10**6)))
    assert tally.cost == pytest.approx(112)
    tally.add_dialogue(0, Close("limit"))
    tally.add_dialogue(0, Close("failed"))
    tally.add_dialogue(1, Close("failed", None, "supporter", Usage(tokens_in=10**6)))
    assert tally.cost == pytest.approx(122), "what was paid in vain was paid"
    tally.found_finished = 3
    assert (tally.turns, tally.dialogues, tally.failed, tally.done) == (3, 3, 2, 6)


def test_the_time_left_is_that_of_what_is_not_done_at_the_rate_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    tally = Tally(10, [], began=100.0)
    monkeypatch.setattr("time.monotonic", lambda: 104.0)
    assert tally.seconds_left is None
    tally.found_finished = 4
    tally.add_dialogue(0, Close("limit"))
    tally.add_dialogue(0, Close("limit"))
    assert tally.rate == pytest.approx(0.5)
    assert tally.seconds_left == pytest.approx(8)


def test_whether_there_is_a_price() -> None:
    price = Price(input=1, output=1)
    assert [Tally(1, *prices).priced for prices in (([None], None), ([None], price), ([None, price], None))] == [
        False,
        True,
        True,
    ]
