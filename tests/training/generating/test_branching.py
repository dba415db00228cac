"""A dialogue in which replies are tried at every turn."""

import asyncio
from collections.abc import Sequence

import pytest

from hardseek.dialogues import Close, Paused, Turn
from hardseek.seekers import Utterance
from hardseek.training.generating.branching import hold_branching
from hardseek.training.generating.candidates import Candidate
from hardseek.training.generating.trying import Troupe
from training.generating.players import Says, Told, part, plain, saying, troupe


class Book:
    """What was kept of a dialogue; it can be closed after a number of turns."""

    def __init__(self, until: int = 1000) -> None:
        self.turns: list[Turn] = []
        self.tried: dict[int, Sequence[Candidate]] = {}
        self.until = until

    def hold(self, of: Troupe, *, exchanges: int = 3, answer: Utterance | None = None, greeting: str | None = None
             ) -> Close:  # fmt: skip
        return asyncio.run(
            hold_branching(
                of, part(exchanges), "session", said=list(self.turns), answer=answer, greeting=greeting,
                keep=self.turns.append, keep_candidates=self.tried.__setitem__,
                pause=lambda: len(self.turns) >= self.until,
            )
        )  # fmt: skip


def test_the_dialogue_goes_on_with_the_best_and_with_the_move_that_was_drawn_after_it() -> None:
    book, seeker = Book(), Told()
    close = book.hold(troupe(saying("a 1", "b 2", "c 3"), saying("x 3", "y 1", "z 2"), seeker=seeker))
    assert close.ending == "limit"
    assert [turn.text for turn in book.turns if turn.speaker == "supporter"] == ["x 3", "b 2", "c 3"]
    assert sorted(book.tried) == [1, 3, 5]
    for place, candidates in book.tried.items():
        (chosen,) = [each for each in candidates if each.followed]
        if place + 1 < len(book.turns):
            assert book.turns[place + 1].text == chosen.answer
    assert len(seeker.asked) == 1 + 6, "the opening, and one move after each of six replies; none is drawn twice"


def test_who_leaves_is_answered_once_and_nothing_is_tried() -> None:
    book = Book()
    close = book.hold(troupe(saying("please leave", "goodbye"), saying("please leave now", "farewell")))
    assert close.ending == "withdrew"
    assert [turn.speaker for turn in book.turns] == ["seeker", "supporter", "seeker", "supporter"]
    assert book.turns[-1].text == "goodbye"
    assert [len(book.tried[place]) for place in (1, 3)] == [2, 1]
    assert book.tried[3][0].answer is None


def test_a_protocol_may_have_the_supporter_greet() -> None:
    book = Book()
    book.hold(troupe(saying("a 1")), exchanges=1, greeting="Welcome.")
    assert [turn.speaker for turn in book.turns] == ["supporter", "seeker", "supporter"]
    assert sorted(book.tried) == [2]


@pytest.mark.parametrize("until", range(1, 7))
def test_a_dialogue_that_was_broken_off_ends_as_an_unbroken_one(until: int) -> None:
    def of() -> Troupe:
        return troupe(*(Says(lambda _, said, n=n: f"{n} {(len(said) + n) % 4}") for n in range(3)))  # type: ignore[misc]

    whole, broken = Book(), Book(until)
    whole.hold(of(), exchanges=4)
    with pytest.raises(Paused):
        broken.hold(of(), exchanges=4)
    broken.until = 1000
    answer = None
    if broken.turns[-1].speaker == "supporter":
        chosen = next(each for each in broken.tried[len(broken.turns) - 1] if each.followed)
        assert chosen.answer is not None
        assert chosen.trace is not None
        answer = Utterance(chosen.answer, chosen.trace, chosen.answer_usage)
    broken.hold(of(), exchanges=4, answer=answer)
    assert plain(broken.turns) == plain(whole.turns)
    assert plain(broken.tried) == plain(whole.tried)


def test_a_fault_ends_the_dialogue_with_who_failed_and_what_was_paid() -> None:
    book = Book()
    close = book.hold(troupe(saying("a 1", "unspeakable"), saying("b 1", "unspeakable too")))
    assert (close.ending, close.failed, close.lost.tokens_in) == ("failed", "seeker", 10)
    assert close.fault is not None
    assert close.fault.kind == "invalid-seeker"
    assert [turn.speaker for turn in book.turns] == ["seeker", "supporter", "seeker"]
    close = Book().hold(troupe(saying("fault")))
    assert (close.failed, close.lost.tokens_in) == ("supporter", 1)
