"""Holding what a model extracted against the seeker's own words: what does not stand there is rejected, and counted."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from typing import Final, Literal

import msgspec

from hardseek.cards.building.extraction import FIRST_PERSON, LISTS, PERSON, SINGLE, Age, Extraction, Stated
from hardseek.cards.building.masking import has_mask
from hardseek.cards.building.quoting import places, size
from hardseek.cards.building.source import Source
from hardseek.cards.card import Depth
from hardseek.cards.checking.contradictions import claims, number_of
from hardseek.cards.formats.values import known, prose
from hardseek.cards.tongue import not_in
from hardseek.language import Language, clean, tokens

RejectReason = Literal[
    "no evidence", "evidence not said", "evidence too short", "number not said", "not first person",
    "another language", "identifier", "said twice",
]  # fmt: skip
_FEWEST: Final[dict[Language, int]] = {"en": 3, "zh": 4}
"""Words (characters) of the quotes of a text together; "I" and "我" stand everywhere."""
_SELF: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\b(?:i|im|ive|me|my|mine|myself|we|us|ours?|ourselves)\b", re.I),
    "zh": re.compile("我|咱|俺|自己"),
}  # fmt: skip
_ABOUT: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\b(?:the (?:seeker|user|client|speaker)|this person)\b", re.I),
    "zh": re.compile("求助者|来访者|用户|当事人|发帖人|楼主"),
}
_DIGITS: Final = re.compile(r"\d+")
_NUMERALS: Final = re.compile(r"\d+|[零一二两三四五六七八九十]+|[a-z]+(?:-[a-z]+)?")


class Field(msgspec.Struct, frozen=True):
    """One entry of an extraction, with what came of it."""

    name: str
    """`problem`, `age`, ..., or `facts.1`, `beliefs.2`, counted from 1 as the model gave them."""
    value: str
    quotes: tuple[str, ...]
    rejected: RejectReason | None = None
    """Why it is not believed; None: it is."""
    depth: Depth | None = None
    """Of a fact, as are `feeling`: the model's own judgement."""
    feeling: str | None = None

    @property
    def of(self) -> str:
        """The field of the card."""
        return self.name.partition(".")[0]


def verified(extraction: Extraction, source: Source) -> tuple[Field, ...]:
    """Return every entry that says something, in the order of the card, each with why it is rejected or None.

    An entry stands when it has evidence, every quote of it stands in one of the seeker's turns, each number in it is in
    its quotes, it is in the source's language, nothing in it stands for an identifier that was removed, it was not said
    before, and, where the person speaks, it is in the first person.
    """
    judge = _Judge(source)
    return tuple(judge.judged(field) for field in _fields(extraction))


def _fields(extraction: Extraction) -> Iterator[Field]:
    for name in ("problem", *PERSON):
        yield from _stated(name, getattr(extraction, name))
    for place, fact in enumerate(extraction.facts, start=1):
        text = prose(clean(fact.text))
        if text:
            feeling = known(clean(fact.feeling)) if fact.feeling else None
            yield Field(f"facts.{place}", text, _quotes(fact.quotes), depth=fact.depth, feeling=feeling)
    for name in LISTS:
        for place, entry in enumerate(getattr(extraction, name), start=1):
            text = prose(clean(entry.text))
            if text:
                yield Field(f"{name}.{place}", text, _quotes(entry.quotes))
    for name in SINGLE[len(PERSON) :]:
        yield from _stated(name, getattr(extraction, name))


def _stated(name: str, stated: Stated | Age) -> Iterator[Field]:
    """Yield a value; null, and words for it ("not mentioned", "未提及"), are unknown and no entry."""
    value = known(clean(str(stated.value))) if stated.value else None
    if value is not None and value.lower() != "null":
        yield Field(name, value, _quotes(stated.quotes))


def _quotes(quotes: list[str]) -> tuple[str, ...]:
    return tuple(quote for each in quotes if (quote := clean(each)))


class _Judge:
    """Looks at the entries of one source, in their order."""

    def __init__(self, source: Source) -> None:
        self._language: Language = source.language
        self._turns = tuple(source.own)
        self._said: set[tuple[str, str]] = set()
        self._checks: tuple[tuple[RejectReason, Callable[[Field], bool]], ...] = (
            ("no evidence", lambda field: not field.quotes),
            ("evidence not said", self._not_said),
            ("evidence too short", self._too_short),
            ("number not said", self._number_not_said),
            ("another language", self._another_language),
            ("identifier", self._identifier),
            ("not first person", self._not_first_person),
            ("said twice", self._said_twice),
        )

    def judged(self, field: Field) -> Field:
        """Return the entry with the first reason that speaks against it."""
        why = next((reason for reason, holds in self._checks if holds(field)), None)
        if why is None:
            self._said.add(self._key(field))
        return msgspec.structs.replace(field, rejected=why)

    def _not_said(self, field: Field) -> bool:
        return any(places(quote, self._turns) is None for quote in field.quotes)

    def _too_short(self, field: Field) -> bool:
        if field.of in PERSON or field.of == "feelings":
            return False  # "23" and "sad" are evidence enough
        return sum(map(size, field.quotes)) < _FEWEST[self._language]

    def _number_not_said(self, field: Field) -> bool:
        said = {number for quote in field.quotes for number in numbers(quote, self._language)}
        return any(int(digits) not in said for digits in _DIGITS.findall(field.value))

    def _another_language(self, field: Field) -> bool:
        return not_in(field.value, self._language, function_words=False) is not None

    def _identifier(self, field: Field) -> bool:
        """Nobody can play what was taken out."""
        return has_mask(field.value, self._language)

    def _not_first_person(self, field: Field) -> bool:
        return field.of in FIRST_PERSON and not first_person(field.value, self._language)

    def _said_twice(self, field: Field) -> bool:
        return self._key(field) in self._said

    @staticmethod
    def _key(field: Field) -> tuple[str, str]:
        return field.of, " ".join(tokens(field.value.lower()))


def first_person(text: str, language: Language) -> bool:
    """Tell whether a person speaks in a text: they name themselves, and nobody names them from outside."""
    return _SELF[language].search(text) is not None and _ABOUT[language].search(text) is None


def numbers(text: str, language: Language) -> Iterator[int]:
    """Yield the whole numbers of a text, in digits or, below 100, in words ("twenty three" gives 20, 3 and 23)."""
    words = _NUMERALS.findall(text.lower())
    for word in (*words, *map(" ".join, pairwise(words))):
        number = _number(word, language)
        if number is not None:
            yield number


@cache
def _number(word: str, language: Language) -> int | None:
    return int(word) if word.isdecimal() else number_of(word, claims(language))
