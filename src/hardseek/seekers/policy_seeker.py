"""Our seeker: a policy that decides, a voice that words it, a check between the two."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from hardseek.chat import NOTHING_USED, FaultError, Message
from hardseek.seekers.appraisal import appraise
from hardseek.seekers.check import problems
from hardseek.seekers.choice import choose
from hardseek.seekers.course import intensities
from hardseek.seekers.seeker import Part, Utterance
from hardseek.seekers.state import Appraisal, Move, SeekerState, Trace
from hardseek.seekers.update import begin, first_course, update
from hardseek.seekers.voice import Line, Voice

_REWORDINGS: Final = 2


@dataclass(frozen=True, slots=True)
class Decision:
    """What the policy makes of a supporter's turn."""

    state: SeekerState
    """After the turn was taken in; what the move tells is not yet disclosed in it."""
    appraisal: Appraisal | None
    move: Move


def decide(part: Part, transcript: Sequence[Message], last: Trace | None, turn: int) -> Decision:
    """Take in the supporter's last turn and choose the next move; the same input gives the same decision."""
    before = last.state if last is not None else None
    now = intensities(part.profile, turn + 1, before, part.luck)
    if last is None or before is None or last.move is None:
        state = begin(part, now)
        move = choose(part, state, None, now, turn=turn, last=None, lighter_by=0.0)
        return Decision(state, None, move)
    card = part.card
    heard = transcript[-1].content if transcript and transcript[-1].role == "assistant" else ""
    appraisal = appraise(heard, transcript[:-1], card.language, risk=card.risk != "none")
    state = update(before, appraisal, now, part.luck, turn)
    lighter_by = first_course(part) - (state.distress - state.swing)
    move = choose(part, state, appraisal, now, turn=turn, last=last.move.act, lighter_by=lighter_by)
    return Decision(state, appraisal, move)


class PolicySeeker:
    """A seeker that decides by policy and speaks through a voice."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice

    async def speak(self, part: Part, transcript: Sequence[Message], last: Trace | None) -> Utterance:
        """Decide, word, check, and word again at most twice.

        Raises:
            FaultError: `invalid-seeker` when no wording keeps to the move, or whatever the voice raises.
        """
        turn = sum(said.role == "user" for said in transcript)
        decision = decide(part, transcript, last, turn)
        rejected: tuple[str, ...] = ()
        usage = NOTHING_USED
        for _ in range(1 + _REWORDINGS):
            line = Line(part, transcript, decision.state, decision.appraisal, decision.move, turn, rejected)
            wording = await self._voice.word(line)
            usage = usage.and_then(wording.usage)
            wrong = problems(wording.text, line)
            if not wrong:
                trace = Trace(_told(decision), decision.appraisal, decision.move, reworded=rejected)
                return Utterance(wording.text, trace, usage)
            rejected = (*rejected, "; ".join(wrong))
        raise FaultError(
            "invalid-seeker", f"no wording of {decision.move.act!r} would do in {len(rejected)} tries: {rejected[-1]}"
        )

    async def close(self) -> None:
        """Release what the voice holds."""
        await self._voice.close()


def _told(decision: Decision) -> SeekerState:
    """Return the state with what the move tells among what is disclosed."""
    state, move = decision.state, decision.move
    if not move.facts:
        return state
    return msgspec.structs.replace(state, disclosed=tuple(dict.fromkeys((*state.disclosed, *move.facts))))
