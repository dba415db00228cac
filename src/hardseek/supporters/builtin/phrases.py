"""What controls say: phrases by move, in each language."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from hardseek.documents import Document, load, packaged
from hardseek.language import Language

_BLANK = re.compile(r"\{(\w+)\}")
BLANKS = frozenset({"said", "quote", "feeling", "earlier"})
"""What a phrase may leave blank."""


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """One way to make a move."""

    text: str
    blanks: frozenset[str]
    mark: str
    """Its longest stretch without a blank, by which it is known again."""

    @classmethod
    def of(cls, text: str) -> "Phrase":
        """Read a phrase; raises ValueError where a blank is not one of `BLANKS`."""
        blanks = frozenset(_BLANK.findall(text))
        if not blanks <= BLANKS:
            raise ValueError(f"{text!r}: no such blank: {', '.join(sorted(blanks - BLANKS))}")
        return cls(text, blanks, max(_BLANK.split(text)[::2], key=len))

    def filled(self, blank: Callable[[str], str | None]) -> str:
        """Fill the blanks in; a blank at the start takes a capital letter."""
        if not self.blanks:
            return self.text
        text = _BLANK.sub(lambda found: blank(found[1]) or "", self.text)
        return text[0].upper() + text[1:]


class _File(Document):
    id: str
    version: int
    language: Language
    moves: dict[str, tuple[str, ...]]


@lru_cache
def phrases(language: Language) -> dict[str, tuple[Phrase, ...]]:
    """Load the packaged phrases of a language, by move."""
    place = (language, "phrases.yaml")
    file = load(packaged("hardseek.supporters.builtin", "data", *place), _File, source="/".join(place))
    return {move: tuple(Phrase.of(text) for text in texts) for move, texts in file.moves.items()}
