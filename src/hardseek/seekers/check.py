"""Whether a wording keeps to its move: the seeker stays a seeker and tells no more than it may."""

import re
from functools import lru_cache
from typing import Final

from hardseek.language import Language, detect, length, tokens
from hardseek.seekers.voice import Line

_TOO_LONG: Final = 3
"""Times the aimed length, beyond a few words that anyone may add."""
_SPARE: Final = {"en": 25, "zh": 40}
_ECHO: Final = 0.6
"""Share of a wording's runs of words that stand in the supporter's last turn."""
_TOLD: Final = 0.5
"""Share of a fact's runs of words from which it counts as told."""
_RUN: Final = {"en": 3, "zh": 4}
_SHORTEST: Final = {"en": 6, "zh": 9}
"""Words under which echo and telling cannot be told from chance."""

_READ: Final = 4000
"""Characters that are looked at; a wording without end is too long anyway."""

_PATTERNS: Final[dict[str, re.Pattern[str]]] = {
    "talks of being an AI or of its instructions": re.compile(
        r"\b(as an ai|language model|i'?m an ai|ai assistant|my (?:instructions|prompt)|role[- ]?play(?:ing)?"
        r"|the seeker)\b"
        r"|作为(?:一个|一名)?(?:ai|人工智能|语言模型)|语言模型|我是(?:一个)?(?:ai|人工智能)|角色扮演|求助者|提示词",
        re.IGNORECASE,
    ),
    "speaks as the helper": re.compile(
        r"\b(how can i (?:help|support) you|i'?m here (?:to (?:help|listen|support)|for you)|what brings you here"
        r"|thank you for sharing|i understand how you feel)\b"
        r"|有什么(?:我)?可以帮(?:助)?(?:到)?你|我(?:会)?(?:一直)?在这(?:里|儿)(?:陪|听)|谢谢你(?:愿意)?(?:的)?分享|我能理解你的",
        re.IGNORECASE,
    ),
    "leaks reasoning": re.compile(r"</?(?:think|thinking|reasoning|analysis)>|◁/?think▷", re.IGNORECASE),
    "has stage directions": re.compile(r"\*[^*\n]{2,80}\*|^\s*[\[(（【][^\])）】\n]{2,80}[\])）】]"),
    "is a list": re.compile(r"(?m)^\s*(?:[-*•]|\d+[.)、])\s+\S.*\n\s*(?:[-*•]|\d+[.)、])\s+\S"),
    "has a speaker's label": re.compile(
        r"^\s*(?:seeker|supporter|user|assistant|client|counsell?or|求助者|来访者|咨询师|支持者|用户|助手)\s*[:：]",
        re.IGNORECASE,
    ),
}


def problems(text: str, line: Line) -> tuple[str, ...]:
    """Return what is wrong with a wording of a line, nothing when it will do."""
    card = line.part.card
    if not text.strip():
        return ("has no words",)
    words = length(text)
    found = [what for what, pattern in _PATTERNS.items() if pattern.search(text)]
    language = detect(text)
    if language is not None and language != card.language:
        found.append("is in the wrong language")
    if words > _TOO_LONG * line.move.length + _SPARE[card.language]:
        found.append(f"is far too long ({words}, aimed at {line.move.length})")
    runs = _runs(text, card.language)
    if runs and words >= _SHORTEST[card.language]:
        last = next((said.content for said in reversed(line.transcript) if said.role == "assistant"), "")
        echoed = runs & _runs(last, card.language)
        allowed = {*line.move.facts, *line.state.disclosed}
        for fact in card.facts:
            told = _runs(fact.text, card.language)
            if fact.id in allowed:
                echoed -= told  # the supporter had these words from the seeker
            elif told and len(told & runs) / len(told) >= _TOLD:
                found.append(f"tells {fact.id}, which is not to be told yet")
        if len(echoed) / len(runs) > _ECHO:
            found.append("echoes the supporter")
    return tuple(found)


@lru_cache(maxsize=4096)  # the facts of a card are looked at again at every turn
def _runs(text: str, language: Language) -> frozenset[tuple[str, ...]]:
    units = tokens(text[:_READ].lower())
    return frozenset(zip(*(units[start:] for start in range(_RUN[language])), strict=False))
