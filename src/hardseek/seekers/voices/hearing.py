"""What the words answer to: what was asked, what was advised, which feeling was named.

How a turn is taken in is the appraisal's; here is only what an answer in words has to fit: nobody says "yes" to a why,
and one who takes up advice says which. The patterns stand in data/<language>/hearing.yaml.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal

from hardseek.documents import Document, load, packaged
from hardseek.language import Language, length, sentences
from hardseek.seekers.voices.gerund import gerund

Asked = Literal[
    "feeling",   # what it is like
    "part",      # what matters, hurts, goes through one's mind
    "why",       # how it came about
    "want",      # what would be wished for
    "cope",      # how days go, what was tried
    "think",     # what one makes of something offered
    "more",      # anything else
    "when",
    "often",
    "who",
    "where",
    "scale",     # how bad, from 0 to 10
    "safe",      # whether they are in danger from themselves
    "age",
    "partner",   # whether there is one; a closed question that the card answers
    "children",  # likewise
]  # fmt: skip
"""What a question asks for."""

Context = Literal[
    "start", "advice", "comfort", "minimised", "asked", "question", "open", "closed", "known-yes", "known-no",
    "feeling", "part", "why", "want", "cope", "think", "more", "when", "often", "who", "where", "scale", "safe",
    "age",
]  # fmt: skip
"""What the supporter's last turn was, as far as it decides which words fit.

None at the start, advice, comfort (anything else that asks nothing), talk that makes the trouble small (minimised), or
a question of a kind; open is one of no known kind. Of a closed one the card may know the answer: yes or no. As what a
phrase goes with, asked is any question at all, and question any open one.
"""

_OPEN: Final[frozenset[str]] = frozenset({"open", "feeling", "part", "why", "want", "cope", "think", "more"})
_UNASKED: Final[frozenset[str]] = frozenset({"start", "advice", "comfort", "minimised"})
_ASKED_EITHER_WAY: Final[frozenset[str]] = frozenset({"partner", "children", "age", "think", "more", "who"})
"""What is asked for by a question that could be answered with yes or no, too."""
_QUOTED: Final = re.compile(r'"[^"]*"|“[^”]*”')
"""What the seeker said, said back to them: no advice, whatever stands in it."""
_READ: Final = 4000
"""Characters that are looked at."""
_HEARD: Final = 1 << 12
"""Turns that are kept: each is looked at by every wording of its answer."""


def covers(name: Context, context: Context) -> bool:
    """Tell whether phrases that go with `name` fit what the supporter did."""
    if name == "asked":
        return context not in _UNASKED
    return name == context or (name == "question" and context in _OPEN)


class HearingFile(Document):
    """The patterns of one language; regular expressions, case ignored."""

    id: str
    version: int
    language: Language
    safe: tuple[str, ...]
    """Of a question whether somebody is in danger from themselves; looked for in every question."""
    asked: dict[Asked, tuple[str, ...]]
    """By what is asked for; looked for in the last question, in this order."""
    closed: tuple[str, ...]
    """Of a question that takes a yes or a no."""
    triggers: tuple[str, ...]
    """At least one of these is in a turn, in small letters, that advises; the patterns are slow."""
    advising: tuple[str, ...]
    """What comes right before what is advised."""
    advised: str
    """What is advised, where it ends included."""
    said: dict[str, str]
    """How the seeker says it: what is to be replaced, by what."""
    no_advice: tuple[str, ...]
    """How something begins that is nothing to do."""
    longest: int
    """Words or characters of advice that are still said again."""
    feelings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Patterns:
    safe: re.Pattern[str]
    asked: tuple[tuple[Asked, re.Pattern[str]], ...]
    closed: re.Pattern[str]
    triggers: tuple[str, ...]
    advice: re.Pattern[str]
    said: tuple[tuple[re.Pattern[str], str], ...]
    no_advice: re.Pattern[str]
    feelings: re.Pattern[str]
    longest: int


@dataclass(frozen=True, slots=True)
class Heard:
    """What an answer to a turn has to fit."""

    asked: Asked | Literal["closed", "open"] | None
    """What the last question asks for; None when nothing is asked."""
    advice: tuple[str, ...]
    """What is advised, as the seeker would name it: "keeping a diary", “每天运动”."""
    feelings: tuple[str, ...]
    """Feelings that are named."""
    questions: int = 0
    """How many questions there are."""


@lru_cache(maxsize=_HEARD)
def hear(text: str, language: Language) -> Heard:
    """Look at a supporter's turn."""
    text = text[:_READ].replace("’", "'")
    patterns = _patterns(language)
    questions = _questions(text)
    return Heard(
        _asked([question.lower() for question in questions], patterns) if questions else None,
        _advice(_QUOTED.sub("", text), language, patterns),
        tuple(patterns.feelings.findall(text)),
        len(questions),
    )


def _questions(text: str) -> list[str]:
    return [sentence for sentence in sentences(text) if sentence.rstrip("”\"' ").endswith(("?", "？"))]


def _asked(questions: Sequence[str], patterns: _Patterns) -> Asked | Literal["closed", "open"]:
    """Return what the last question asks for; one about safety is answered wherever it stands."""
    last = questions[-1]
    if any(map(patterns.safe.search, questions)):
        return "safe"
    kind = next((kind for kind, pattern in patterns.asked if pattern.search(last)), None)
    if patterns.closed.search(last) and kind not in _ASKED_EITHER_WAY:
        return "closed"
    return kind or "open"


def _advice(text: str, language: Language, patterns: _Patterns) -> tuple[str, ...]:
    small = text.lower()
    if not any(map(small.__contains__, patterns.triggers)):
        return ()
    found: list[str] = []
    for match in patterns.advice.finditer(text):
        what = match["what"].strip(" ,，")
        for pattern, put in patterns.said:
            what = pattern.sub(put, what)
        if what and not patterns.no_advice.match(what) and length(what) <= patterns.longest:
            found.append(gerund(what, named=match["named"] is not None) if language == "en" else what)
    return tuple(dict.fromkeys(found))


@cache
def _patterns(language: Language) -> _Patterns:
    text = packaged("hardseek.seekers.voices", "data", language, "hearing.yaml")
    file = load(text, HearingFile, source=f"{language}/hearing.yaml")
    return _Patterns(
        _any(file.safe),
        tuple((kind, _any(cues)) for kind, cues in file.asked.items()),
        _any(file.closed),
        file.triggers,
        re.compile(f"(?:{'|'.join(file.advising)}){file.advised}", re.IGNORECASE | re.MULTILINE),
        tuple((re.compile(cue, re.IGNORECASE), put) for cue, put in file.said.items()),
        _any(file.no_advice),
        re.compile(
            rf"(?<!not )\b(?:{'|'.join(file.feelings)})\b"
            if language == "en"
            else f"(?<!不)(?:{'|'.join(file.feelings)})"
        ),
        file.longest,
    )


def _any(cues: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(cues), re.IGNORECASE)
