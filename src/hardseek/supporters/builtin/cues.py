"""The words by which a control tells what it heard."""

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Final

from hardseek.documents import Document, load, packaged
from hardseek.language import Language

_ANYWHERE: Final = ("complaint", "thanks", "advice_sought", "identity", "empty", "feelings")


class Cues(Document):
    """Lists of words and phrases, lower case, with straight apostrophes."""

    id: str
    version: int
    language: Language
    complaint: tuple[str, ...]
    """Says that the supporter did not understand or did not help."""
    thanks: tuple[str, ...]
    """Thanks the supporter."""
    advice_sought: tuple[str, ...]
    identity: tuple[str, ...]
    """Asks who or what the supporter is."""
    empty: tuple[str, ...]
    """Answers that tell nothing."""
    filler: tuple[str, ...]
    """What people begin a sentence with, without adding to it."""
    feelings: tuple[str, ...]
    """Fit after "feel" and 觉得."""
    negation: tuple[str, ...]

    @cached_property
    def finders(self) -> dict[str, re.Pattern[str]]:
        """A pattern for each list that is looked for anywhere in a turn; the turn is to be in lower case."""
        return {name: self._anywhere(getattr(self, name)) for name in _ANYWHERE}

    @cached_property
    def opening(self) -> re.Pattern[str]:
        """Fillers at the start of a clause, as many as there are."""
        words = "|".join(_longest_first(self.filler))
        edge = r"(?![\w'])" if self.language == "en" else ""
        return re.compile(rf"(?:(?:{words}){edge}[\s,，、…\-]*)+", re.IGNORECASE)

    def _anywhere(self, words: Sequence[str]) -> re.Pattern[str]:
        alternatives = "|".join(_longest_first(words))
        return re.compile(rf"\b(?:{alternatives})(?![\w'])" if self.language == "en" else alternatives)


def _longest_first(words: Sequence[str]) -> list[str]:
    return sorted(map(re.escape, words), key=len, reverse=True)


@lru_cache
def cues(language: Language) -> Cues:
    """Load the packaged cues of a language."""
    place = (language, "hearing.yaml")
    return load(packaged("hardseek.supporters.builtin", "data", *place), Cues, source="/".join(place))


def complains(text: str, language: Language) -> bool:
    """Tell whether a seeker says that the supporter did not understand or did not help."""
    return cues(language).finders["complaint"].search(text.lower().replace("’", "'")) is not None
