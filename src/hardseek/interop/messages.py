"""JSON Lines of OpenAI-style messages: what `hardseek export` writes, and what anybody can write."""

from collections.abc import Iterator
from itertools import dropwhile
from pathlib import Path
from typing import Annotated, Final, Literal, TypeVar

import msgspec

from hardseek.chat import NOTHING_USED, ChatRole, Fault, Usage
from hardseek.dialogues import Ending, Turn
from hardseek.errors import Refused
from hardseek.interop.importing import Found, Importer
from hardseek.interop.reading import identifier, natural, records
from hardseek.language import Language
from hardseek.seekers import Trace

T = TypeVar("T")
Name = Annotated[str, msgspec.Meta(min_length=1)]


class _Part(msgspec.Struct, frozen=True):
    type: Literal["text"]
    text: str


class _Message(msgspec.Struct, frozen=True):
    role: ChatRole
    content: str | list[_Part] | None
    """Null in an answer that has no text."""

    @property
    def text(self) -> str:
        if isinstance(self.content, list):
            return "".join(part.text for part in self.content)
        return self.content or ""


class _Record(msgspec.Struct, frozen=True):
    messages: list[_Message]
    id: Name | None = None
    system: Name | None = None
    condition: Name | None = None
    card: Name | None = None
    language: Language | None = None
    replicate: Annotated[int, msgspec.Meta(ge=0)] | None = None
    ending: Ending | None = None
    fault: Fault | None = None
    traces: list[Trace | None] | None = None
    """One a message, as are `usage`."""
    usage: list[Usage] | None = None


def _find(path: Path) -> Iterator[Found]:
    files = [path] if path.is_file() else natural(path.glob("*.jsonl"))
    if not files:
        raise Refused(f"{path}: no JSON Lines here; expected files such as dialogues.jsonl")
    for file in files:
        for where, number, record in records(file, _Record):
            if (record.ending == "failed") != (record.fault is not None):
                raise Refused(f"{where}: `fault` says why a dialogue failed: give it exactly when `ending` is failed")
            yield Found(
                where=where,
                system=record.system or "imported",
                condition=record.condition or "imported",
                card=record.card or f"{identifier(file.stem) or 'messages'}-{number}",
                language=record.language,
                replicate=record.replicate,
                id=record.id,
                ending=record.ending,
                fault=record.fault,
                turns=_turns(record, where),
            )


def _turns(record: _Record, where: str) -> list[Turn]:
    messages = list(dropwhile(lambda message: message.role == "system", record.messages))
    for place, message in enumerate(messages):
        if message.role == "system":
            place_of_all = place + len(record.messages) - len(messages)
            raise Refused(f"{where}: a `system` message in the midst of the talk (`messages[{place_of_all}]`); drop it")
    traces = _beside(record.traces, None, messages, f"{where}: `traces`")
    usage = _beside(record.usage, NOTHING_USED, messages, f"{where}: `usage`")
    return [
        Turn("seeker" if message.role == "user" else "supporter", message.text, trace, used)
        for message, trace, used in zip(messages, traces, usage, strict=True)
    ]


def _beside(values: list[T] | None, missing: T, messages: list[_Message], what: str) -> list[T]:
    if values is None:
        return [missing] * len(messages)
    if len(values) != len(messages):
        raise Refused(f"{what} has {len(values)} entries; expected one for each of the {len(messages)} messages")
    return values


MESSAGES: Final = Importer(
    "messages", "JSON Lines of OpenAI-style messages, with system, card, condition and more where known", _find
)
