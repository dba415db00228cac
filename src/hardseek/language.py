"""The two languages, and what "a word" and "a sentence" are in each of them."""

import re
from typing import Final, Literal

Language = Literal["en", "zh"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "zh")

A_WORD: Final[dict[Language, float]] = {"en": 1.0, "zh": 1.6}
"""What `length` counts for an English word: 1.6 Chinese characters, a usual ratio of texts of the same content."""
BRIEF: Final[dict[Language, int]] = {"en": 3, "zh": 5}
"""What `length` counts at most in a turn of a few words: three words, and in characters as much, 1.6 to a word."""

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_HAN_CHARACTER = re.compile(f"[{_HAN}]")
_LATIN_LETTER = re.compile(r"[A-Za-z]")
# A Chinese token is one character: the usual unit of length in Chinese corpora, and free of a segmenter's taste.
_TOKEN = re.compile(f"[{_HAN}]|[^\\W_{_HAN}]+(?:['’-][^\\W_{_HAN}]+)*")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SENTENCE_END = re.compile(r"(?<=[.!?。！？…；;])\s*|\n+")


def tokens(text: str) -> list[str]:
    """Split into words: Latin words (with inner apostrophes and hyphens), and single Chinese characters."""
    return _TOKEN.findall(text)


def length(text: str) -> int:
    """Count the words of English text and the characters of Chinese text, punctuation left out."""
    return len(tokens(text))


def sentences(text: str) -> list[str]:
    """Split at sentence-ending marks of either language and at line breaks; blanks are dropped."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part and part.strip()]


def detect(text: str) -> Language | None:
    """Tell the language by its script: Chinese when Han characters outnumber Latin words, None without letters."""
    if text.isascii():  # quicker, and the same
        return "en" if _LATIN_LETTER.search(text) else None
    han = len(_HAN_CHARACTER.findall(text))
    latin_words = sum(1 for token in tokens(text) if _LATIN_LETTER.search(token))
    if han == latin_words == 0:
        return None
    return "zh" if han >= latin_words else "en"


def clean(text: str) -> str:
    """Make text from outside safe to store: lone surrogates become U+FFFD, NUL is dropped, ends are stripped."""
    if not text.isascii():
        text = _SURROGATE.sub("\ufffd", text)
    return text.replace("\0", "").strip()
