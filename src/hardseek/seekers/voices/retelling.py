"""A card's facts, cut into what can be said in one go."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from hardseek.cards import Fact
from hardseek.language import Language, length, sentences
from hardseek.seekers.voices.memory import Memory, key
from hardseek.seekers.voices.words import words

_CLAUSE = {
    "en": re.compile(r"(?<=[,;])\s+|\s+[–—-]\s+|\s+(?=(?:because|but|and then|and now|so now|even though)\s)"),
    "zh": re.compile(r"(?<=[，；])|(?:——)"),
}
_SHORTEST = {"en": 3, "zh": 4}
"""Words (en) or characters (zh) that a clause has at least to stand alone."""


@lru_cache(maxsize=1 << 14)
def clauses(text: str, language: Language) -> tuple[str, ...]:
    """Cut a text into clauses that can stand alone, in order; their marks stay with them."""
    found: list[str] = []
    for sentence in sentences(text):
        held = ""
        for piece in _CLAUSE[language].split(sentence):
            held = f"{held}{' ' if held and language == 'en' else ''}{piece}"
            if length(piece) >= _SHORTEST[language] and not words(language).leans(piece):
                found.append(held)
                held = ""
        if held and found and length(held) < _SHORTEST[language]:
            found[-1] += f"{' ' if language == 'en' else ''}{held}"
        elif held:
            found.append(held)
    return tuple(found)


def left(fact: Fact, language: Language, memory: Memory, write: Callable[[str], str]) -> tuple[str, ...]:
    """Return the clauses of a fact that have not been said yet.

    What is left of a sentence that was begun and broken off says nothing any more, and is let go.
    """
    found: list[str] = []
    for sentence in sentences(fact.text):
        pieces = clauses(sentence, language)
        if not any(memory.holds(key(write(piece))) for piece in pieces):
            found += pieces
    return tuple(found)


def take(pieces: Sequence[str], language: Language, room: float) -> str:
    """Join clauses, the first in any case, as long as they fit the room (words or characters)."""
    text, used = pieces[0], length(pieces[0])
    for piece in pieces[1:]:
        used += length(piece)
        if used > room:
            break
        text = f"{text} {piece}" if language == "en" else f"{text}{piece}"
    return text.rstrip(",;:，；：、 ")


def lowered(text: str, language: Language) -> str:
    """Begin with a small letter, as within a sentence, unless the first word may be a name."""
    first = text.split(" ", 1)[0].rstrip(",.").replace("’", "'").lower()
    return text[0].lower() + text[1:] if first in words(language).starters else text
