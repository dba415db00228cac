"""Seekers, supporters and judges of whom every number is known."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from hardseek.cards import Fact, RoleCard
from hardseek.chat import FaultError, Message, Usage
from hardseek.dialogues import Transcript
from hardseek.judging.rating import Dimension, Judgement, Rating, Settings
from hardseek.luck import Luck
from hardseek.seekers import BehaviourProfile, Move, Part, SeekerState, Trace, Utterance
from hardseek.supporters import Reply, Talk
from hardseek.training.generating.generation import CandidateChoice
from hardseek.training.generating.trying import State, Troupe


def part(exchanges: int = 3) -> Part:
    fact = Fact(id="f", depth="surface", text="I moved.")
    card = RoleCard(id="c", language="en", summary="Moved.", facts=(fact,))
    return Part(card, BehaviourProfile(), Luck.of(seed=1, card="c", condition="a", replicate=0), exchanges)


def trace(distress: float, *, left: bool = False) -> Trace:
    stands = SeekerState(distress=distress, trust=0.5, openness=0.5, engagement=0.5)
    return Trace(state=stands, move=Move("withdraw" if left else "tell", ending="withdrew" if left else None))


@dataclass
class Told:
    """A seeker whose distress falls by the number that ends the last reply, and who leaves at `left`."""

    left: str = "leave"
    asked: list[tuple[str, ...]] = field(default_factory=list)
    unspeakable: str = "unspeakable"

    async def speak(self, of: Part, transcript: Sequence[Message], last: Trace | None) -> Utterance:
        self.asked.append(tuple(said.content for said in transcript))
        reply = transcript[-1].content if transcript else ""
        if self.unspeakable in reply:
            raise FaultError("invalid-seeker", "no wording would do", Usage(tokens_in=5, tokens_out=5))
        before = last.state.distress if last is not None and last.state is not None else 8.0
        fall = float(reply.split()[-1]) if reply and reply.split()[-1].lstrip("-").isdigit() else 0.0
        luck = of.luck.integer(len(transcript), "words") % 1000
        made = trace(before - fall, left=self.left in reply)
        return Utterance(f"I am at {before - fall} ({luck}).", made, Usage(tokens_in=20, tokens_out=2))

    async def close(self) -> None:
        pass


@dataclass
class Says:
    """A supporter that says what it is told to, by the seed's place among those it has heard."""

    say: Callable[[Talk, Sequence[Message]], str]
    remembers: bool = False
    closed: bool = False

    async def reply(self, talk: Talk, transcript: Sequence[Message]) -> Reply:
        text = self.say(talk, transcript)
        if text == "fault":
            raise FaultError("timeout", "no answer", Usage(tokens_in=1))
        return Reply(text, Usage(tokens_in=10, tokens_out=1))

    async def close(self) -> None:
        self.closed = True


def saying(*texts: str) -> Says:
    """Say the n-th text to the n-th seed that is heard, whatever the talk."""
    seeds: list[int] = []

    def say(talk: Talk, transcript: Sequence[Message]) -> str:
        seeds.append(talk.seed)
        return texts[(len(seeds) - 1) % len(texts)]

    return Says(say)


@dataclass
class Length:
    """A judge for whom shorter is better: a reply of ten letters is at the bad end."""

    name: str = "length"
    settings: Settings = ()
    seen: list[Transcript] = field(default_factory=list)
    gone: bool = False
    """Whether its server is."""

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        words = {"en": "length", "zh": "长度"}
        return (
            Dimension("length", words, words, "lower", 0.0, 10.0),
            Dimension("words", words, words, "neither", 0.0, 10.0),
        )

    async def judge(self, transcript: Transcript, *, author: str | None = None) -> Judgement:
        if self.gone:
            raise FaultError("unreachable", "no server")
        self.seen.append(transcript)
        letters = float(len(transcript.messages[-1].content))
        ratings = (Rating("length", "length", letters), Rating("length", "words", 1.0))
        return Judgement(ratings, {"judge m": Usage(tokens_in=3, tokens_out=1)})

    async def close(self) -> None:
        pass


def troupe(*supporters: Says, judges: Sequence[Length] = (), seeker: Told | None = None, **choice: Any) -> Troupe:
    """Everyone; each supporter is asked once unless `each` says otherwise."""
    made = CandidateChoice(**{"each": 1, **choice})
    names = [f"s{number}" for number in range(len(supporters))]
    return Troupe(seeker or Told(), supporters, names, judges, made)


def state(*said: str) -> State:
    """The seeker has said the first, third, ... of these, and is at 8."""
    messages = tuple(Message("user" if not n % 2 else "assistant", text) for n, text in enumerate(said))
    return State(part(), messages, trace(8.0), "session")


def plain(of: object) -> Any:
    return msgspec.to_builtins(of)
