"""What validity counts, on dialogues written for it."""

import pytest

from hardseek.cards import packaged_cards
from hardseek.chat import Message
from hardseek.dialogues import Turn
from hardseek.seekers import Act, Move, SeekerState, Trace
from hardseek.validity.controllable import Dose, effect, largest_other, response
from hardseek.validity.diverse import distinct_2, said_elsewhere
from hardseek.validity.integrity import integrity
from hardseek.validity.manners import SHARES, quartile
from hardseek.validity.markers import MARKERS, argues, shows, shuts_down
from hardseek.validity.property import figure
from hardseek.validity.realistic import again, argued_length, argued_negation, turned_down
from hardseek.validity.reference import reference
from hardseek.validity.repeatable import repeatable
from hardseek.validity.responsive import good_against_poor, share_of_system
from hardseek.validity.talks import Talk

CARDS = packaged_cards("en")


def said(text: str, distress: float, act: Act = "tell", reworded: tuple[str, ...] = ()) -> Turn:
    state = SeekerState(distress=distress, trust=0.5, openness=0.5, engagement=0.5)
    return Turn("seeker", text, Trace(state, None, Move(act), reworded=reworded))


def talk(system: str, *turns: Turn, card: int = 0, fault: str | None = None) -> Talk:
    return Talk(CARDS[card], system, 0, turns, fault)


def relieved(system: str, by: float, card: int = 0) -> Talk:
    return talk(system, said("so it goes on", 5.0), said("and on", 5.0 - by), card=card)


def test_a_figure_is_held_against_its_aim() -> None:
    assert figure("x", "en", 0.9, aim=("at least", 0.9, None)).holds is True
    assert figure("x", "en", 0.36, aim=("at most", 0.35, None)).holds is False
    within = figure("x", "en", 3.0, aim=("within", 1.0, 2.0))
    assert (within.holds, within.aim) == (False, "1 to 2")
    assert figure("x", "en", None, aim=("at least", 0.9, None)).holds is None


def test_good_help_against_poor() -> None:
    held = [relieved("balanced-helper", 2), relieved("cheerleader", -1), relieved("interrogator", 2)]
    assert good_against_poor(held) == pytest.approx(0.75)
    assert share_of_system([relieved("balanced-helper", 1), relieved("cheerleader", -1)]) == 1.0


PUSH = Turn("supporter", "Don't worry, it's not a big deal. Others have it worse.")
ADVICE = Turn("supporter", "You should talk to a friend. Try to rest.")


def test_the_markers_of_a_dialogue() -> None:
    one = talk(
        "cheerleader", said("so it goes", 5), PUSH, said("let's not", 8), PUSH, said("ok", 8), ADVICE,
        said("yes but that only works if they meet me halfway", 8), ADVICE, said("you're just being nice to me", 8),
    )  # fmt: skip
    assert MARKERS["low_engagement"](one) == pytest.approx(1 / 4)  # "let's not" turns something away
    assert MARKERS["withdrawing"](one) == pytest.approx(1 / 3)  # the same advice again pushes too
    assert MARKERS["arguing"](one) == pytest.approx(1 / 4)  # of the answers to any pressure
    assert MARKERS["limited_disclosure"](one) == 1.0
    assert MARKERS["emotional_volatility"](one) == 0.0  # the course moved, and no swing
    assert MARKERS["negative_interpretation"](one) == pytest.approx(1 / 4)


def test_nobody_shuts_down_who_was_not_pushed_and_leaving_is_not_counted() -> None:
    calm = talk("cheerleader", said("so it goes", 5), Turn("supporter", "How was that for you?"), said("let's not", 5))
    assert MARKERS["withdrawing"](calm) is None
    move = Move("withdraw", ending="withdrew")
    gone = Turn("seeker", "ok", Trace(SeekerState(distress=5, trust=0, openness=0, engagement=0), None, move))
    assert MARKERS["low_engagement"](talk("cheerleader", said("so it goes", 5), PUSH, gone)) is None


def test_shutting_down_is_short_and_arguing_is_long() -> None:
    assert shuts_down("no, drop it", "en")
    assert shuts_down("别问了", "zh")
    assert not shuts_down("ok", "en")
    assert not shuts_down("没什么特别的", "zh")
    assert argues("yeah but that only works if other people meet you halfway", "en")
    assert argues("道理我都懂，可是真轮到自己身上一步都迈不动", "zh")
    assert not argues("yes but how?", "en")


