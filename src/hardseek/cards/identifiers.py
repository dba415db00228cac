"""What could tell who a person is or how to reach them: numbers, addresses and names, in both languages.

The patterns are data (data/identifiers.yaml). A first name alone is no identifier. Libraries were looked at:
Presidio needs spaCy and a language model, scrubadub NLTK and scikit-learn, and neither has Chinese out of the box;
phonenumbers knows phones only.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from hardseek.documents import Document, load, packaged

_SHOWN: Final = 2


class Pattern(Document):
    """How one kind of identifier is written."""

    kind: str
    """What it is, as it is called in messages."""
    pattern: str
    """A regular expression; `{given}` and `{surname}` stand for the lists, a group named `it` is what is meant."""
    ignore_case: bool = False


class Identifiers(Document):
    """All patterns, and the names that they know."""

    id: str
    version: int
    given: tuple[str, ...]
    """English first names, for "First Last"."""
    surname: str
    """Chinese surnames of one character."""
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Identifier:
    """One identifier in a text."""

    kind: str
    start: int
    end: int

    def masked(self, text: str) -> str:
        """Return it as it may be shown: its first characters, the rest hidden."""
        return f"{text[self.start : self.start + _SHOWN]}{'*' * (self.end - self.start - _SHOWN)}"


def identifiers(text: str) -> tuple[Identifier, ...]:
    """Find what identifies a person in a text of either language, in its order; of two that overlap, the longer."""
    found = [
        Identifier(kind, *match.span("it" if "it" in match.re.groupindex else 0))
        for kind, pattern in _patterns()
        for match in pattern.finditer(text)
    ]
    kept: list[Identifier] = []
    for each in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if all(each.end <= other.start or other.end <= each.start for other in kept):
            kept.append(each)
    return tuple(sorted(kept, key=lambda one: one.start))


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    known = load(packaged("hardseek.cards", "data", "identifiers.yaml"), Identifiers, source="data/identifiers.yaml")
    given = "|".join(known.given)
    return tuple(
        (
            each.kind,
            re.compile(
                each.pattern.replace("{given}", given).replace("{surname}", known.surname),
                re.IGNORECASE if each.ignore_case else 0,
            ),
        )
        for each in known.patterns
    )
