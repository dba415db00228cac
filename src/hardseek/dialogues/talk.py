"""Holding one dialogue: seeker and supporter in turn, until the seeker leaves or the exchanges are used up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hardseek.chat import NOTHING_USED, Fault, FaultError, Usage
from hardseek.dialogues.course import Course
from hardseek.dialogues.dialogue import Ending, Speaker, Turn
from hardseek.seekers import Part, Seeker
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
    course = Course(said, greeting=casting.greeting, keep=keep)
    try:
        while (ending := course.ending(casting.part.exchanges)) is None:
            if pause():
                raise Paused
            seeker_next = course.next == "seeker"
            course.say(await (_seeker_turn(casting, course) if seeker_next else _supporter_turn(casting, course)))
    except FaultError as error:
        return Close("failed", error.fault, course.next, error.usage)
    return Close(ending)


async def _seeker_turn(casting: Casting, course: Course) -> Turn:
    utterance = await casting.seeker.speak(casting.part, course.messages, course.last)
    return Turn("seeker", utterance.text, utterance.trace, utterance.usage)


async def _supporter_turn(casting: Casting, course: Course) -> Turn:
    seed = sampling_seed(casting.part, len(course.messages))
    talk = Talk(session=casting.session, language=casting.part.card.language, seed=seed)
    reply = await casting.supporter.reply(talk, course.messages)
    return Turn("supporter", reply.text, None, reply.usage)


def sampling_seed(part: Part, place: int, draw: int = 0) -> int:
    """Return the seed that a supporter samples the turn at a place with, the same for every system.

    Args:
        part: what the seeker plays.
        place: messages that stand before the turn.
        draw: which of several replies to the same turn; the first is an ordinary dialogue's.
    """
    return part.luck.integer(place, "supporter sampling" + (f" {draw}" if draw else "")) % _SEED_LIMIT
