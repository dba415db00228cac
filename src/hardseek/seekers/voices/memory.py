"""What the seeker has said already, so that nothing is said twice."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from hardseek.chat import Message
from hardseek.language import sentences, tokens

_HAN: Final = "\u3400-\u9fff"
# Commas split too: a phrase must not come back inside a longer sentence. Some people put a blank for a Chinese comma.
_BREAK = re.compile(rf"[,，、;；:：.。…!?！？\n]+|(?<=[{_HAN}])\s+|\s+(?=[{_HAN}])")
_LONG: Final = 3
"""From how many words or characters on a phrase is looked for inside sentences too; shorter ones are everyday words."""
_REMEMBERED: Final = 1 << 15
"""Texts whose keys are kept: the cards of a run and the dialogues that are under way."""


@lru_cache(maxsize=_REMEMBERED)
def key(text: str) -> str:
    """Return what a text is recognised by: case, punctuation, apostrophes and swapped or doubled letters do not count.

    A word is the sorted set of its letters, so that "jsut" is "just".
    """
    return " ".join(map(_shape, tokens(text.lower().replace("'", "").replace("’", ""))))


@lru_cache(maxsize=_REMEMBERED)
def _shape(word: str) -> str:
    return "".join(sorted(set(word)))


@lru_cache(maxsize=_REMEMBERED)
def _clauses(text: str) -> tuple[str, ...]:
    return tuple(piece for piece in map(key, _BREAK.split(text)) if piece)


@lru_cache(maxsize=_REMEMBERED)
def _sentences(text: str) -> tuple[str, ...]:
    return tuple(piece for piece in map(key, sentences(text)) if piece)


class Memory:
    """The seeker's own messages so far."""

    def __init__(self, transcript: Iterable[Message]) -> None:
        said = [message.content for message in transcript if message.role == "user"]
        self._pieces: set[str] = set()
        for text in said:
            self._pieces.update(_clauses(text), _sentences(text))
        self._text = "|".join(f" {' '.join(_clauses(text))} " for text in said)

    def holds(self, wanted: str) -> bool:
        """Tell whether what has this key was said: as a clause, or, when it is long enough, anywhere."""
        if wanted in self._pieces:
            return True
        return wanted.count(" ") + 1 >= _LONG and f" {wanted} " in self._text

    def repeats(self, text: str) -> bool:
        """Tell whether a sentence of the text was said before."""
        return any(sentence in self._pieces for sentence in _sentences(text))


def stutters(text: str) -> bool:
    """Tell whether a text says the same clause twice."""
    pieces = _clauses(text)
    return len(set(pieces)) < len(pieces)
