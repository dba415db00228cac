"""Trying replies: several for one turn, each to the seeker's next move, from the same state and with the same luck.

The seeker keeps nothing between turns, and its luck is keyed by the turn: after every reply the same person, in the
same state and with the same draws, makes the next move (common random numbers). What differs is the reply.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

import msgspec

from hardseek.chat import Fault, FaultError, Message
from hardseek.dialogues import Speaker, Transcript, sampling_seed
from hardseek.judging.rating import Dimension, Judge
from hardseek.seekers import Part, Seeker, Trace
from hardseek.supporters import Reply, Supporter, Talk
from hardseek.training.generating.candidates import Candidate
from hardseek.training.generating.filters import left_out
from hardseek.training.generating.generation import CandidateChoice
from hardseek.training.response import response


@dataclass(frozen=True, slots=True)
class Troupe:
    """Everyone who is asked when replies are tried."""

    seeker: Seeker
    supporters: Sequence[Supporter]
    names: Sequence[str]
    """Of the supporters."""
    judges: Sequence[Judge]
    choice: CandidateChoice

    async def close(self) -> None:
        """Release all connections."""
        await self.seeker.close()
        for supporter in self.supporters:
            await supporter.close()
        for judge in self.judges:
            await judge.close()


@dataclass(frozen=True, slots=True)
class State:
    """Where a dialogue stands when a reply is due."""

    part: Part
    messages: tuple[Message, ...]
    last: Trace | None
    session: str


class NothingToSay(Exception):
    """No candidate can be gone on with."""

    def __init__(self, fault: Fault, speaker: Speaker | None, candidates: Sequence[Candidate]) -> None:
        super().__init__(fault.detail)
        self.fault = fault
        self.speaker: Speaker | None = speaker
        """Who could not answer; None for the judges."""
        self.candidates = tuple(candidates)
        """What was tried, and paid for."""


async def tried(troupe: Troupe, state: State) -> list[Candidate]:
    """Try replies; exactly one of them is followed.

    Raises:
        NothingToSay: no supporter gave a reply, the seeker could answer none, or the best cannot be told as judges
            could not be asked.
    """
    replies, fault = await _replies(troupe, state)
    candidates = _filtered(replies, troupe.choice, state)
    if all(each.left_out is not None for each in candidates):
        raise NothingToSay(fault or Fault("empty", "no reply"), "supporter", candidates)
    outcomes = await asyncio.gather(*(_answered(troupe, state, each) for each in candidates))
    candidates = [each for each, _ in outcomes]
    ready = [each for each in candidates if each.left_out is None]
    if not ready:
        fault = next(found for _, found in outcomes if found is not None)
        raise NothingToSay(fault, "seeker", candidates)
    outcomes = await asyncio.gather(*(_valued(troupe, state, each) for each in candidates))
    candidates = [each for each, _ in outcomes]
    fault = next((found for _, found in outcomes if found is not None), None)
    if fault is not None and troupe.choice.needs_judges and all(each.value is None for each in candidates):
        raise NothingToSay(fault, None, candidates)
    chosen = followed([each for each in candidates if each.left_out is None], troupe.choice, state)
    return [msgspec.structs.replace(each, followed=each.place == chosen.place) for each in candidates]


async def last_reply(troupe: Troupe, state: State) -> list[Candidate]:
    """Ask the first system for its reply to a seeker who leaves; raises FaultError when there is none."""
    reply = await _reply(troupe.supporters[0], state, 0)
    return [Candidate(place=0, system=troupe.names[0], text=reply.text, usage=reply.usage, followed=True)]


def followed(ready: Sequence[Candidate], choice: CandidateChoice, state: State) -> Candidate:
    """Choose the reply that the dialogue goes on with; of equals, and where none has a value, the first."""
    if choice.follow == "luck":
        return state.part.luck.pick(ready, len(state.messages), "followed reply")
    if choice.follow == "first":
        return ready[0]
    return max(ready, key=lambda each: (each.value is not None, each.value or 0.0, -each.place))


async def _replies(troupe: Troupe, state: State) -> tuple[list[Candidate], Fault | None]:
    """Ask every supporter for its replies; returns them in their order, and a fault where one had none."""
    asked = [
        (number, draw) for number in range(len(troupe.supporters)) for draw in range(troupe.choice.each)
    ]  # fmt: skip
    answers = await asyncio.gather(
        *(_reply(troupe.supporters[number], state, draw) for number, draw in asked), return_exceptions=True
    )
    found: list[Candidate] = []
    fault: Fault | None = None
    for place, ((number, _), answer) in enumerate(zip(asked, answers, strict=True)):
        name = troupe.names[number]
        if isinstance(answer, FaultError):
            fault = answer.fault
            why = f"no answer: {fault.kind}"
            found.append(Candidate(place=place, system=name, text="", left_out=why, usage=answer.usage))
        elif isinstance(answer, BaseException):
            raise answer
        else:
            found.append(Candidate(place=place, system=name, text=answer.text, usage=answer.usage))
    return found, fault


async def _reply(supporter: Supporter, state: State, draw: int) -> Reply:
    seed = sampling_seed(state.part, len(state.messages), draw)
    return await supporter.reply(Talk(state.session, state.part.card.language, seed), state.messages)


def _filtered(candidates: Sequence[Candidate], choice: CandidateChoice, state: State) -> list[Candidate]:
    """Leave replies out; where all would be, the first stays: something has to be said."""
    language = state.part.card.language
    found: list[Candidate] = []
    for each in candidates:
        others = [other.text for other in found if other.left_out is None]
        why = each.left_out or left_out(each.text, others, state.messages, language, choice.filters)
        found.append(msgspec.structs.replace(each, left_out=why))
    if all(each.left_out is not None for each in found):
        first = next((each for each in found if each.text), None)
        if first is not None:
            found[first.place] = msgspec.structs.replace(first, left_out=None)
    return found


async def _answered(troupe: Troupe, state: State, each: Candidate) -> tuple[Candidate, Fault | None]:
    """Add the seeker's next move to a reply, or why there is none."""
    if each.left_out is not None:
        return each, None
    try:
        said = await troupe.seeker.speak(state.part, [*state.messages, Message("assistant", each.text)], state.last)
    except FaultError as error:
        why = f"no next move of the seeker's: {error.fault.kind}"
        return msgspec.structs.replace(each, left_out=why, answer_usage=error.usage), error.fault
    return msgspec.structs.replace(each, answer=said.text, trace=said.trace, answer_usage=said.usage), None


