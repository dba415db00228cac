"""References to compare with, as a file: JSON Lines of dialogues, `{"language": "en", "messages": [...]}`."""

from hashlib import blake2b
from pathlib import Path

import msgspec

from hardseek.chat import Message
from hardseek.dialogues import Transcript
from hardseek.documents import read
from hardseek.errors import Refused
from hardseek.language import Language


class _Reference(msgspec.Struct):
    messages: tuple[Message, ...]
    language: Language = "en"


def read_references(path: Path) -> tuple[list[Transcript], str]:
    """Read references and a digest of them; raises Refused, with the line, where one does not fit."""
    text = read(path)
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                one = msgspec.json.decode(line, type=_Reference)
            except msgspec.DecodeError as error:
                raise Refused(f"{path}, line {number}: not a dialogue with messages: {error}") from None
            found.append(Transcript(one.language, one.messages))
    if not found:
        raise Refused(f"{path}: no dialogues in it")
    return found, blake2b(text.encode(), digest_size=8).hexdigest()
