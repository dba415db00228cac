"""Holding one dialogue in which several replies are tried at every turn of the supporter's."""

from collections.abc import Callable, Sequence

from hardseek.chat import NOTHING_USED, FaultError, Message, Usage
from hardseek.dialogues import Close, Paused, Turn
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
    if not said and greeting is not None:
        said = (Turn("supporter", greeting),)
        keep(said[0])
    messages: list[Message] = [turn.message for turn in said]
    last = next((turn.trace for turn in reversed(said) if turn.speaker == "seeker"), None)
    seekers = sum(turn.speaker == "seeker" for turn in said)
    seeker_next = not said or said[-1].speaker == "supporter"
    try:
        while True:
            ending = last.ending if last is not None else None
            if seeker_next and (ending or seekers >= part.exchanges):
                return Close(ending or "limit")
            if pause():
                raise Paused
            if seeker_next:
                made = answer or await troupe.seeker.speak(part, messages, last)
                turn, answer = Turn("seeker", made.text, made.trace, made.usage), None
                last = made.trace
                seekers += 1
            elif ending is not None:
                candidates = await last_reply(troupe, State(part, tuple(messages), last, session))
                keep_candidates(len(messages), candidates)
                turn = Turn("supporter", candidates[0].text, None, candidates[0].usage)
            else:
                candidates = await tried(troupe, State(part, tuple(messages), last, session))
                keep_candidates(len(messages), candidates)
                chosen = next(each for each in candidates if each.followed)
                turn = Turn("supporter", chosen.text, None, chosen.usage)
                if chosen.answer is not None and chosen.trace is not None:
                    answer = Utterance(chosen.answer, chosen.trace, chosen.answer_usage)
            keep(turn)
            messages.append(turn.message)
            seeker_next = not seeker_next
    except FaultError as error:
        return Close("failed", error.fault, "seeker" if seeker_next else "supporter", error.usage)
    except NothingToSay as nothing:
        return Close("failed", nothing.fault, nothing.speaker, _paid(nothing))


def _paid(nothing: NothingToSay) -> Usage:
    """Sum what was paid to the one who could not answer."""
    total = NOTHING_USED
    for each in nothing.candidates:
        total = total.and_then(each.usage if nothing.speaker == "supporter" else each.answer_usage)
    return total
