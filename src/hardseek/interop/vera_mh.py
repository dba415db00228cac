"""Transcripts of VERA-MH (arXiv 2510.15297): one text file a dialogue, its turns marked `user:` and `agent:`."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from hardseek import documents
from hardseek.dialogues import Turn
from hardseek.errors import Refused
from hardseek.interop.importing import Found, Importer
from hardseek.interop.reading import identifier, natural

_NAME: Final = re.compile(r"^[^_]+_(?P<persona>[^_]+)_(?P<system>.+)_run(?P<run>\d+)$")
_MARK: Final = re.compile(r"^(user|agent):", re.MULTILINE)


def _find(path: Path) -> Iterator[Found]:
    files = [path] if path.is_file() else natural(path.glob("*.txt"))
    if not files:
        raise Refused(f"{path}: no VERA-MH transcripts here; expected files such as TAG_PERSONA_SYSTEM_run1.txt")
    for file in files:
        name = _NAME.match(file.stem)
        if name is None:
            raise Refused(f"{file}: the name tells no persona, system and run; expected TAG_PERSONA_SYSTEM_run1.txt")
        yield Found(
            where=str(file),
            system=name["system"],
            condition="vera-mh",
            card=f"vera-mh-{identifier(name['persona'])}",
            language="en",
            replicate=int(name["run"]),
            turns=list(_turns(documents.read(file), str(file))),
        )


def _turns(text: str, where: str) -> Iterator[Turn]:
    """Cut a transcript at its marks; a turn may take several lines."""
    marks = list(_MARK.finditer(text))
    before = text[: marks[0].start()] if marks else text
    if before.strip():
        number = before.count("\n", 0, len(before) - len(before.lstrip())) + 1
        raise Refused(f"{where}, line {number}: begins with {before.strip()[:20]!r}; expected `user:` or `agent:`")
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    for mark, end in zip(marks, ends, strict=True):
        yield Turn("seeker" if mark[1] == "user" else "supporter", text[mark.end() : end])


VERA_MH: Final = Importer("vera-mh", "VERA-MH transcripts: TAG_PERSONA_SYSTEM_run1.txt", _find)
