"""The three ways of taking in a supporter's turn, compared: a model's own call, the call that words, and rules.

Each way holds the same dialogues: every card with every built-in control, as an ordinary seeker, with the same luck.
Two ways are held against each other on the supporter's turns of one of them, each of which has been appraised in the
course of the dialogue and is appraised again in the other way.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import fmean
from typing import Final, Literal

from hardseek.cards import RoleCard
from hardseek.chat import FaultError, Message
from hardseek.chat.client import ChatModel
from hardseek.dialogues import Casting, Turn, hold
from hardseek.language import Language
from hardseek.luck import Luck
from hardseek.seekers import Appraisal, BehaviourProfile, Part, Trace
from hardseek.seekers.appraisal.chat import ModelAppraiser
from hardseek.seekers.appraiser import by_rules, heard
from hardseek.seekers.decision import begun, decide
from hardseek.seekers.spec import ChatSeeker, build_seeker, with_room
from hardseek.supporters.builtin import BUILTIN_NAMES, build_builtin
from hardseek.validity.property import Property, figure
from hardseek.validity.responsive import good_against_poor
from hardseek.validity.statistics import interval, spearman
from hardseek.validity.talks import EXCHANGES, Talk, by_card

Way = Literal["model", "together", "offline"]
WAYS: Final[tuple[Way, ...]] = ("model", "together", "offline")
_CONDITION: Final = "average"
_VALUES: Final = Appraisal.__struct_fields__


@dataclass(frozen=True, slots=True)
class Twice:
    """A supporter's turn that was appraised in two ways."""

    card: str
    one: Appraisal
    other: Appraisal
    same_move: bool
    """Whether the policy makes the same move of both."""


async def compare_appraisals(
    spec: ChatSeeker, cards: Sequence[RoleCard], language: Language, *, seed: int
) -> list[Property]:
    """Hold the dialogues in the three ways and compare them.

    Args:
        spec: the seeker, with its endpoint; its own choice of a way does not matter.
        cards: who is played, of one language.
        language: of the cards.
        seed: of all luck.

    Returns:
        For each way (`condition`): how responsive it is, calls, tokens and share of failed dialogues. For each two
        ways: for each value, rank correlation and mean absolute difference; the share of turns with the same move.

    Raises:
        Refused: a variable that an endpoint names is not set.
    """
    held = {way: await _hold(_in_way(spec, way), cards, seed) for way in WAYS}
    found = [made for way, talks in held.items() for made in _of_way(way, talks, language)]
    found += _of_pair("model-offline", _by_rules_too(held["model"], seed), language)
    found += _of_pair("together-offline", _by_rules_too(held["together"], seed), language)
    found += _of_pair("together-model", await _by_the_model_too(spec, held["together"], seed), language)
    return found


def _in_way(spec: ChatSeeker, way: Way) -> ChatSeeker:
    appraiser = spec.appraiser if way == "model" else None
    return spec.model_copy(update={"appraisal": way, "appraiser": appraiser})


def _part(card: RoleCard, seed: int) -> Part:
    luck = Luck.of(seed=seed, card=card.id, condition=_CONDITION, replicate=0)
    return Part(card, BehaviourProfile(), luck, EXCHANGES)


async def _hold(spec: ChatSeeker, cards: Sequence[RoleCard], seed: int) -> list[Talk]:
    """Hold every control's dialogue about every card, as many at once as the endpoint allows calls."""
    seeker, places = build_seeker(spec), asyncio.Semaphore(spec.concurrency)

    async def one(system: str, card: RoleCard) -> Talk:
        turns: list[Turn] = []
        async with places:
            casting = Casting(_part(card, seed), seeker, build_builtin(system), card.id)
            close = await hold(casting, said=(), keep=turns.append, pause=lambda: False)
        return Talk(card, system, 0, tuple(turns), close.fault.kind if close.fault is not None else None)

    try:
        return await asyncio.gather(*(one(system, card) for system in BUILTIN_NAMES for card in cards))
    finally:
        await seeker.close()


