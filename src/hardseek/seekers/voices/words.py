"""Words that decide how sentences may be put together, by language."""

import re
from functools import cache, cached_property
from typing import Annotated

from pydantic import BeforeValidator

from hardseek.documents import Document, load, packaged
from hardseek.language import Language


def _split(value: object) -> object:
    return value.split() if isinstance(value, str) else value


class Words(Document):
    """The word lists of one language."""

    id: str
    version: int
    language: Language
    starters: Annotated[frozenset[str], BeforeValidator(_split)]
    """Words that lose their capital within a sentence; any other first word may be a name."""
    leaning: Annotated[tuple[str, ...], BeforeValidator(_split)]
    """How a clause begins that says nothing without the next one."""
    hanging: tuple[str, ...]
    """Regular expressions of how a clause ends that says nothing without the next one."""
    settled: tuple[str, ...]
    """How a phrase begins that takes no opener and no connector."""
    feelings: dict[str, str]
    """Nouns of feeling, and how they are said after "a bit" or "just"."""

    @cached_property
    def _leaning(self) -> re.Pattern[str]:
        boundary = r"\b" if self.language == "en" else ""
        return re.compile(f"(?:{'|'.join(map(re.escape, self.leaning))}){boundary}", re.IGNORECASE)

    @cached_property
    def _hanging(self) -> re.Pattern[str]:
        return re.compile(f"(?:{'|'.join(self.hanging)})[,，;；:：]?$", re.IGNORECASE)

    def leans(self, clause: str) -> bool:
        """Tell whether a clause needs the next one to say anything."""
        return self._leaning.match(clause) is not None or self._hanging.search(clause) is not None


@cache
def words(language: Language) -> Words:
    """Return the word lists of a language; read once."""
    text = packaged("hardseek.seekers.voices", "data", language, "words.yaml")
    return load(text, Words, source=f"{language}/words.yaml")
