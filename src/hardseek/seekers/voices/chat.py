"""The chat voice: a chat model words the move, told no more than the move allows."""

import re
from collections.abc import Sequence
from typing import Final, Protocol

from hardseek.chat import Completion, FaultError, Message
from hardseek.seekers.behaviour import AXES
from hardseek.seekers.prompts import prompt
from hardseek.seekers.seeker import Part
from hardseek.seekers.voice import Line, Wording
from hardseek.seekers.voices.slots import gives_away

_SEEDS: Final = 1 << 31
_QUOTES: Final = (("“", "”"), ('"', '"'), ("「", "」"), ("『", "』"), ("'", "'"), ("‘", "’"))
_SPEAKERS: Final = "seeker|me|user|client|来访者|求助者|求助人|用户|我"
_LABEL = re.compile(rf"^[*\[【]{{0,2}}(?:{_SPEAKERS})[*\]】]{{0,2}}[:：]\**(?=\s*\S)", re.IGNORECASE)


class Model(Protocol):
    """What the voice needs of a chat model."""

    async def complete(self, messages: Sequence[Message], *, seed: int | None) -> Completion:
        """Answer the messages; raises FaultError when there is no answer."""
        ...

    async def close(self) -> None:
        """Release what is held, such as connections."""
        ...


class ChatVoice:
    """Words moves by a chat model."""

    def __init__(self, model: Model) -> None:
        self._model = model

    async def word(self, line: Line) -> Wording:
        """Word the move; raises FaultError when the model gives no answer, or none with words in it."""
        seed = line.part.luck.integer(line.turn, f"voice model {len(line.rejected)}") % _SEEDS
        completion = await self._model.complete(messages(line), seed=seed)
        text = stripped(completion.text)
        if not text:
            raise FaultError(
                "empty",
                "the seeker's model answered without words; try another model or raise its limit",
                completion.usage,
            )
        return Wording(text, completion.usage)

    async def close(self) -> None:
        """Close the model."""
        await self._model.close()


def messages(line: Line, *, then: str | None = None) -> list[Message]:
    """Return what the model is sent.

    Args:
        line: what is to be worded.
        then: what is asked in place of the message alone, where more than that is.

    What does not change comes first (the persona and the behaviours, then the talk), what is for this turn alone comes
    last, in the supporter's last message: a server's prefix cache serves all turns of a dialogue, and roles alternate
    as many chat templates demand. The model plays the seeker, so that the seeker is `assistant` here.
    """
    asked = prompt("hardseek.seekers.voices", f"{line.part.card.language}.md")
    turn = asked.block("turn", {**_turn_words(line), "then": then})
    talk = [Message("system", asked.block("persona", persona_words(line.part)))]
    heard = [] if line.transcript and line.transcript[0].role == "assistant" else [asked.block("opening", {})]
    for message in line.transcript:
        if message.role == "user":
            if heard:
                talk.append(Message("user", "\n\n".join(heard)))
            talk.append(Message("assistant", message.content))
            heard = []
        else:
            heard.append(message.content)
    return [*talk, Message("user", "\n\n".join([*heard, turn]))]


def stripped(text: str) -> str:
    """Take away a speaker's label at the beginning and quotes around the whole."""
    text = _LABEL.sub("", text.strip(), count=1).strip()
    for opening, closing in _QUOTES:
        inner = text[1:-1]
        if len(text) > 1 and text[0] == opening and text[-1] == closing and opening not in inner:
            return inner.strip()
    return text


def persona_words(part: Part) -> dict[str, object]:
    """Return what the persona may show: nothing that tells a fact, as it stands in every turn's prompt."""
    card = part.card
    facts = [fact.text for fact in card.facts]

    def open_to_say(text: str | None) -> str | None:
        return text if text and not gives_away(text, facts, card.language) else None

    return {
        "age": card.age,
        "gender": card.gender,
        "occupation": open_to_say(card.occupation),
        "education": open_to_say(card.education),
        "relationship": open_to_say(card.relationship),
        "setting": open_to_say(card.setting),
        "writing": card.writing,
        "feelings": card.feelings,
        "beliefs": [text for text in card.beliefs if open_to_say(text)],
        "tried": [text for text in card.tried if open_to_say(text)],
        "wants": open_to_say(card.wants),
        "risk": card.risk,
        "behaviours": {axis: getattr(part.profile, axis) for axis in AXES},
        "form": part.profile.resistance_form,
    }


def _turn_words(line: Line) -> dict[str, object]:
    facts = line.part.card.facts
    return {
        "state": line.state,
        "move": line.move,
        "told": [fact.text for fact in facts if fact.id in line.state.disclosed and fact.id not in line.move.facts],
        "allowed": [fact.text for fact in facts if fact.id in line.move.facts],
        "rejected": line.rejected,
        "opening": line.appraisal is None and not line.transcript,
    }
