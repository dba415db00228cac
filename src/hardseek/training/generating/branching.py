"""Holding one dialogue in which several replies are tried at every turn of the supporter's."""

from collections.abc import Callable, Sequence

from hardseek.chat import NOTHING_USED, FaultError, Usage
from hardseek.dialogues import Close, Course, Paused, Turn
from hardseek.seekers import Part, Utterance
from hardseek.training.generating.candidates import Candidate
from hardseek.training.generating.trying import NothingToSay, State, Troupe, last_reply, tried


async def hold_branching(
    troupe: Troupe, part: Part, session: str, *, said: Sequence[Turn], answer: Utterance | None,
    greeting: str | None, keep: Callable[[Turn], None], keep_candidates: Callable[[int, Sequence[Candidate]], None],
    pause: Callable[[], bool],
) -> Close:  # fmt: skip
    """Hold a dialogue to its end, from wherever it stands; the same rule ends it as any other dialogue.

    The seeker's move after the reply that is gone on with is the one that was drawn when it was tried. The reply to a
    seeker's last words is not chosen, as nothing can follow it: it is the first system's first.

    Args:
        troupe: who is asked.
        part: what the seeker plays.
        session: names the dialogue to systems.
        said: the turns that already stand; empty at the beginning.
        answer: the seeker's next move, where it was drawn before and is not among `said`.
        greeting: what the supporter's side opens with, in protocols that say so.
        keep: is given each new turn as soon as it is said.
        keep_candidates: is given the place of a turn and what was tried for it, before the turn.
        pause: is asked before each turn whether to stop here.

    Raises:
        Paused: `pause` said so.
    """
    course = Course(said, greeting=greeting, keep=keep)
    try:
        while (ending := course.ending(part.exchanges)) is None:
            if pause():
                raise Paused
            if course.next == "seeker":
                made = answer or await troupe.seeker.speak(part, course.messages, course.last)
                course.say(Turn("seeker", made.text, made.trace, made.usage))
                answer = None
                continue
            state = State(part, tuple(course.messages), course.last, session)
            candidates = await (tried(troupe, state) if course.leaving is None else last_reply(troupe, state))
            keep_candidates(len(course.messages), candidates)
            chosen = next(each for each in candidates if each.followed)
            course.say(Turn("supporter", chosen.text, None, chosen.usage))
            if chosen.answer is not None and chosen.trace is not None:
                answer = Utterance(chosen.answer, chosen.trace, chosen.answer_usage)
    except FaultError as error:
        return Close("failed", error.fault, course.next, error.usage)
    except NothingToSay as nothing:
        return Close("failed", nothing.fault, nothing.speaker, _paid(nothing))
    return Close(ending)


def _paid(nothing: NothingToSay) -> Usage:
    """Sum what was paid to the one who could not answer."""
    total = NOTHING_USED
    for each in nothing.candidates:
        total = total.and_then(each.usage if nothing.speaker == "supporter" else each.answer_usage)
    return total
