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

_BORROWED: Final = 2
"""English words that stand alone in Chinese chats: "ok", "emo"."""
_READ: Final = 4000
"""Characters that are looked at; a wording without end is too long anyway."""

_MACHINE: Final = r"(?:ai|virtual assistant|chat ?bot|(?:large )?language model)"

_PATTERNS: Final[dict[str, re.Pattern[str]]] = {
    "talks of being an AI or of its instructions": re.compile(
        rf"\b(as an? {_MACHINE}|i(?:'?m| am) (?:just |only )?an? {_MACHINE}|(?:my|the) instructions (?:say|tell|are)"
        r"|my (?:system )?prompt|role[- ]?playing|the seeker)\b"
        r"|作为(?:一个|一名)?(?:ai|人工智能|语言模型|聊天机器人)|我(?:只)?是(?:一个|个)?(?:ai|人工智能|语言模型|聊天机器人)"
        r"|角色扮演|求助者|(?:根据|按照|我的)(?:提示词|设定|指令)",
        re.IGNORECASE,
    ),
    "speaks as the helper": re.compile(
        r"\b(how can i (?:help|support) you|i'?m here (?:to (?:help|listen|support)|for you)|what brings you here"
        r"|thank you for sharing|i understand how you feel)\b"
        r"|有什么(?:我)?可以帮(?:助)?(?:到)?你|我(?:会)?(?:一直)?在这(?:里|儿)(?:陪(?:着|伴)?你|听(?:着|你))"
        r"|谢谢你(?:愿意)?(?:的)?分享|我能理解你的(?:感受|心情|处境|痛苦|难处)",
        re.IGNORECASE,
    ),
    "leaks reasoning": re.compile(r"</?(?:think|thinking|reasoning|analysis)>|◁/?think▷", re.IGNORECASE),
    # A single word between asterisks is also how people stress it: "I *really* can't".
    "has stage directions": re.compile(
        r"^\s*\*[^*\n]{2,80}\*|\*\w+\s[^*\n]{1,80}\*|\*[\u4e00-\u9fff]{1,80}\*|\*\w+s\*|^\s*[\[(（【][^\])）】\n]{2,80}[\])）】]"
    ),
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
    if language not in {None, card.language} and not (language == "en" and words <= _BORROWED):
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
