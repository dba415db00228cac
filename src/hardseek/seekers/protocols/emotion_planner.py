"""The protocol of the worst-case framework (arXiv 2605.28228), in the steps in which it was published.

The seeker writes first. Before each of their turns a planner names one of the 28 GoEmotions labels, describes what goes
on inside, and, from the second turn on, gives the reason of the transition; then the speaker words the turn from that.
With a fixed probability the planner is told that it gets worse, whatever the supporter said. The speaker ends the talk
by a mark; there are at most 20 exchanges. There is no policy, no appraisal and no hidden state beside the emotion.
Prompts are ours. What is done otherwise, and why, is in docs/method/protocols.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from hardseek.chat import NOTHING_USED, FaultError, Message, Usage
from hardseek.chat.client import ChatModel
from hardseek.chat.structured import ask
from hardseek.seekers.emotions import emotion_group, emotion_labels, emotion_name
from hardseek.seekers.protocols.emotion_prompts import is_volatile, plan_messages, speak_messages
from hardseek.seekers.seeker import Part, Utterance
from hardseek.seekers.state import Emotion, Leaving, Trace
from hardseek.seekers.voices.chat import stripped

DETERIORATION: Final = 0.3
"""Probability, in each turn after the first, that it is to get worse; of seekers whose volatility is on."""
END: Final = "<END>"
_SEEDS: Final = 1 << 31
_TRIES: Final = 2
"""Asks for a turn's words: once more where there was nothing but the mark."""


class _Planned(msgspec.Struct):
    """The plan of a first turn."""

    label: str
    description: str


class _PlannedNext(msgspec.Struct):
    """The plan of a further turn: the reason first, so that the label follows from it."""

    reason: str
    label: str
    description: str


class EmotionPlanner:
    """Two models, or the same one twice: the planner and the speaker."""

    def __init__(self, speaker: ChatModel, planner: ChatModel) -> None:
        self._speaker = speaker
        self._planner = planner

    async def speak(self, part: Part, transcript: Sequence[Message], last: Trace | None) -> Utterance:
        """Plan and word a turn.

        Raises:
            FaultError: `malformed` when there is no plan, `empty` when there are no words, or whatever a call raises.
        """
        turn = sum(said.role == "user" for said in transcript)
        emotion, used = await self._plan(part, transcript, last, turn)
        spoken = await self._word(part, transcript, emotion, turn, used)
        leaving = _leaving(emotion) if spoken.ends else None
        return Utterance(spoken.text, Trace(emotion=emotion, leaving=leaving), spoken.usage)

    async def _plan(
        self, part: Part, transcript: Sequence[Message], last: Trace | None, turn: int
    ) -> tuple[Emotion, Usage]:
        forced = bool(turn) and is_volatile(part.profile) and part.luck.chance(DETERIORATION, turn, "deterioration")
        asked = plan_messages(part, transcript, last.emotion if last is not None else None, forced=forced)
        shape: type[_Planned | _PlannedNext] = _PlannedNext if transcript else _Planned
        seed = part.luck.integer(turn, "planner sampling") % _SEEDS
        found = await ask(
            self._planner, asked, shape, name="emotion", seed=seed, check=_is_known, language=part.card.language
        )
        planned = found.value
        reason = planned.reason if isinstance(planned, _PlannedNext) else None
        label = emotion_name(planned.label)
        assert label is not None  # by the check
        return Emotion(label, planned.description, reason, forced), found.usage

    async def _word(
        self, part: Part, transcript: Sequence[Message], emotion: Emotion, turn: int, used: Usage
    ) -> "_Spoken":
        for attempt in range(_TRIES):
            seed = part.luck.integer(turn, f"speaker sampling {attempt}") % _SEEDS
            asked = speak_messages(part, transcript, emotion, wordless=bool(attempt))
            try:
                completion = await self._speaker.complete(asked, seed=seed)
            except FaultError as error:
                raise error.having_used(used) from None
            used = used.and_then(completion.usage)
            spoken, mark, _ = completion.text.partition(END)
            text = stripped(spoken)
            if text:
                return _Spoken(text, bool(mark), used)
        raise FaultError("empty", "the seeker's model ended the talk without a word, twice; try another model", used)

    async def close(self) -> None:
        """Release the connections of both."""
        await self._speaker.close()
        if self._planner is not self._speaker:
            await self._planner.close()


@dataclass(frozen=True, slots=True)
class _Spoken:
    text: str
    ends: bool
    usage: Usage = NOTHING_USED


def _leaving(emotion: Emotion) -> Leaving:
    """Say how the seeker leaves; who leaves in a neutral or an ambiguous mood was not helped for all that is known."""
    return "resolved" if emotion_group(emotion.label) == "positive" else "withdrew"


def _is_known(planned: _Planned | _PlannedNext) -> str | None:
    if emotion_name(planned.label) is None:
        return f"label {planned.label[:40]!r}: {', '.join(label.name for label in emotion_labels())}"
    return None
