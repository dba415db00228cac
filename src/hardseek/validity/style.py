"""How a dialogue is written, as numbers: the style of a seeker's turns, and their function words."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from math import log
from statistics import fmean, pstdev
from typing import Final

from pydantic import Field

from hardseek.documents import Document, load, packaged
from hardseek.language import Language, length, sentences, tokens
from hardseek.validity.markers import brief, shows

_PER: Final = 100.0
_FEW: Final = 60
"""Words over which different ones are counted: their share falls with length, which is a feature of its own."""
_OPEN_END = re.compile(r"[.!?。！？…~～)）\"”]\s*$")


class _Style(Document):
    id: str
    version: int
    rates: dict[str, dict[Language, tuple[str, ...]]]
    function_words: dict[Language, str] = Field(alias="function words")


@cache
def _style() -> _Style:
    return load(packaged("hardseek.validity", "data", "style.yaml"), _Style, source="style.yaml")


@cache
def _rates(language: Language) -> dict[str, re.Pattern[str]]:
    return {name: re.compile("|".join(each[language])) for name, each in _style().rates.items()}


@cache
def function_words(language: Language) -> tuple[str, ...]:
    """Return the closed classes of words of a language, in Chinese characters."""
    return tuple(dict.fromkeys(_style().function_words[language].split()))


def style(texts: Sequence[str], language: Language) -> dict[str, float]:
    """Return the features of style of a seeker's turns; `texts` has at least one."""
    lengths = [float(length(text)) for text in texts]
    said = [tokens(text.lower()) for text in texts]
    words = [word for each in said for word in each]
    shares = {
        "brief turns": [brief(text, language) for text in texts],
        "turns with a question": ["?" in text or "？" in text for text in texts],
        "turns with thanks": [shows("thanks", text, language) for text in texts],
        "turns without a full stop at the end": [not _OPEN_END.search(text) for text in texts],
        "turns that begin with a capital": [text[:1].isupper() for text in texts],
    }
    counted = {name: fmean(each) for name, each in shares.items()}
    if language == "zh":
        del counted["turns that begin with a capital"]
    whole = "\n".join(texts)
    per = _PER / max(len(words), 1)
    return {
        "length (log)": fmean(log(1 + each) for each in lengths),
        "spread of length (log)": pstdev(log(1 + each) for each in lengths),
        "sentences in a turn": fmean(len(sentences(text)) for text in texts),
        "different words": len(set(words[:_FEW])) / max(len(words[:_FEW]), 1),
        "length of words": fmean(map(len, words)) if words and language == "en" else 0.0,
        **counted,
        **{name: per * len(pattern.findall(whole)) for name, pattern in _rates(language).items()},
    }


def closed_classes(texts: Sequence[str], language: Language) -> dict[str, float]:
    """Return how often each function word stands in 100 words (characters) of a seeker's turns."""
    words = [word.replace("’", "'") for text in texts for word in tokens(text.lower())]
    counts = Counter(words)
    return {word: _PER * counts[word] / max(len(words), 1) for word in function_words(language)}