def test_patterns_know_both_languages_and_either_apostrophe() -> None:
    assert shows("doubting", "you’re just saying that", "en")
    assert shows("doubting", "你这就是套话", "zh")
    assert not shows("doubting", "我今天上班了", "zh")


def test_dose_and_response() -> None:
    def dose(at: float, own: float, other: float) -> Dose:
        return Dose("a", at, {"withdrawing": own, "low_engagement": other, "arguing": None, "limited_disclosure": None,
                              "emotional_volatility": None, "negative_interpretation": None})  # fmt: skip

    doses = [dose(0.0, 0, 0), dose(0.0, 2, 2), dose(0.5, 1, 1), dose(1.0, 2, 0), dose(1.0, 4, 2)]
    # Means 1, 1, 3 over three intensities: ranks 1.5, 1.5, 3 against 1, 2, 3.
    assert response(doses, "withdrawing") == pytest.approx(0.75**0.5)
    assert effect(doses, "withdrawing") == pytest.approx(2**0.5)
    assert largest_other(doses, "withdrawing") == pytest.approx(0.0)


def test_how_people_write() -> None:
    dialogue = (
        "en",
        (Message("user", "i lost my job"), Message("assistant", "You should talk to a friend."), Message("user", "no"),
         Message("assistant", "I see."), Message("user", "ok thanks, can we talk tomorrow?")),
    )  # fmt: skip
    counted = {name: count([dialogue]) for name, count in SHARES.items()}  # type: ignore[list-item]
    assert counted == {
        "brief": pytest.approx(1 / 3), "questions": pytest.approx(1 / 3), "thanks": pytest.approx(1 / 3),
        "brief_after_advice": 1.0, "last_turn_thanks": 1.0,
    }  # fmt: skip
    assert quartile(0.5)([dialogue]) == 4.0  # type: ignore[list-item]
    assert quartile(0.5)([("zh", (Message("user", "我今天很累了吧好"),))]) == 5.0


def test_resistance_that_stays() -> None:
    acts: list[Act] = ["reject", "argue", "tell", "argue"]
    one = talk("cheerleader", *(said("no i can't do it", 5, act) for act in acts))
    assert again([one]) == pytest.approx(0.5)
    assert argued_length([one]) == 5
    assert argued_negation([one]) == 1.0
    assert again([]) is None


def test_advice_that_is_turned_down() -> None:
    advice = Turn("supporter", "You should talk to a friend.")
    one = talk("early-adviser", said("hi", 5, "open"), advice, said("no", 5, "reject"), advice, said("ok", 5, "accept"))
    assert turned_down([one]) == pytest.approx(0.5)
    assert turned_down([talk("cheerleader", said("hi", 5, "reject"))]) is None


def test_the_same_cards_are_hard_again() -> None:
    first = [relieved("cheerleader", by, card) for card, by in enumerate([1, 2, 3])]
    second = [relieved("cheerleader", by, card) for card, by in enumerate([2, 4, 6])]
    found = {made.name: made.value for made in repeatable(first, second, "en", "average")}
    assert found["repeatable/relief"] == pytest.approx(1.0)
    assert found["repeatable/repeats-for-0.8-relief"] == pytest.approx(0.0)
    assert found["repeatable/turns"] is None  # all as long


def test_diversity() -> None:
    assert distinct_2(["a b a b"]) == pytest.approx(2 / 3)
    assert distinct_2(["a b", "a b"], size=2) == 1.0
    assert distinct_2([]) is None
    assert said_elsewhere([["i am so tired today", "short"], ["i am so tired today. it never stops for me"]], 5) == (
        pytest.approx(2 / 3)
    )


def test_integrity_counts_rewording_and_faults() -> None:
    held = [talk("cheerleader", said("a", 5, reworded=("list",)), said("b", 5)), talk("cheerleader", fault="timeout")]
    found = {made.name: made.value for made in integrity({"average": held}, "en")}
    assert found == {
        "integrity/turns-reworded": 0.5, "integrity/dialogues-invalid": 0.5, "integrity/invalid-timeout": 0.5,
    }  # fmt: skip


def test_figures_of_people_are_there() -> None:
    assert reference().people["ordinary"].length == (8, 16, 26)
    assert reference().resistance.again_poor == 0.49
