"""What a page's reader unpacks, unpacked as its script does."""

import json
import re
import zlib
from base64 import b64decode
from pathlib import Path
from typing import Any, Final

from hardseek.report.reader import Shelf

_PIECE: Final = re.compile(r'<script type="text/plain" data-piece="([a-z0-9-]+)">([A-Za-z0-9+/=]*)</script>')
_BESIDE: Final = re.compile(r'hardseekPiece\("([a-z0-9-]+)","([A-Za-z0-9+/=]*)"\)')
Pieces = dict[str, Any]


def unpacked(html: str) -> Pieces:
    """Unpack the pieces that a page carries, by name."""
    return {name: _unpack(content) for name, content in _PIECE.findall(html)}


def laid(shelf: Shelf) -> Pieces:
    """Unpack the pieces that a shelf has for the page, by name."""
    return {name: _unpack(content) for name, content in shelf.inside}


def without_pieces(html: str) -> str:
    """Leave out the pieces: packed data spells anything by chance."""
    return _PIECE.sub("", html)


def beside(folder: Path) -> Pieces:
    """Unpack the pieces that lie beside a page."""
    found = [_BESIDE.fullmatch(file.read_text(encoding="ascii")) for file in sorted(folder.iterdir())]
    return {match[1]: _unpack(match[2]) for match in found if match is not None}


def _unpack(content: str) -> Any:
    return json.loads(zlib.decompress(b64decode(content)))
