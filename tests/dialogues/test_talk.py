"""Holding one dialogue: how it begins, goes on, ends, stops and is taken up again."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardseek.cards import Fact, RoleCard
from hardseek.chat import FaultError, Message, Usage
from hardseek.dialogues import Casting, Close, Paused, Turn, hold
from hardseek.luck import Luck
from hardseek.seekers import BehaviourProfile, Move, Part, SeekerState, Trace, Utterance
from hardseek.supporters import Reply, Talk

Leaving = Literal["resolved", "withdrew"]


def told(transcript: Sequence[Message]) -> str:
    """A digest of all that was said: whoever is given another transcript says something else."""
    return blake2b(repr(transcript).encode(), digest_size=4).hexdigest()


@dataclass
class PlayedSeeker:
    """Says what depends on all it is given; leaves, or fails, at a turn of its own (counted from 0)."""

    leaves_at: int | None = None
    leaving: Leaving = "resolved"
    fails_at: int | None = None
    heard: list[list[Message]] = field(default_factory=list)

    async def speak(self, part: Part, transcript: Sequence[Message], last: Trace | None) -> Utterance:
        self.heard.append(list(transcript))
        turn = sum(message.role == "user" for message in transcript)
        if turn == self.fails_at:
            raise FaultError("invalid-seeker", "no wording kept to the move", Usage(tokens_in=9))
        before = last.state.distress if last is not None and last.state is not None else 5.0
        distress = before + part.luck.unit(turn, "mood") - 0.5
        state = SeekerState(distress=distress, trust=0.5, openness=0.5, engagement=0.5)
        move = Move("tell", ending=self.leaving if turn == self.leaves_at else None)
        return Utterance(
            f"{turn} {distress!r} {told(transcript)}", Trace(state=state, move=move), Usage(tokens_in=turn)
        )

    async def close(self) -> None:
        return None


@dataclass
class PlayedSupporter:
    """Says what depends on all it is given; fails at a reply of its own (counted from 0)."""

    fails_at: int | None = None
    talks: list[Talk] = field(default_factory=list)
    remembers: bool = False

    async def reply(self, talk: Talk, transcript: Sequence[Message]) -> Reply:
        if len(self.talks) == self.fails_at:
            raise FaultError("timeout", "no answer in 120 s")
        self.talks.append(talk)
        return Reply(f"{talk.seed} {talk.language} {told(transcript)}", Usage(tokens_out=len(transcript)))

    async def close(self) -> None:
        return None


CARD = RoleCard(
    id="someone", language="zh", summary="有人换了城市。", facts=(Fact(id="move", depth="surface", text="我搬家了。"),)
)


def casting(
    seeker: PlayedSeeker, supporter: PlayedSupporter, *, exchanges: int, greeting: str | None = None, session: str = "s"
) -> Casting:
    luck = Luck.of(seed=1, card=CARD.id, condition="average", replicate=0)
    return Casting(Part(CARD, BehaviourProfile(), luck, exchanges), seeker, supporter, session, greeting)


def held(cast: Casting, said: Sequence[Turn] = (), *, most: int | None = None) -> tuple[Close | None, list[Turn]]:
    """Hold a dialogue; returns its close (None: paused) and its new turns. `most` asks it to pause after so many."""
    turns: list[Turn] = []
    try:
        close = asyncio.run(hold(cast, said=said, keep=turns.append, pause=lambda: len(turns) == most))
    except Paused:
        return None, turns
    return close, turns


@pytest.mark.parametrize("exchanges", [1, 2, 7])
def test_a_dialogue_ends_when_all_exchanges_are_used(exchanges: int) -> None:
    close, turns = held(casting(PlayedSeeker(), PlayedSupporter(), exchanges=exchanges))
    assert close == Close("limit")
    assert [turn.speaker for turn in turns] == ["seeker", "supporter"] * exchanges


@given(
    exchanges=st.integers(1, 6),
    leaves_at=st.integers(0, 7),
    leaving=st.sampled_from(("resolved", "withdrew")),
    greeting=st.sampled_from((None, "hello")),
)
def test_who_leaves_is_answered_once_and_then_it_ends(
    exchanges: int, leaves_at: int, leaving: Leaving, greeting: str | None
) -> None:
    cast = casting(PlayedSeeker(leaves_at, leaving), PlayedSupporter(), exchanges=exchanges, greeting=greeting)
    close, turns = held(cast)
    # Leaving in the very last exchange is leaving, not the limit.
    left = leaves_at < exchanges
    assert close == Close(leaving if left else "limit")
    assert len(turns) == 2 * (leaves_at + 1 if left else exchanges) + (greeting is not None)
    assert turns[-1].speaker == "supporter"


def test_the_greeting_is_the_supporters_first_turn_and_no_exchange() -> None:
    seeker, supporter = PlayedSeeker(), PlayedSupporter()
    _, turns = held(casting(seeker, supporter, exchanges=2, greeting="What brings you here?"))
    assert turns[0] == Turn("supporter", "What brings you here?")
    assert [turn.speaker for turn in turns[1:]] == ["seeker", "supporter"] * 2
    assert seeker.heard[0] == [Message("assistant", "What brings you here?")]
    assert len(supporter.talks) == 2


@given(
    exchanges=st.integers(1, 5),
    leaves_at=st.none() | st.integers(0, 5),
    greeting=st.sampled_from((None, "hello")),
    share=st.floats(0, 1),
)
def test_from_any_beginning_it_goes_on_to_the_same_end(
    exchanges: int, leaves_at: int | None, greeting: str | None, share: float
) -> None:
    whole = casting(PlayedSeeker(leaves_at), PlayedSupporter(), exchanges=exchanges, greeting=greeting)
    close, turns = held(whole)
    stands = turns[: round(share * len(turns))]
    again = casting(PlayedSeeker(leaves_at), PlayedSupporter(), exchanges=exchanges, greeting=greeting)
    assert held(again, stands) == (close, turns[len(stands) :])


@given(most=st.integers(0, 8))
def test_it_stops_between_two_turns_and_goes_on_from_there(most: int) -> None:
    whole = held(casting(PlayedSeeker(), PlayedSupporter(), exchanges=4))
    close, turns = held(casting(PlayedSeeker(), PlayedSupporter(), exchanges=4), most=most)
    assert turns == whole[1][:most]
    assert close == (None if most < 8 else Close("limit")), "a dialogue with all its turns is over, not paused"
    assert held(casting(PlayedSeeker(), PlayedSupporter(), exchanges=4), turns)[1] == whole[1][most:]


@given(fails_at=st.integers(0, 3))
def test_a_seekers_fault_ends_it_before_that_turn(fails_at: int) -> None:
    whole = held(casting(PlayedSeeker(), PlayedSupporter(), exchanges=4))[1]
    close, turns = held(casting(PlayedSeeker(fails_at=fails_at), PlayedSupporter(), exchanges=4))
    assert close is not None
    assert close.ending == "failed"
    assert close.fault is not None
    assert (close.fault.kind, close.fault.detail) == ("invalid-seeker", "no wording kept to the move")
    assert (close.failed, close.lost) == ("seeker", Usage(tokens_in=9))
    assert turns == whole[: 2 * fails_at]


@given(fails_at=st.integers(0, 3))
def test_a_supporters_fault_ends_it_with_the_seekers_words_unanswered(fails_at: int) -> None:
    whole = held(casting(PlayedSeeker(), PlayedSupporter(), exchanges=4))[1]
    close, turns = held(casting(PlayedSeeker(), PlayedSupporter(fails_at), exchanges=4))
    assert close is not None
    assert close.ending == "failed"
    assert close.fault is not None
    assert close.fault.kind == "timeout"
    assert (close.failed, close.lost) == ("supporter", Usage())
    assert turns == whole[: 2 * fails_at + 1]
    # The next attempt asks for nothing that is there already.
    assert held(casting(PlayedSeeker(), PlayedSupporter(), exchanges=4), turns) == (Close("limit"), whole[len(turns) :])


class MovelessSeeker(PlayedSeeker):
    """Leaves with its second turn, by a protocol that has no moves."""

    async def speak(self, part: Part, transcript: Sequence[Message], last: Trace | None) -> Utterance:
        return Utterance("bye", Trace(leaving="withdrew" if last is not None else None))


def test_a_seeker_without_moves_leaves_too() -> None:
    close, turns = held(casting(MovelessSeeker(), PlayedSupporter(), exchanges=4))
    assert close == Close("withdrew")
    assert [turn.speaker for turn in turns] == ["seeker", "supporter"] * 2


def test_a_fault_while_the_seeker_leaves_is_a_fault() -> None:
    close, turns = held(casting(PlayedSeeker(leaves_at=1), PlayedSupporter(fails_at=1), exchanges=4))
    assert close is not None
    assert close.ending == "failed"
    assert [turn.speaker for turn in turns] == ["seeker", "supporter", "seeker"]


def test_each_turn_keeps_what_stands_behind_it() -> None:
    _, turns = held(casting(PlayedSeeker(), PlayedSupporter(), exchanges=2))
    assert [turn.usage for turn in turns] == [
        Usage(tokens_in=0),
        Usage(tokens_out=1),
        Usage(tokens_in=1),
        Usage(tokens_out=3),
    ]
    assert [turn.trace is None for turn in turns] == [False, True, False, True]


def test_every_system_samples_with_the_same_seed_at_the_same_turn() -> None:
    one, other = PlayedSupporter(), PlayedSupporter()
    held(casting(PlayedSeeker(), one, exchanges=5, session="one"))
    held(casting(PlayedSeeker(), other, exchanges=5, session="other"))
    seeds = [talk.seed for talk in one.talks]
    assert seeds == [talk.seed for talk in other.talks]
    assert len(set(seeds)) == 5
    assert all(0 <= seed < 2**31 for seed in seeds)
    assert {(talk.session, talk.language) for talk in other.talks} == {("other", "zh")}


def test_what_is_no_fault_is_left_to_the_caller() -> None:
    class Broken(PlayedSupporter):
        async def reply(self, talk: Talk, transcript: Sequence[Message]) -> Reply:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        held(casting(PlayedSeeker(), Broken(), exchanges=1))
