"""Text of card files, whole or line by line; what is no text is told by what it is."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from hardseek.documents import read
from hardseek.errors import Refused

_HEAD: Final = 8_192
_ARCHIVES: Final = (b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")
"""Beginnings of zip (and so of Excel's .xlsx), gzip, and of Excel's older .xls."""
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_PAGE = re.compile(r"\s*<(?:!doctype|html|head|body|\?xml)\b", re.IGNORECASE)


def text(path: Path) -> str:
    """Return the text of a file; raises Refused when it cannot be read, is empty, no text, or a web page."""
    _refuse_what_is_no_text(path)
    content = read(path)
    if not content.strip():
        raise Refused(f"{path}: the file is empty; it should hold at least one card")
    return content


def lines(path: Path) -> Iterator[tuple[int, str | None]]:
    r"""Yield the lines with their numbers, from 1; None for one that is not UTF-8, blank ones are passed over.

    Lines end at "\n" alone: other line breaks may stand inside a string.

    Raises:
        Refused: the file as a whole cannot be read, is empty, no text, or a web page.
    """
    _refuse_what_is_no_text(path)
    some = False
    try:
        with path.open("rb") as file:
            for number, raw in enumerate(file, start=1):
                line = raw.removeprefix(_BYTE_ORDER_MARK) if number == 1 else raw
                if line.strip():
                    some = True
                    yield number, _decoded(line)
    except OSError as error:
        raise Refused(f"{path}: cannot be read: {error.strerror or error}") from None
    if not some:
        raise Refused(f"{path}: the file is empty; it should hold at least one card")


def _decoded(line: bytes) -> str | None:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return None


def _refuse_what_is_no_text(path: Path) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except FileNotFoundError:
        read(path)  # names a file of a like name
        return
    except OSError as error:
        raise Refused(f"{path}: cannot be read: {error.strerror or error}") from None
    if head.startswith(_ARCHIVES):
        raise Refused(f"{path}: a compressed or Excel file; unpack it, or save the sheet as CSV in UTF-8")
    if head.startswith(_UTF_16):
        raise Refused(f"{path}: UTF-16 text; save it as UTF-8")
    if b"\0" in head:
        raise Refused(f"{path}: a binary file; cards are text: JSON, JSON Lines, YAML or CSV")
    if _PAGE.match(head.removeprefix(_BYTE_ORDER_MARK).decode(errors="replace")):
        raise Refused(f"{path}: a web page, not cards; download the file itself (on GitHub: the raw file)")
