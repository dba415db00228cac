"""Reading card files into records: what stands in each place, before anybody says what it means."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml

from hardseek.cards.formats.raw import lines, text
from hardseek.cards.formats.record import Record, Unreadable
from hardseek.cards.formats.table import Unplaced, rows
from hardseek.errors import Refused

YAML_ENDINGS: Final = (".yaml", ".yml")
TABLE_ENDINGS: Final = (".csv", ".tsv")
_JSON_ENDINGS: Final = (".json", ".jsonl", ".ndjson")
CARD_ENDINGS: Final = (*_JSON_ENDINGS, *YAML_ENDINGS)
_LINES: Final = (".jsonl", ".ndjson")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
LONGEST_RECORD: Final = 1_000_000
"""Characters of a line of JSON, at most: a dialogue of ESConv with its card has up to 20,000."""


def card_files(path: Path, endings: tuple[str, ...] = CARD_ENDINGS) -> list[Path]:
    """List the card files that a path stands for: itself, or those in the folder, numbered names in their order.

    Raises:
        Refused: the folder holds no card file.
    """
    if not path.is_dir():
        return [path]
    found = [entry for entry in path.iterdir() if entry.suffix.lower() in endings and entry.is_file()]
    if not found:
        raise Refused(f"{path}: no card files in this folder; cards are in {', '.join(endings)} files")
    return sorted(found, key=_natural)


def records(path: Path) -> Iterator[Record | Unreadable]:
    """Read a file record by record; a place that cannot be read is told, and the rest is read all the same.

    JSON is an array of objects, a single object, or one object a line (JSON Lines); YAML is a mapping or a list of
    mappings; CSV and TSV have their names in the first row.

    Raises:
        Refused: the file as a whole cannot be read: it is missing, empty, not text, a web page, or not JSON or YAML.
    """
    ending = path.suffix.lower()
    if ending in _LINES:
        yield from _lines(path)
        return
    content = text(path)
    if ending in YAML_ENDINGS:
        found: Iterator[tuple[int, str, Any]] = _yaml(content, path)
    elif ending in TABLE_ENDINGS:
        found = ((line, f"{path}, line {line}", row) for line, row in rows(content, path))
    else:
        whole = _whole(content, path)
        if whole is None:
            yield from _lines(path)
            return
        many = isinstance(whole, list)
        found = (
            (number, f"{path}, record {number}" if many else str(path), item)
            for number, item in enumerate(whole if many else [whole], start=1)
        )
    for number, where, item in found:
        yield _record(item, where, path, number)


def required(read: Iterator[Record | Unreadable]) -> Iterator[Record]:
    """Pass records on; raises Refused at the first place that cannot be read."""
    for item in read:
        if isinstance(item, Unreadable):
            raise Refused(f"{item.where}: {item.why}")
        yield item


def _lines(path: Path) -> Iterator[Record | Unreadable]:
    for number, line in lines(path):
        where = f"{path}, line {number}"
        if line is None:
            yield Unreadable(where, "not UTF-8 text")
        elif len(line) > LONGEST_RECORD:
            yield Unreadable(where, f"{len(line):,} characters; a card has at most {LONGEST_RECORD:,}")
        else:
            try:
                yield _record(json.loads(line), where, path, number)
            except json.JSONDecodeError as error:
                yield Unreadable(where, f"not valid JSON: {error.msg} (column {error.colno})")
            except (ValueError, RecursionError) as error:
                yield Unreadable(where, f"not usable JSON: {error}")


def _whole(content: str, path: Path) -> Any:
    """Parse the text as one JSON document; None when a complete value is followed by more, as in JSON Lines."""
    try:
        return json.loads(content)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            return None
        raise Refused(f"{path}, line {error.lineno}: not valid JSON: {error.msg} (column {error.colno})") from None
    except (ValueError, RecursionError) as error:
        raise Refused(f"{path}: not usable JSON: {error}") from None


def _yaml(content: str, path: Path) -> Iterator[tuple[int, str, Any]]:
    try:
        node = yaml.compose(content, Loader=_LOADER)
        whole = yaml.load(content, Loader=_LOADER)  # noqa: S506  (the safe loader, in C where that was built)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else "?"
        raise Refused(f"{path}, line {line}: not valid YAML: {error.problem or error}") from None
    except (yaml.YAMLError, RecursionError) as error:
        raise Refused(f"{path}: not valid YAML: {error}") from None
    if not isinstance(node, yaml.SequenceNode):
        yield 1, str(path), whole
        return
    for number, (below, item) in enumerate(zip(node.value, whole, strict=True), start=1):
        yield number, f"{path}, line {below.start_mark.line + 1}", item


def _record(item: Any, where: str, path: Path, number: int) -> Record | Unreadable:
    if isinstance(item, Unplaced):
        return Unreadable(where, item.why)
    if not isinstance(item, dict):
        return Unreadable(where, f"found {type(item).__name__}; a card is an object with named fields")
    return Record(where, path.stem, {str(name): value for name, value in item.items()}, number)


def _natural(path: Path) -> list[tuple[int, str]]:
    parts = re.split(r"(\d+)", path.name)
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts]
