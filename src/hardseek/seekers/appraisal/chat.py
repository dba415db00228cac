"""The appraisal by a chat model: a short structured call of its own, each value on a scale with anchors.

The values are whole numbers from 0 to 4, which models keep to better than to fractions, and every server that takes
schemas can hold them to. What cannot be read is a fault of content: no value is ever made up.
"""

from collections.abc import Sequence
from typing import Final, Literal

import msgspec

from hardseek.chat import Message
from hardseek.chat.client import ChatModel
from hardseek.chat.structured import ask
from hardseek.language import length
from hardseek.seekers.appraiser import Appraised, heard
from hardseek.seekers.prompts import Prompt, prompt
from hardseek.seekers.seeker import Part
from hardseek.seekers.state import Appraisal, Trace

SEEDS: Final = 1 << 31
Level = Literal[0, 1, 2, 3, 4]
_HIGHEST: Final = 4


class Values(msgspec.Struct):
    """What a model is asked for, in the order of the prompt."""

    understanding: Level
    validation: Level
    open_question: Level
    closed_question: Level
    advice: Level
    too_early: Level
    template: Level
    repetition: Level
    minimising: Level
    siding: Level
    interrogation: Level
    answered: Level
    farewell: Level


class ValuesAtRisk(Values):
    """The same for a card that touches self-harm; elsewhere there is nothing to be careful about, and it is 0."""

    risk_care: Level


def appraisal(values: Values) -> Appraisal:
    """Return values of 0 to 1; advice is early in so far as there is advice and it came before understanding."""
    plain = msgspec.structs.asdict(values)
    found = {name: plain[name] / _HIGHEST for name in Appraisal.__struct_fields__ if name in plain}
    return Appraisal(**found, early_advice=found["advice"] * values.too_early / _HIGHEST)


def words_of(part: Part) -> Prompt:
    """Return the prompt in the language of a card."""
    return prompt("hardseek.seekers.appraisal", f"{part.card.language}.md")


class ModelAppraiser:
    """Appraises by a chat model that is asked for nothing else."""

    def __init__(self, model: ChatModel) -> None:
        self._model = model

    async def appraise(self, part: Part, transcript: Sequence[Message], last: Trace, turn: int) -> Appraised:
        """Ask for the values; a turn without words has none, as by the rules.

        Raises:
            FaultError: `malformed` when the model gives no values, or whatever the call raises.
        """
        if not length(heard(transcript)):
            return Appraised(Appraisal())
        seed = part.luck.integer(turn, "appraisal model") % SEEDS
        shape = ValuesAtRisk if part.card.risk != "none" else Values
        found = await ask(
            self._model, messages(part, transcript), shape, name="appraisal", seed=seed, language=part.card.language
        )
        return Appraised(appraisal(found.value), found.usage)

    async def close(self) -> None:
        """Close the model."""
        await self._model.close()


def messages(part: Part, transcript: Sequence[Message]) -> list[Message]:
    """Return what the model is sent: first what all turns share, then the talk, then the turn."""
    words = words_of(part)
    talk: dict[str, object] = {"transcript": transcript[:-1], "heard": heard(transcript)}
    return [
        Message("system", words.block("guide", {"risk": part.card.risk != "none"})),
        Message("user", words.block("talk", talk)),
    ]
