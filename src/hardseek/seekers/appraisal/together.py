"""One call that both appraises and words.

The words have to be for a move, and the move depends on the appraisal, which the same call is to give. So the model is
given the direction for the move that follows from the appraisal by rules. Where the policy makes the same move of the
model's appraisal, the words stand; where it does not, they are for another move and are thrown away, and the voice
words the right one in a call of its own. The model's appraisal decides in either case.
"""

from collections.abc import Sequence

from hardseek.chat import Message
from hardseek.chat.client import ChatModel
from hardseek.chat.structured import ask
from hardseek.language import length
from hardseek.seekers.appraisal.chat import SEEDS, Values, ValuesAtRisk, appraisal, words_of
from hardseek.seekers.appraiser import Appraised, Draft, by_rules, heard
from hardseek.seekers.decision import decide
from hardseek.seekers.seeker import Part
from hardseek.seekers.state import Appraisal, Trace
from hardseek.seekers.voice import Line
from hardseek.seekers.voices import chat


class Both(Values):
    """The values, then the words."""

    message: str


class BothAtRisk(ValuesAtRisk):
    """The same for a card that touches self-harm."""

    message: str


class TogetherAppraiser:
    """Appraises by the model that words, in the same call."""

    def __init__(self, model: ChatModel) -> None:
        self._model = model

    async def appraise(self, part: Part, transcript: Sequence[Message], last: Trace, turn: int) -> Appraised:
        """Ask for the values and for words, in one call.

        Raises:
            FaultError: `malformed` when the model gives none, or whatever the call raises.
        """
        if not length(heard(transcript)):
            return Appraised(Appraisal())
        expected = decide(part, last, turn, by_rules(part, transcript), heard(transcript))
        line = Line(part, transcript, expected.state, expected.appraisal, expected.move, turn)
        risk = part.card.risk != "none"
        shape: type[Both | BothAtRisk] = BothAtRisk if risk else Both
        found = await ask(
            self._model,
            chat.messages(line, then=words_of(part).block("together", {"risk": risk})),
            shape,
            name="appraisal-and-message",
            seed=part.luck.integer(turn, "appraisal and voice model") % SEEDS,
            language=part.card.language,
        )
        draft = Draft(chat.stripped(found.value.message), expected.move)
        return Appraised(appraisal(found.value), found.usage, draft)

    async def close(self) -> None:
        """Close the model."""
        await self._model.close()
