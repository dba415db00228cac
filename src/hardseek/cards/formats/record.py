"""Reading card files into records: what stands in each place, before anybody says what it means."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from hardseek.documents import read
from hardseek.errors import Refused

YAML_ENDINGS: Final = (".yaml", ".yml")
_ENDINGS: Final = (".json", ".jsonl", *YAML_ENDINGS)


@dataclass(frozen=True, slots=True)
class Record:
    """One card as it stands in a file."""

    where: str
    """The file, and the line or place within it, as it is called in messages."""
    stem: str
    """The file's name without its ending; it numbers records that carry no number of their own."""
    data: dict[str, Any]


def card_files(path: Path) -> list[Path]:
    """List the card files that a path stands for: itself, or those in the folder, numbered names in their order.

    Raises:
        Refused: the folder holds no card file.
    """
    if not path.is_dir():
        return [path]
    found = [entry for entry in path.iterdir() if entry.suffix.lower() in _ENDINGS and entry.is_file()]
    if not found:
        raise Refused(f"{path}: no card files in this folder; cards are in {', '.join(_ENDINGS)} files")
    return sorted(found, key=_natural)


def json_records(path: Path) -> Iterator[Record]:
    """Read a JSON file: an array of objects, a single object, or one object a line (JSON Lines).

    Raises:
        Refused: the file is missing, empty, not JSON, or holds something else than objects; the message names the
            line or the place in the array.
    """
    text = read(path)
    if not text.strip():
        raise Refused(f"{path}: the file is empty; it should hold at least one card")
    whole = None if path.suffix.lower() == ".jsonl" else _whole(text, path)
    if whole is None:
        # Split on "\n" alone: other line breaks may stand inside a string.
        for number, line in enumerate(text.split("\n"), start=1):
            if line.strip():
                where = f"{path}, line {number}"
                yield _record(_parse(line, where), where, path)
    elif isinstance(whole, list):
        for number, item in enumerate(whole, start=1):
            yield _record(item, f"{path}, record {number}", path)
    else:
        yield _record(whole, str(path), path)


def _whole(text: str, path: Path) -> Any:
    """Parse the text as one JSON document; None when a complete value is followed by more, as in JSON Lines."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            return None
        raise Refused(f"{path}, line {error.lineno}: not valid JSON: {error.msg} (column {error.colno})") from None


def _parse(line: str, where: str) -> Any:
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        raise Refused(f"{where}: not valid JSON: {error.msg} (column {error.colno})") from None


def _record(item: Any, where: str, path: Path) -> Record:
    if not isinstance(item, dict):
        raise Refused(f"{where}: found {type(item).__name__}; a card is an object with named fields")
    return Record(where, path.stem, item)


def _natural(path: Path) -> list[tuple[int, str]]:
    parts = re.split(r"(\d+)", path.name)
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts]