async def _valued(troupe: Troupe, state: State, each: Candidate) -> tuple[Candidate, Fault | None]:
    """Add what judges gave a reply, and its value; and a fault where one could not be asked."""
    if each.left_out is not None:
        return each, None
    fault: Fault | None = None
    scores: dict[str, float] = {}
    judging: dict[str, tuple[int, int]] = {}
    transcript = Transcript(state.part.card.language, (*state.messages, Message("assistant", each.text)))
    for judge in troupe.judges:
        try:
            judgement = await judge.judge(transcript)
        except FaultError as error:  # its value is that of the other judges, or none
            fault = error.fault
            continue
        scales = {dimension.name: dimension for dimension in judge.dimensions}
        for rating in judgement.ratings:
            share = on_scale(rating.score, scales[rating.dimension])
            if share is not None:
                scores[rating.dimension] = share
        for asked, usage in judgement.usages.items():
            judging[asked] = (usage.tokens_in or 0, usage.tokens_out or 0)
    if troupe.choice.by == "judges":
        value = fmean(scores.values()) if scores else None
    else:
        made = response(state.last, each.trace)
        value = made.value if made is not None else None
    return msgspec.structs.replace(each, scores=scores, judging=judging, value=value), fault


def on_scale(score: float | None, dimension: Dimension) -> float | None:
    """Put a score on 0 to 1, 1 the better end; None for what only describes, or has no ends."""
    low, high = dimension.low, dimension.high
    if score is None or dimension.better == "neither" or low is None or high is None or high <= low:
        return None
    share = (score - low) / (high - low)
    return share if dimension.better == "higher" else 1.0 - share
