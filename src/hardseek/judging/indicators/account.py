"""A transcript read once, so that every indicator counts the same things."""

from collections.abc import Sequence
from dataclasses import dataclass

from hardseek.chat import Message
from hardseek.dialogues import Transcript
from hardseek.language import Language, length
from hardseek.seekers import Appraisal
from hardseek.seekers.appraisal import Reading, appraise, read


@dataclass(frozen=True, slots=True)
class Unscored:
    """An indicator that a dialogue does not have."""

    reason: str


@dataclass(frozen=True, slots=True)
class Said:
    """One turn of either speaker."""

    text: str
    length: int
    """English words, Chinese characters, of the whole turn."""
    reading: Reading
    """Cues, content words and questions; of a turn without end, of its beginning."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A supporter's turn, with what it answers."""

    said: Said
    to: Said | None
    """The seeker's turn right before; None where the supporter began."""
    appraisal: Appraisal


@dataclass(frozen=True, slots=True)
class Account:
    """A dialogue as indicators see it; messages of one speaker that follow each other are one turn."""

    language: Language
    seeker: tuple[Said, ...]
    answers: tuple[Answer, ...]
    answered: tuple[tuple[Said, Said], ...]
    """Turns of the seeker that got an answer, with it."""

    @classmethod
    def of(cls, transcript: Transcript) -> "Account":
        """Read a transcript; messages without words and system messages are left out."""
        turns = _turns(transcript.messages)
        language = transcript.language
        said = [Said(turn.content, length(turn.content), read(turn.content, language)) for turn in turns]
        before = [None, *said][: len(said)]
        return cls(
            language=language,
            seeker=tuple(what for what, turn in zip(said, turns, strict=True) if turn.role == "user"),
            answers=tuple(
                Answer(what, to, appraise(turn.content, turns[:place], language))
                for place, (what, to, turn) in enumerate(zip(said, before, turns, strict=True))
                if turn.role == "assistant"
            ),
            answered=tuple(
                (to, what)
                for to, what, turn in zip(before, said, turns, strict=True)
                if to and turn.role == "assistant"
            ),
        )


def _turns(messages: Sequence[Message]) -> list[Message]:
    turns: list[Message] = []
    for message in messages:
        if message.role == "system" or not message.content.strip():
            continue
        if turns and turns[-1].role == message.role:
            message = Message(message.role, f"{turns[-1].content}\n{message.content}")  # noqa: PLW2901 (merged into it)
            turns.pop()
        turns.append(message)
    return turns
