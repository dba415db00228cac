"""Numbers that are told otherwise than the card has them: "five years" where the fact says two.

A number counts where it stands with a unit of time and its clause shares enough words with the fact's own clause for
both to be about the same thing, and where the card has it nowhere.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from hardseek.cards import RoleCard
from hardseek.language import Language
from hardseek.seekers.content import content

_WORDS: Final = {
    "one": 1, "a": 1, "an": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "eighteen": 18, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
}  # fmt: skip
_HAN: Final = {digit: number for number, digit in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_UNITS: Final[dict[Language, dict[str, str]]] = {
    "en": {"year": "year", "month": "month", "week": "week", "day": "day", "hour": "hour"},
    "zh": {"年": "year", "个月": "month", "个星期": "week", "个礼拜": "week", "周": "week", "天": "day",
           "个小时": "hour", "个钟头": "hour", "岁": "age"},
}  # fmt: skip
_ONES: Final = "one|two|three|four|five|six|seven|eight|nine"
_NUMBER: Final = rf"\d+(?:\.\d+)?|(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})(?:[- ](?:{_ONES}))?"
_QUANTITY: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(rf"\b({_NUMBER}) (?:and a half |more |whole |long |full )?(year|month|week|day|hour)s?\b", re.I),
    "zh": re.compile(
        r"(\d+(?:\.\d+)?|[一二两三四五六七八九十百]+)多?(年|个月|个星期|个礼拜|周|天|个小时|个钟头|岁)(?![级代龄轻纪])"
    ),
}
_ANY: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(rf"\b(?:{_NUMBER})\b", re.I),
    "zh": re.compile(r"\d+(?:\.\d+)?|[一二两三四五六七八九十百]+"),
}
_CLAUSE: Final = re.compile(r"[,.;!?，。；！？…\n]+")
_SHARED: Final[dict[Language, int]] = {"en": 2, "zh": 3}
"""Content words (en) or pairs of characters (zh) that two clauses share at least to be about the same thing."""
_NEAR: Final = 0.15
"""Share by which numbers may differ and still be the same roughly."""
_CLAUSES: Final = 1 << 13


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, and what its clause is about."""

    number: float
    unit: str
    about: frozenset[str]
    beside: frozenset[float]
    """All numbers of the clause: of "three or four days" both."""


def value(text: str, language: Language) -> float | None:
    """Return the number that a word or a numeral says; None where it says none."""
    text = text.lower()
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return float(text)
    if language == "zh":
        return _han(text)
    parts = [_WORDS.get(part) for part in re.split("[- ]", text)]
    return float(sum(part for part in parts if part)) if all(parts) else None


@lru_cache(maxsize=_CLAUSES)
def quantities(text: str, language: Language) -> tuple[Quantity, ...]:
    """Return the quantities of time in a text."""
    if not any(map(text.lower().__contains__, _UNITS[language])):
        return ()
    found: list[Quantity] = []
    for clause in _CLAUSE.split(text):
        for match in _QUANTITY[language].finditer(clause):
            number = value(match[1], language)
            if number is not None:
                others = (value(other, language) for other in _ANY[language].findall(clause))
                about = content(clause.replace(match[0], " "), language)
                beside = frozenset(other for other in others if other is not None)
                found.append(Quantity(number, _UNITS[language][match[2].lower()], about, beside))
    return tuple(found)


def told_otherwise(text: str, card: RoleCard) -> str | None:
    """Return a quantity that a wording tells otherwise than a fact of the card, with that fact's id; None without."""
    language = card.language
    said = quantities(text, language)
    if not said:
        return None
    facts = [(fact.id, known) for fact in card.facts for known in quantities(fact.text, language)]
    for each in said:
        if any(known.unit == each.unit and _same(known.number, each) for _, known in facts):
            continue
        for name, known in facts:
            if known.unit == each.unit and len(known.about & each.about) >= _SHARED[language]:
                return f"{each.number:g} {each.unit}s, in {name} {known.number:g}"
    return None


def _same(number: float, each: Quantity) -> bool:
    return any(abs(number - other) <= _NEAR * number for other in each.beside)


def _han(text: str) -> float | None:
    total, digit = 0, 0
    for sign in text:
        if sign in _HAN:
            digit = _HAN[sign]
        elif sign in "十百":
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            return None
    return float(total + digit)
