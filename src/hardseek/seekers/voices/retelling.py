"""A card's facts, cut into what can be said in one go."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from hardseek.cards import Fact
from hardseek.language import Language, length, sentences
from hardseek.seekers.voices.memory import Memory
from hardseek.seekers.voices.words import words

_CLAUSE = {
    "en": re.compile(r"(?<=[,;])\s+|\s+[–—-]\s+|\s+(?=(?:because|but|and then|and now|so now|even though)\s)"),
    "zh": re.compile(r"(?<=[，；])|(?:——)"),
}
_SUBJECT = re.compile(
    r"(?:I|I'm|I've|I'd|I'll|he|she|they|we|my|his|her|our|their|nobody|everyone|now|then)\b(?! (?:if|when)\b)",
    re.IGNORECASE,
)
"""How an English sentence begins that may follow an "and"."""
_NAME = re.compile(r"(?:New|Old|Good) (?!I\b)[A-Z]")
"""How an English sentence begins with a name whose first word is none ("New Year's")."""
_SHORTEST = {"en": 3, "zh": 4}
"""Words (en) or characters (zh) that a clause has at least to stand alone."""
_SHORTEST_PART = {"en": 4, "zh": 6}
"""The same of a part of a sentence from which the rest is missing."""


@lru_cache(maxsize=1 << 14)
def clauses(text: str, language: Language) -> tuple[str, ...]:
    """Cut a text into clauses that can stand alone, in order; their marks stay with them."""
    found: list[str] = []
    for sentence in sentences(text):
        held = ""
        pieces = _CLAUSE[language].split(sentence)
        for piece in pieces:
            held = f"{held}{' ' if held and language == 'en' else ''}{piece}"
            least = (_SHORTEST if piece is pieces[-1] else _SHORTEST_PART)[language]
            if length(held) >= least and not words(language).leans(piece):
                found.append(held)
                held = ""
        if held and found and length(held) < _SHORTEST[language]:
            found[-1] += f"{' ' if language == 'en' else ''}{held}"
        elif held:
            found.append(held)
    return tuple(found)


def left(fact: Fact, language: Language, memory: Memory, key: Callable[[str], str]) -> tuple[str, ...]:
    """Return the clauses of a fact that have not been said yet.

    What is left of a sentence that was begun and broken off says nothing any more, and is let go.
    """
    found: list[str] = []
    for pieces in _by_sentence(fact.text, language):
        if not any(memory.holds(key(piece)) for piece in pieces):
            found += pieces
    return tuple(found)


@lru_cache(maxsize=1 << 14)
def _by_sentence(text: str, language: Language) -> tuple[tuple[str, ...], ...]:
    return tuple(clauses(sentence, language) for sentence in sentences(text))


def take(pieces: Sequence[str], language: Language, room: float, chains: Callable[[], bool] = lambda: False) -> str:
    """Join clauses, the first in any case, as long as they fit the room (words or characters).

    `chains` is asked at every stop between two sentences whether it becomes an "and" (in Chinese, a comma).
    """
    text, used = pieces[0], length(pieces[0])
    for piece in pieces[1:]:
        used += length(piece)
        if used > room:
            break
        if _chained(text, piece, language) and chains():
            text = f"{text[:-1]} and {lowered(piece, language)}" if language == "en" else f"{text[:-1]}，{piece}"
        else:
            text = f"{text} {piece}" if language == "en" else f"{text}{piece}"
    return text.rstrip(",;:，；：、 ")


def _chained(before: str, after: str, language: Language) -> bool:
    """Tell whether two sentences can be told as one: in English, the second one has a subject of its own."""
    if language == "zh":
        return before.endswith("。")
    return before.endswith(".") and not before.endswith("..") and _SUBJECT.match(after) is not None


def lowered(text: str, language: Language) -> str:
    """Begin with a small letter, as within a sentence, unless the first word may be a name."""
    if _NAME.match(text):
        return text
    first = text.split(" ", 1)[0].rstrip(",.").replace("’", "'").lower()
    starters = words(language).starters
    return text[0].lower() + text[1:] if first in starters or first.split("-")[0] in starters else text