def _of_way(way: Way, talks: Sequence[Talk], language: Language) -> list[Property]:
    finished = [talk for talk in talks if talk.fault is None]
    cards = by_card(finished)
    counted: dict[str, Callable[[Sequence[Talk]], float | None]] = {
        "auc": good_against_poor,
        "calls-per-turn": partial(_per_turn, of=lambda turn: turn.usage.attempts),
        "tokens-in-per-turn": partial(_per_turn, of=lambda turn: turn.usage.tokens_in),
        "tokens-out-per-turn": partial(_per_turn, of=lambda turn: turn.usage.tokens_out),
    }
    found = [
        figure(f"appraisals/{name}", language, count(finished), condition=way, interval=interval(cards, count))
        for name, count in counted.items()
    ]
    failed = fmean(talk.fault is not None for talk in talks) if talks else None
    return [*found, figure("appraisals/failed-dialogues", language, failed, condition=way)]


def _per_turn(talks: Sequence[Talk], of: Callable[[Turn], int | None]) -> float | None:
    """Return the mean over the seeker's turns of which it is known."""
    known = [count for talk in talks for turn in talk.said if (count := of(turn)) is not None]
    return fmean(known) if known else None


@dataclass(frozen=True, slots=True)
class _Moment:
    """A turn of a seeker that follows one of the supporter's that was appraised."""

    part: Part
    talk: list[Message]
    """Up to the turn."""
    last: Trace
    """Of the seeker's turn before."""
    turn: int
    trace: Trace
    """Of the turn itself."""


def _appraised(talks: Iterable[Talk], seed: int) -> list[_Moment]:
    found = []
    for talk in talks:
        part, messages, last, turn = _part(talk.card, seed), list[Message](), None, 0
        for said in talk.turns:
            if said.speaker == "seeker" and said.trace is not None:
                if last is not None and begun(last) and said.trace.appraisal is not None:
                    found.append(_Moment(part, list(messages), last, turn, said.trace))
                last, turn = said.trace, turn + 1
            messages.append(said.message)
    return found


def _by_rules_too(talks: Iterable[Talk], seed: int) -> list[Twice]:
    return [_twice(moment, by_rules(moment.part, moment.talk)) for moment in _appraised(talks, seed)]


async def _by_the_model_too(spec: ChatSeeker, talks: Iterable[Talk], seed: int) -> list[Twice]:
    """Ask the model of the first way about the turns of another; those of which it gives no values are left out."""
    appraiser = ModelAppraiser(ChatModel(spec.appraiser or with_room(spec)))

    async def one(moment: _Moment) -> Twice | None:
        try:
            other = await appraiser.appraise(moment.part, moment.talk, moment.last, moment.turn)
        except FaultError:
            return None
        return _twice(moment, other.appraisal)

    try:
        found = await asyncio.gather(*map(one, _appraised(talks, seed)))
    finally:
        await appraiser.close()
    return [twice for twice in found if twice is not None]


def _twice(moment: _Moment, other: Appraisal) -> Twice:
    assert moment.trace.appraisal is not None  # turns without one were not listed
    moved = decide(moment.part, moment.last, moment.turn, other, heard(moment.talk)).move
    return Twice(moment.part.card.id, moment.trace.appraisal, other, same_move=moved == moment.trace.move)


def _of_pair(pair: str, twice: Sequence[Twice], language: Language) -> list[Property]:
    cards = [[each for each in twice if each.card == card] for card in dict.fromkeys(each.card for each in twice)]
    counted: dict[str, Callable[[Sequence[Twice]], float | None]] = {"same-move": _same_moves}
    for name in _VALUES:
        counted[f"rank-correlation/{name}"] = partial(_correlation, name=name)
        counted[f"difference/{name}"] = partial(_difference, name=name)
    return [
        figure(f"appraisals/{name}", language, count(twice), condition=pair, interval=interval(cards, count))
        for name, count in counted.items()
    ]


def _same_moves(twice: Sequence[Twice]) -> float | None:
    return fmean(each.same_move for each in twice) if twice else None


def _correlation(twice: Sequence[Twice], name: str) -> float | None:
    """Return Spearman's rank correlation; None where a value does not vary in one of the ways."""
    return spearman([getattr(each.one, name) for each in twice], [getattr(each.other, name) for each in twice])


def _difference(twice: Sequence[Twice], name: str) -> float | None:
    return fmean(abs(getattr(each.one, name) - getattr(each.other, name)) for each in twice) if twice else None
