"""Whether a text is in the language it is said to be in: script first, then the words that no text goes without."""

import re
from functools import cache
from typing import Final

from hardseek.documents import Document, load, packaged
from hardseek.language import Language, detect, length, tokens

_KANA_OR_HANGUL = re.compile("[\u3040-\u30ff\uac00-\ud7af]")
_OTHER_SCRIPT = re.compile("[\u0370-\u03ff\u0400-\u04ff\u0590-\u06ff\u0900-\u0dff\u0e00-\u0e7f]")
_LEAST_SHARE: Final = 0.12
"""Of English function words. Situations in ESConv of 15 words or more have 0.46 as their median, 0.19 at least; notes
("Lost job, no money, frequent rows with wife") may have none, so a text has to look like another language too."""
_STRANGE_SHARE: Final = 0.2
"""Of words that are another language's, or have letters that English has not."""
_ENOUGH_WORDS: Final = 12


class Words(Document):
    """What tells English from other languages in its letters."""

    id: str
    version: int
    english: frozenset[str]
    others: tuple[frozenset[str], ...]
    """One set a language."""


@cache
def _words() -> Words:
    return load(packaged("hardseek.cards", "data", "tongue.yaml"), Words, source="cards/data/tongue.yaml")


def not_in(text: str, language: Language, *, function_words: bool = True) -> str | None:
    """Say why a text is not in a language, None when it may be; texts without letters are in any.

    Args:
        text: a card's whole telling; a single field of it only without `function_words`, for dialects and notes may go
            without them for a sentence.
        language: what it is said to be in.
        function_words: whether to look at them too: French is in the letters of English.
    """
    found = detect(text)
    if found is None:
        return "in another script" if _OTHER_SCRIPT.search(text) or _KANA_OR_HANGUL.search(text) else None
    other = len(_KANA_OR_HANGUL.findall(text)) + len(_OTHER_SCRIPT.findall(text))
    if other > length(text) / 2:
        return "neither in English nor in Chinese"
    if found != language:
        return f"written in {found}, and the card is in {language}"
    if language == "en" and function_words and _strange([word.lower().replace("’", "'") for word in tokens(text)]):
        return "not in English, though in its letters"
    return None


def _strange(words: list[str]) -> bool:
    known = _words()
    if len(words) < _ENOUGH_WORDS or sum(word in known.english for word in words) >= _LEAST_SHARE * len(words):
        return False
    likeness = max(sum(word in other or not word.isascii() for word in words) for other in known.others)
    return likeness >= _STRANGE_SHARE * len(words)
