"""Reading other people's files: line by line, in natural order, every mistake with its place."""

import json
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from hardseek import documents
from hardseek.errors import Refused
from hardseek.language import clean

T = TypeVar("T")
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_DIGITS: Final = re.compile(r"(\d+)")
_UNSAFE_ESCAPE: Final = re.compile(r"\\u(?:d[89a-f]|0000)", re.IGNORECASE)
"""Half of a character beyond the basic plane, or NUL."""
_UNUSABLE: Final = re.compile(r"[^A-Za-z0-9._-]+")


def natural(paths: Iterable[Path]) -> list[Path]:
    """Sort by name with numbers by their value (2 before 10), and leave hidden ones out."""
    return sorted((path for path in paths if not path.name.startswith(".")), key=_natural_key)


def _natural_key(path: Path) -> tuple[list[tuple[int, int, str]], str]:
    pieces = [
        (0, int(piece), "") if piece.isdecimal() else (1, 0, piece.lower())
        for piece in _DIGITS.split(path.name)
        if piece
    ]
    return pieces, path.name


def records(path: Path, model: type[T], *, strict: bool = True) -> Iterator[tuple[str, int, T]]:
    """Read JSON Lines one by one.

    Args:
        path: UTF-8 text, with or without a byte order mark; blank lines are passed over.
        model: what each line must be (any type msgspec knows); further fields are ignored.
        strict: whether a number in quotation marks is a mistake.

    Yields:
        How messages call the line, its number counted from 1, and its content.

    Raises:
        Refused: the file cannot be read, or a line is not UTF-8, not JSON, or not the model.
    """
    try:
        with path.open("rb") as file:
            for number, raw in enumerate(file, start=1):
                line = raw.removeprefix(_BYTE_ORDER_MARK) if number == 1 else raw
                if line.strip():
                    where = f"{path}, line {number}"
                    yield where, number, fit(_parse(line, where), model, where, strict=strict)
    except OSError as error:
        raise Refused(f"{path}: cannot be read: {error.strerror or error}") from None


def whole(path: Path, model: type[T]) -> T:
    """Read a file that is one JSON value; raises Refused when it is not UTF-8, not JSON, or not the model."""
    return fit(_parse(documents.read(path), str(path)), model, str(path))


def fit(value: object, model: type[T], where: str, *, strict: bool = True) -> T:
    """Make parsed JSON a model; raises Refused that says what was expected, and at which field."""
    try:
        return msgspec.convert(value, model, strict=strict)
    except msgspec.ValidationError as error:
        raise Refused(f"{where}: {_lowered(str(error))}") from None


def placed(path: Path) -> Path:
    """Return where a path stands, so that its parents have names; links are not followed, as their place tells more."""
    return Path(os.path.normpath(path.absolute()))


def identifier(text: str) -> str:
    """Make a name usable in a card's id: lower case, every run of other characters a hyphen; may be empty."""
    return _UNUSABLE.sub("-", text).strip("-._").lower()


def _parse(raw: str | bytes, where: str) -> Any:
    try:
        text = raw.decode() if isinstance(raw, bytes) else raw
        # The standard parser, as it alone lets lone surrogates through: they are mended instead of refused.
        value = json.loads(text)
    except UnicodeDecodeError as error:
        raise Refused(f"{where}: not UTF-8 text (byte {error.start}); save it as UTF-8") from None
    except json.JSONDecodeError as error:
        within = f" of line {error.lineno}" if error.lineno > 1 else ""
        raise Refused(f"{where}: not valid JSON: {error.msg} (column {error.colno}{within})") from None
    except (ValueError, RecursionError) as error:
        raise Refused(f"{where}: not usable JSON: {error}") from None
    return _cleaned(value) if _UNSAFE_ESCAPE.search(text) else value


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    if isinstance(value, dict):
        return {clean(key): _cleaned(item) for key, item in value.items()}
    return value


def _lowered(message: str) -> str:
    return message[:1].lower() + message[1:]
