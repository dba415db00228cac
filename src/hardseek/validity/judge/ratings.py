"""Ratings of people, and of judges beside them, as files: a row for every item, rater and dimension."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec

from hardseek.documents import read
from hardseek.errors import Refused
from hardseek.language import LANGUAGES, Language
from hardseek.mistakes import nearest

_NEEDED: Final = ("item", "rater", "dimension", "score")
_KNOWN: Final = (*_NEEDED, "cluster", "language")
_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Given:
    """One score as it was given."""

    item: str
    rater: str
    dimension: str
    score: float | None
    """None where the rater gave none."""
    cluster: str | None = None
    """What items belong to, such as a system: items of one cluster are drawn together. Null: each for itself."""
    language: Language = "en"


def read_ratings(path: Path) -> list[Given]:
    """Read ratings from a CSV file (with a heading) or JSON Lines.

    Columns: `item`, `rater`, `dimension`, `score` (empty or null: not rated), and where known `cluster` and `language`
    (`en` when left out). Other columns are passed over.

    Raises:
        Refused: the file cannot be read, or lines of it do not fit; the first few are named.
    """
    text = read(path)
    rows = _lines(text, path) if path.suffix.lower() in {".jsonl", ".json", ".ndjson"} else _table(text, path)
    found: list[Given] = []
    wrong: list[str] = []
    seen: dict[tuple[str, str, str], int] = {}
    for line, row in rows:
        try:
            given = _given(row)
            first = seen.setdefault((given.item, given.rater, given.dimension), line)
            if first != line:
                raise ValueError(f"item {given.item} is rated twice by {given.rater}, first on line {first}")
        except ValueError as error:
            wrong.append(f"line {line}: {error}")
            continue
        found.append(given)
    if wrong:
        more = f"\nand {len(wrong) - _SHOWN:,} more" if len(wrong) > _SHOWN else ""
        raise Refused("\n".join(f"{path}, {what}" for what in wrong[:_SHOWN]) + more)
    if not any(given.score is not None for given in found):
        raise Refused(f"{path}: no scores in it")
    return found


def _table(text: str, path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    reader = csv.DictReader(text.splitlines())
    headings = [heading.strip() for heading in reader.fieldnames or ()]
    for needed in _NEEDED:
        if needed not in headings:
            near = nearest(needed, headings)
            hint = f"; is it {near}?" if near else ""
            raise Refused(f"{path}: no column {needed}; there are {', '.join(headings) or 'none'}{hint}")
    reader.fieldnames = headings
    for row in reader:
        yield reader.line_num, row


def _lines(text: str, path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                row = msgspec.json.decode(line)
            except msgspec.DecodeError as error:
                raise Refused(f"{path}, line {number}: not JSON: {error}") from None
            if not isinstance(row, dict):
                raise Refused(f"{path}, line {number}: not a JSON object")
            yield number, row


def _given(row: Mapping[str, Any]) -> Given:
    """Read a row; raises ValueError with what is wrong."""
    said = {name: _said(row.get(name)) for name in _KNOWN}
    for needed in ("item", "rater", "dimension"):
        if said[needed] is None:
            raise ValueError(f"no {needed}")
    language = said["language"] or "en"
    if language not in LANGUAGES:
        raise ValueError(f"language: found {language!r}; allowed: {', '.join(LANGUAGES)}")
    return Given(
        said["item"] or "", said["rater"] or "", said["dimension"] or "", _score(row.get("score")), said["cluster"],
        "zh" if language == "zh" else "en",
    )  # fmt: skip


def _said(value: Any) -> str | None:
    text = str(value).strip() if value is not None else ""
    return text or None


def _score(value: Any) -> float | None:
    text = _said(value)
    if text is None:
        return None
    try:
        score = float(text)
    except ValueError:
        raise ValueError(f"score: found {text!r}; it should be a number, or empty where there is none") from None
    if not abs(score) < float("inf"):
        raise ValueError(f"score: found {text!r}; it should be a number, or empty where there is none")
    return score


def raters(given: Iterable[Given]) -> list[str]:
    """Return who rated, in the order in which they come."""
    return list(dict.fromkeys(each.rater for each in given))
