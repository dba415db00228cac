"""Whether a quote stands in somebody's own words, and where.

Case, width of characters, punctuation, blanks, apostrophes and hyphens do not count; words do, whole and in their
order. Pieces around an ellipsis have to stand in the same turn, one after the other.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from hardseek.language import tokens

_PIECES: Final = re.compile(r"\.{3,}|…+|\[\.\.\.\]|\[…\]")
_APOSTROPHES: Final = re.compile(r"(?<=\w)['’‘`´](?=\w)")


class Place(NamedTuple):
    """A stretch of a turn."""

    turn: int
    """Counted from 0 over the turns that were given."""
    start: int
    end: int


class _Word(NamedTuple):
    bare: str
    start: int
    end: int


def size(quote: str) -> int:
    """Count the words (characters of Chinese) of a quote."""
    return len(_words(quote))


def places(quote: str, turns: Iterable[str]) -> tuple[Place, ...] | None:
    """Return where a quote stands, a place for each of its pieces; None where it does not, or has no words."""
    pieces = [[word.bare for word in _words(piece)] for piece in _PIECES.split(quote)]
    pieces = [piece for piece in pieces if piece]
    if not pieces:
        return None
    for turn, text in enumerate(turns):
        found = _in_order(pieces, _words(text))
        if found is not None:
            return tuple(Place(turn, start, end) for start, end in found)
    return None


def _in_order(pieces: Sequence[list[str]], words: Sequence[_Word]) -> list[tuple[int, int]] | None:
    found = []
    at = 0
    bare = [word.bare for word in words]
    for piece in pieces:
        last = len(bare) - len(piece)
        here = next((place for place in range(at, last + 1) if bare[place : place + len(piece)] == piece), None)
        if here is None:
            return None
        at = here + len(piece)
        found.append((words[here].start, words[at - 1].end))
    return found


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[_Word, ...]:
    """Split into bare words with their places; a character that normalises to several keeps its one place."""
    bare: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(_APOSTROPHES.sub("\0", text)):
        if character == "\0":
            continue
        for each in unicodedata.normalize("NFKC", character).casefold():
            bare.append(each if each != "-" else " ")
            origin.append(place)
    line = "".join(bare)
    words: list[_Word] = []
    at = 0
    for word in tokens(line):
        start = line.index(word, at)
        at = start + len(word)
        words.append(_Word(word, origin[start], origin[at - 1] + 1))
    return tuple(words)
