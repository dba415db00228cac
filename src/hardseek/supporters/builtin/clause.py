"""The part of a turn that is worth giving back."""

import re
from dataclasses import dataclass
from typing import Final

from hardseek.language import Language, sentences, tokens
from hardseek.supporters.builtin.cues import Cues
from hardseek.supporters.builtin.mirror import mirrored

_LONGEST: Final = {"en": 18, "zh": 28}
"""Words or characters of a sentence that is given back whole; a longer one is taken apart."""
_CUT: Final = 36
"""A part that has no joint and is longer than this is cut off, and is then quoted, never turned."""
_CUT_OFF: Final = "…"
_SHORT_CHINESE: Final = 8
"""A Chinese clause below this many characters takes the next one along."""
_CONTENT_WORD: Final = 4
"""English words of so many letters count as content: a rule of thumb that needs no list."""
_ENGLISH_JOINT = re.compile(r",\s+|\s+[-–—]+\s+|:\s+|\s+(?=(?:and|but|because|cause|cuz|so|then)\s+\w)", re.IGNORECASE)
_CHINESE_JOINT = re.compile(r"[，,、：:\s]+")
_ENDS = " \t\r\n.,!?…;:-–—\"'“”‘’()[]。，！？；：、~～*"
_CHINESE_TAIL = re.compile("(?:吧|啊|呢|啦|嘛|呀|哦|哈)+$")
_ENGLISH_PRONOUN = re.compile(
    r"(?:i|i'm|im|i've|ive|i'd|i'll|we|we're|we've|he|he's|she|she's|they|they're|it|it's|there|there's|"
    r"nobody|no one|everyone|everybody|people)\s+\w",
    re.IGNORECASE,
)
# A noun phrase is taken for a whole clause only when something in it looks like a verb.
_ENGLISH_NOUN = re.compile(
    r"(?:my|our|the|his|her|their|this|that|all|some)\s+(?:[\w'-]+\s+){1,5}?"
    r"(?:is|are|was|were|has|have|had|does|did|do|can|will|would|won't|got|left|said|says|keeps?|kept|wants?|thinks?|"
    r"died|makes?|made|gets?|went|took|takes?|told|tells?|never|always|just|\w+n't|\w{2,}ed)(?![\w'])\s*",
    re.IGNORECASE,
)
_ENGLISH_LOWERED = re.compile(r"(?!I\b)(?:[A-Z][a-z]+)(?=\s|')")
_SUPPORTER = {
    "en": re.compile(r"(?<![\w'])(?:you|your|yours|you're|u|ur)(?![\w'])", re.IGNORECASE),
    "zh": re.compile("你|您"),
}


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a turn, and how it can be given back."""

    words: str
    """As the seeker wrote it, trimmed."""
    turned: str | None
    """Turned to "you", to stand after "I hear that"; None when it is no whole clause or speaks of the supporter."""


def main_clause(text: str, cues: Cues) -> Clause | None:
    """Choose the part that says most: the one with most content words, the later one among equals.

    Questions and complaints about the supporter are left out: they want an answer, not an echo. None when nothing
    else is said.
    """
    language = cues.language
    best, chosen = 0, ""
    for part in _parts(text, language):
        trimmed = "" if is_question(part) else _trim(part, cues)
        if not trimmed or any(cues.finders[name].search(trimmed.lower()) for name in ("complaint", "advice_sought")):
            continue
        content = _content(trimmed, language)
        if content >= best:
            best, chosen = content, trimmed
    return Clause(chosen, _turned(chosen, language)) if chosen else None


def is_question(part: str) -> bool:
    """Tell by its end whether a sentence asks."""
    return part.rstrip(" \"'”’").endswith(("?", "？", "吗"))


def _parts(text: str, language: Language) -> list[str]:
    parts: list[str] = []
    for sentence in sentences(text):
        if len(tokens(sentence)) <= _LONGEST[language]:
            parts.append(sentence)
        elif language == "en":
            parts += _ENGLISH_JOINT.split(sentence)
        else:
            parts += _joined([piece for piece in _CHINESE_JOINT.split(sentence) if piece])
    return parts


def _joined(pieces: list[str]) -> list[str]:
    parts: list[str] = []
    for piece in pieces:
        if parts and len(parts[-1]) < _SHORT_CHINESE and len(parts[-1]) + len(piece) < _LONGEST["zh"]:
            parts[-1] += f"，{piece}"
        else:
            parts.append(piece)
    return parts


def _trim(part: str, cues: Cues) -> str:
    part = part.strip(_ENDS)
    filler = cues.opening.match(part)
    if filler and filler.end() < len(part):
        part = part[filler.end() :].strip(_ENDS)
    if cues.language == "zh":
        part = _CHINESE_TAIL.sub("", part).strip(_ENDS)
        return part if len(part) <= _CUT else f"{part[: _LONGEST['zh']].strip(_ENDS)}{_CUT_OFF}"
    words = part.split()
    return part if len(words) <= _CUT else f"{' '.join(words[: _LONGEST['en']]).strip(_ENDS)}{_CUT_OFF}"


def _content(part: str, language: Language) -> int:
    found = tokens(part)
    return len(found) if language == "zh" else sum(len(word) >= _CONTENT_WORD for word in found)


def _turned(words: str, language: Language) -> str | None:
    if words.endswith(_CUT_OFF) or _SUPPORTER[language].search(words):
        return None
    if language == "zh":
        return mirrored(words, language)
    if not (_ENGLISH_PRONOUN.match(words) or _ENGLISH_NOUN.match(words)):
        return None
    return mirrored(_ENGLISH_LOWERED.sub(lambda found: found[0].lower(), words, count=1), language)
