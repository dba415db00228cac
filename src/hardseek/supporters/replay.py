"""Finished dialogues as supporter: its turns, said again."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from hardseek.chat import ChatRole, FaultError, Message
from hardseek.documents import read
from hardseek.errors import Refused
from hardseek.language import Language, clean, detect
from hardseek.mistakes import explain
from hardseek.supporters.content import replayed
from hardseek.supporters.spec import ReplaySystem
from hardseek.supporters.supporter import Reply, Talk


class _Said(BaseModel):
    role: ChatRole
    content: str


class _Record(BaseModel):
    """A line of the file; other fields are passed over."""

    messages: list[_Said] = Field(min_length=1)
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class _Transcript:
    language: Language | None
    opening: str | None
    """The seeker's first words; None where the supporter begins."""
    replies: tuple[str, ...]


class ReplaySupporter:
    """Says the n-th reply of a record as its n-th turn."""

    remembers = False

    def __init__(self, spec: ReplaySystem, *, beside: Path | None = None) -> None:
        """Read the file; raises Refused when it cannot be read or a line is no record."""
        path = replayed(spec, beside)
        self._path = path
        self._all = [_transcript(record) for record in _records(path)]
        if not self._all:
            raise Refused(f"{path}: no record in it; each line must be JSON with `messages`")
        self._by_opening: dict[str, list[_Transcript]] = {}
        for transcript in self._all:
            if transcript.opening is not None:
                self._by_opening.setdefault(transcript.opening, []).append(transcript)

    async def reply(self, talk: Talk, transcript: Sequence[Message]) -> Reply:
        """Say the next reply; raises FaultError when the record has no further one."""
        turn = sum(message.role == "assistant" for message in transcript)
        replies = self._choose(talk, transcript).replies
        if turn >= len(replies):
            raise FaultError("replay-ended", f"{self._path}: the record that is replayed has {len(replies)} replies")
        return Reply(replies[turn])

    async def close(self) -> None:
        """Do nothing: nothing is held."""

    def _choose(self, talk: Talk, transcript: Sequence[Message]) -> _Transcript:
        # The first message never changes, so a talk stays with its record.
        begins = transcript[0] if transcript else None
        alike = self._by_opening.get(begins.content, []) if begins is not None and begins.role == "user" else []
        options = alike or [option for option in self._all if option.language == talk.language]
        if not options:
            raise FaultError("replay-ended", f"{self._path}: no record in language {talk.language}")
        digest = blake2b(talk.session.encode(), digest_size=8).digest()
        return options[int.from_bytes(digest, "big") % len(options)]


def _records(path: Path) -> Iterator[_Record]:
    for number, line in enumerate(read(path).split("\n"), start=1):
        if not line.strip():
            continue
        source = f"{path}, line {number}"
        try:
            data: Any = json.loads(line)
        except ValueError as error:
            raise Refused(f"{source}: not JSON: {error}") from None
        try:
            yield _Record.model_validate(data)
        except ValidationError as error:
            raise Refused(explain(error, source=source)) from None


def _transcript(record: _Record) -> _Transcript:
    said = [Message(message.role, clean(message.content)) for message in record.messages if message.role != "system"]
    replies: list[str] = []
    previous: ChatRole | None = None
    for message in said:
        if message.role == "assistant" and previous == "assistant":  # several bubbles are one turn
            replies[-1] = f"{replies[-1]}\n{message.content}"
        elif message.role == "assistant":
            replies.append(message.content)
        previous = message.role
    opening = said[0].content if said and said[0].role == "user" else None
    language = record.language or detect(" ".join(message.content for message in said))
    return _Transcript(language, opening, tuple(replies))
