"""Our seeker: an appraisal, a policy that decides, a voice that words it, a check between the two."""

from collections.abc import Sequence
from typing import Final

import msgspec

from hardseek.chat import NOTHING_USED, FaultError, Message
from hardseek.seekers.appraiser import Appraised, Appraiser, Rules, heard
from hardseek.seekers.check import problems
from hardseek.seekers.decision import Decision, begun, decide
from hardseek.seekers.seeker import Part, Utterance
from hardseek.seekers.state import SeekerState, Trace
from hardseek.seekers.voice import Line, Voice, Wording

_REWORDINGS: Final = 2


class PolicySeeker:
    """A seeker that decides by policy and speaks through a voice."""

    def __init__(self, voice: Voice, appraiser: Appraiser | None = None) -> None:
        """Make a seeker; turns are appraised by rules unless another appraiser is given."""
        self._voice = voice
        self._appraiser = appraiser or Rules()

    async def speak(self, part: Part, transcript: Sequence[Message], last: Trace | None) -> Utterance:
        """Appraise, decide, word, check, and word again at most twice.

        Raises:
            FaultError: `invalid-seeker` when no wording keeps to the move, or whatever the appraiser or the voice
                raises; `usage` says what was paid for the turn.
        """
        turn = sum(said.role == "user" for said in transcript)
        appraised: Appraised | None = None
        if last is not None and begun(last):
            appraised = await self._appraiser.appraise(part, transcript, last, turn)
        taken_in = appraised.appraisal if appraised is not None else None
        decision = decide(part, last, turn, taken_in, heard(transcript))
        usage = appraised.usage if appraised is not None else NOTHING_USED
        rejected: tuple[str, ...] = ()
        for _ in range(1 + _REWORDINGS):
            line = Line(part, transcript, decision.state, decision.appraisal, decision.move, turn, rejected)
            wording = _drafted(appraised, line)
            if wording is None:
                try:
                    wording = await self._voice.word(line)
                except FaultError as error:
                    raise error.having_used(usage) from None
                usage = usage.and_then(wording.usage)
            wrong = problems(wording.text, line)
            if not wrong:
                trace = Trace(_told(decision), decision.appraisal, decision.move, reworded=rejected)
                return Utterance(wording.text, trace, usage)
            rejected = (*rejected, "; ".join(wrong))
        raise FaultError(
            "invalid-seeker",
            f"no wording of {decision.move.act!r} would do in {len(rejected)} tries: {rejected[-1]}",
            usage,
        )

    async def close(self) -> None:
        """Release what the voice and the appraiser hold."""
        await self._voice.close()
        await self._appraiser.close()


def _drafted(appraised: Appraised | None, line: Line) -> Wording | None:
    """Return the words that came with the appraisal, once, and only where they are for the move that is made."""
    draft = appraised.draft if appraised is not None else None
    if draft is None or line.rejected or draft.move != line.move:
        return None
    return Wording(draft.text)


def _told(decision: Decision) -> SeekerState:
    """Return the state with what the move tells among what is disclosed."""
    state, move = decision.state, decision.move
    if not move.facts:
        return state
    return msgspec.structs.replace(state, disclosed=tuple(dict.fromkeys((*state.disclosed, *move.facts))))
