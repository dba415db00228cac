"""What a text is about, roughly: its longer words, or its pairs of Chinese characters."""

from functools import lru_cache
from itertools import pairwise
from typing import Final

from hardseek.language import Language, tokens

_SHORTEST: Final = 4
"""Letters of an English word that says what a text is about."""


@lru_cache(maxsize=1 << 14)
def content(text: str, language: Language) -> frozenset[str]:
    """Return what a text is about: English words of four letters or more, Chinese pairs of characters."""
    found = [word.lower() for word in tokens(text)]
    if language == "en":
        return frozenset(word for word in found if len(word) >= _SHORTEST)
    return frozenset(first + second for first, second in pairwise(found))
