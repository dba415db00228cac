"""Holding one dialogue: seeker and supporter in turn, until the seeker leaves or the exchanges are used up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hardseek.chat import NOTHING_USED, Fault, FaultError, Message, Usage
from hardseek.dialogues.dialogue import Ending, Speaker, Turn
from hardseek.seekers import Part, Seeker, Trace
from hardseek.supporters import Supporter, Talk

_SEED_LIMIT = 2**31


@dataclass(frozen=True, slots=True)
class Casting:
    """Who talks with whom in one dialogue."""

    part: Part
    seeker: Seeker
    supporter: Supporter
    session: str
    """Names the dialogue to supporters that keep their own history."""
    greeting: str | None = None
    """What the supporter's side opens with, in protocols that say so; otherwise the seeker speaks first."""


@dataclass(frozen=True, slots=True)
class Close:
    """How a dialogue came to its end."""

    ending: Ending | None
    """None for an imported dialogue of which it is not known."""
    fault: Fault | None = None
    failed: Speaker | None = None
    """Who could not answer."""
    lost: Usage = NOTHING_USED
    """What was paid for the turn that did not come about."""


class Paused(Exception):
    """The dialogue was asked to stop between two turns."""


async def hold(
    casting: Casting, *, said: Sequence[Turn], keep: Callable[[Turn], None], pause: Callable[[], bool]
) -> Close:
    """Hold a dialogue to its end, from wherever it stands.

    The same rule ends every dialogue, whatever the condition: the seeker leaves (their move says so, and the
    supporter answers their last words), or `part.exchanges` turns of the seeker have been answered.

    Args:
        casting: who talks.
        said: the turns that already stand; empty at the beginning.
        keep: is given each new turn as soon as it is said.
        pause: is asked before each turn whether to stop here.

    Raises:
        Paused: `pause` said so.
    """
    if not said and casting.greeting is not None:
        said = (Turn("supporter", casting.greeting),)
        keep(said[0])
    messages: list[Message] = [turn.message for turn in said]
    last = next((turn.trace for turn in reversed(said) if turn.speaker == "seeker"), None)
    seeker_turns = sum(turn.speaker == "seeker" for turn in said)
    seeker_next = not said or said[-1].speaker == "supporter"
    try:
        while True:
            if seeker_next:
                ending = _ending(last) or ("limit" if seeker_turns >= casting.part.exchanges else None)
                if ending:
                    return Close(ending)
            if pause():
                raise Paused
            turn = await (_seeker_turn(casting, messages, last) if seeker_next else _supporter_turn(casting, messages))
            keep(turn)
            messages.append(turn.message)
            if seeker_next:
                last = turn.trace
                seeker_turns += 1
            seeker_next = not seeker_next
    except FaultError as error:
        return Close("failed", error.fault, "seeker" if seeker_next else "supporter", error.usage)


def _ending(trace: Trace | None) -> Ending | None:
    return trace.ending if trace is not None else None


async def _seeker_turn(casting: Casting, messages: Sequence[Message], last: Trace | None) -> Turn:
    utterance = await casting.seeker.speak(casting.part, messages, last)
    return Turn("seeker", utterance.text, utterance.trace, utterance.usage)


async def _supporter_turn(casting: Casting, messages: Sequence[Message]) -> Turn:
    luck = casting.part.luck
    seed = luck.integer(len(messages), "supporter sampling") % _SEED_LIMIT
    talk = Talk(session=casting.session, language=casting.part.card.language, seed=seed)
    reply = await casting.supporter.reply(talk, messages)
    return Turn("supporter", reply.text, None, reply.usage)
