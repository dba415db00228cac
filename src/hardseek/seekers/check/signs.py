"""What no seeker's turn shows: by its form, in either language, and by what it says, whatever the card."""

import re
from typing import Final

from hardseek.language import Language
from hardseek.seekers.check.rules import Sign, rules

_SIGNS: Final[dict[Sign, str]] = {
    "ai": "talks of being an AI or of its instructions",
    "helping": "speaks as the helper",
    "means": "names means of self-harm",
}
# What is told as somebody's words is not the seeker's own: I want to tell her "you did well".
_QUOTED: Final = re.compile(r"“[^”]{0,200}”|\"[^\"]{0,200}\"|「[^」]{0,200}」")
_READ: Final = 4000
"""Characters that are looked at; a wording without end is too long anyway."""

_PATTERNS: Final[dict[str, re.Pattern[str]]] = {
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


def malformed(text: str) -> list[str]:
    """Return what of a wording's form is wrong."""
    return [what for what, pattern in _PATTERNS.items() if pattern.search(text)]


def signs(text: str, language: Language) -> list[str]:
    """Return what a wording says that no seeker would say; words between quotation marks are not looked at."""
    own = " " + _QUOTED.sub(" ", text[:_READ].replace("’", "'")).lower()
    known = rules(language)
    return [
        what
        for sign, what in _SIGNS.items()
        if any(map(own.__contains__, known.file.triggers[sign])) and known.signs[sign].search(own)
    ]
