"""Whether what a judge quotes was said."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from hardseek.dialogues import Transcript

_PIECES: Final = re.compile(r"\s*(?:\.{3,}|…+|\[\.\.\.\])\s*")
"""Where a quote leaves something out."""


def stands(quote: str, transcript: Transcript) -> bool:
    """Tell whether a quote stands in one turn, word for word.

    Case, width of characters, punctuation and blanks do not count. Pieces around an ellipsis have to stand in the same
    turn, in their order. A quote without a word stands nowhere.
    """
    pieces = [bare for piece in _PIECES.split(quote) if (bare := _bare(piece))]
    return bool(pieces) and any(_in_order(pieces, _bare(said.content)) for said in transcript.messages)


def unverified(quotes: Sequence[str], transcript: Transcript) -> int:
    """Count the quotes that do not stand in the transcript."""
    return sum(not stands(quote, transcript) for quote in quotes)


def _in_order(pieces: Sequence[str], text: str) -> bool:
    place = 0
    for piece in pieces:
        found = text.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    return True


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())
