"""Experiments, and the people who play in them: seekers and supporters that say what depends on all they are given."""

import asyncio
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from typing import Any

from hardseek.cards import Fact, RoleCard
from hardseek.chat import Message, Usage
from hardseek.dialogues import Close, Dialogue, Turn
from hardseek.interop import write_jsonl
from hardseek.language import Language
from hardseek.runs import Cast, Engine, Experiment, Plan, Store, Tally
from hardseek.seekers import BehaviourProfile, Condition, Move, Part, SeekerState, Trace, Utterance
from hardseek.supporters import Reply, Talk
from hardseek.supporters.spec import CallableSystem, System


def card(name: str, language: Language = "en") -> RoleCard:
    return RoleCard(
        id=name, language=language, summary="Moved.", facts=(Fact(id="f", depth="surface", text="I moved."),)
    )


def experiment(*, systems: Sequence[str | System] = ("one", "two", "three"), **fields: Any) -> Experiment:
    """Three systems, two conditions, three exchanges; nothing is asked of a model."""
    plain: dict[str, Any] = {
        "systems": [_system(system) for system in systems],
        "conditions": [
            Condition(name="average"),
            Condition(name="hard", profile=BehaviourProfile(resistance=1)),
        ],
        "exchanges": 3,
    }
    return Experiment.model_validate(plain | fields)


def _system(system: str | System) -> System:
    return CallableSystem(kind="python", name=system, target=f"m:{system}") if isinstance(system, str) else system


def plan(*, cards: int = 4, **fields: Any) -> Plan:
    return Plan(experiment(**fields), tuple(card(f"c{n}", "zh" if n % 2 else "en") for n in range(cards)))


def told(*said: object) -> str:
    return blake2b(repr(said).encode(), digest_size=6).hexdigest()


@dataclass
class Nap:
    """Sleeps for a moment of no fixed length, so that dialogues overtake each other."""

    longest: float = 0.0
    seed: int = 0

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    async def take(self) -> None:
        if self.longest:
            await asyncio.sleep(self._random.random() * self.longest)


@dataclass
class PlayedSeeker:
    """Leaves now and then; every word depends on the card, the profile, the luck, the talk and the last trace."""

    nap: Nap = field(default_factory=Nap)
    closed: bool = False

    async def speak(self, part: Part, transcript: Sequence[Message], last: Trace | None) -> Utterance:
        await self.nap.take()
        turn = sum(message.role == "user" for message in transcript)
        before = last.state.distress if last is not None and last.state is not None else 5.0
        distress = before + part.luck.normal(turn, "mood")
        ending = "withdrew" if part.luck.chance(0.15, turn, "leaving") else None
        state = SeekerState(distress=distress, trust=0.1, openness=0.2, engagement=0.3)
        trace = Trace(state=state, move=Move("tell", ending="withdrew" if ending else None))
        words = told(part.card.id, part.profile, distress, transcript)
        return Utterance(words, trace, Usage(model="m", tokens_in=10, tokens_out=1, attempts=1, latency=0.5))

    async def close(self) -> None:
        self.closed = True


@dataclass
class PlayedSupporter:
    """Answers out of the talk alone; `before` is called with each talk and may raise."""

    nap: Nap = field(default_factory=Nap)
    before: Callable[[Talk, Sequence[Message]], object] = lambda talk, transcript: None
    remembers: bool = False
    talks: list[Talk] = field(default_factory=list)
    closed: bool = False

    async def reply(self, talk: Talk, transcript: Sequence[Message]) -> Reply:
        self.talks.append(talk)
        self.before(talk, transcript)
        await self.nap.take()
        return Reply(told(talk.seed, talk.language, transcript), Usage(tokens_out=2, attempts=2, latency=0.25))

    async def close(self) -> None:
        self.closed = True


def cast(*supporters: PlayedSupporter, seeker: PlayedSeeker | None = None) -> Cast:
    """Three supporters, or those that are given."""
    return Cast(seeker or PlayedSeeker(), supporters or tuple(PlayedSupporter() for _ in range(3)))


def tally(of: Plan) -> Tally:
    return Tally(planned=len(of), seeker_price=None, system_prices=[None for _ in of.experiment.systems])


@contextmanager
def engine(folder: Path, of: Plan, players: Cast) -> Iterator[tuple[Engine, Store, Tally]]:
    """Open the store of a folder and an engine on it."""
    folder.mkdir(parents=True, exist_ok=True)
    counted = tally(of)
    with Store(folder, writable=True) as store:
        yield Engine(of, store, players, counted), store, counted


def run(folder: Path, of: Plan, players: Cast | None = None) -> tuple[bool, Tally]:
    """Run a plan in a folder, as far as it goes."""
    with engine(folder, of, players or cast()) as (started, _, counted):
        return asyncio.run(started.run()), counted


def export(folder: Path) -> bytes:
    """The finished dialogues with what stands behind the turns, as JSON Lines."""
    stream = BytesIO()
    with Store(folder) as store:
        write_jsonl((dialogue for _, dialogue in store.finished()), stream, traces=True)
    return stream.getvalue()


def dialogue(name: str, **fields: Any) -> Dialogue:
    """A dialogue that stands in no plan."""
    plain: dict[str, Any] = {
        "system": "one", "condition": "average", "card": "c", "language": "en", "replicate": 0, "turns": (),
        "ending": None,
    }  # fmt: skip
    return Dialogue(name, **(plain | fields))


def turns(count: int) -> tuple[Turn, ...]:
    """Turns of both speakers in turn, each with its own text."""
    speakers = ("seeker", "supporter")
    return tuple(Turn("seeker" if not n % len(speakers) else "supporter", f"turn {n}") for n in range(count))


def enter(store: Store, number: int, of: Dialogue) -> None:
    """Enter a finished dialogue."""
    store.begin(number, of)
    for position, turn in enumerate(of.turns):
        store.keep(number, position, turn)
    store.finish(number, Close(of.ending, of.fault))
