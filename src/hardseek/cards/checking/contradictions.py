"""Facts that contradict what the card says of its person: age, children, years of marriage, partner, siblings, gender.

Transparent rules of high precision, not a reading of the text: each is a pattern for what the card states and one for
what the person says, and both have to be unmistakable (data/claims-en.yaml, claims-zh.yaml). What no rule knows is not
found.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, Literal

from hardseek.cards.card import RoleCard
from hardseek.cards.checking.finding import Finding, severity, shortened, told
from hardseek.cards.formats.values import gender_word
from hardseek.documents import Document, load, packaged
from hardseek.language import Language

_ABOUT: Final = ("occupation", "relationship", "setting", "summary")
_HUNDRED: Final = 100


class Quantity(Document):
    """A number that the card states and the person says."""

    what: str
    stated: tuple[str, ...] = ()
    """Patterns of what is stated about the person; the group `n` is the number. The age is the card's own."""
    said: tuple[str, ...]
    """Patterns of what the person says."""
    tolerance: int = 0
    """How far the two may lie apart."""


class Exclusion(Document):
    """What the card states and the person cannot say then."""

    what: str
    field: Literal["relationship", "about"]
    """Where it is stated: that field, or anything about the person."""
    stated: str
    unless: str | None = None
    """What makes the statement another one."""
    said: str


class Claims(Document):
    """The rules of a language."""

    id: str
    version: int
    numbers: dict[str, int]
    quantities: dict[str, Quantity]
    exclusions: tuple[Exclusion, ...]
    genders: dict[Literal["female", "male"], tuple[str, ...]]
    """What a person of that gender does not say of themselves."""
    pronouns: dict[Literal["female", "male"], tuple[str, str]]
    """A summary of such a person: what no sentence begins with, unless the second names who it may be."""


def contradictions(cards: Sequence[RoleCard], *, strict: bool) -> Iterator[Finding]:
    """Find texts of a card that contradict each other."""
    for card in cards:
        for field, what in _contradicted(card, claims(card.language)):
            yield Finding(card.id, field, what, severity(strict=strict), "mend whichever is wrong")


def _contradicted(card: RoleCard, rules: Claims) -> Iterator[tuple[str, str]]:
    about = [value for name in _ABOUT if (value := getattr(card, name))]
    for name, quantity in rules.quantities.items():
        stated = [number for text in about for number in _numbers(quantity.stated, text, rules)]
        if name == "age" and isinstance(card.age, int):
            for number in stated:
                if abs(number - card.age) > quantity.tolerance:
                    yield "summary", f"{quantity.what}: {number}, and the card says {card.age}"
            stated = [card.age]
        for field, text in told(card):
            for said in _numbers(quantity.said, text, rules):
                if stated and all(abs(said - number) > quantity.tolerance for number in stated):
                    yield field, f"{quantity.what}: says {said}, and the card {stated[0]}: {shortened(text)}"
    for rule in rules.exclusions:
        places = [card.relationship or ""] if rule.field == "relationship" else about
        stating = any(_found(rule.stated, text) and not (rule.unless and _found(rule.unless, text)) for text in places)
        for field, text in told(card) if stating else ():
            if _found(rule.said, text):
                yield field, f"{rule.what}: {shortened(text)}"
    yield from _gender(card, rules)


def _gender(card: RoleCard, rules: Claims) -> Iterator[tuple[str, str]]:
    gender = gender_word(card.gender)
    if gender is None:
        return
    for field, text in told(card):
        if any(_found(pattern, text) for pattern in rules.genders[gender]):
            yield field, f"gender: the card says {card.gender}: {shortened(text)}"
    beginning, anywhere = rules.pronouns[gender]
    if _found(beginning, card.summary) and not _found(anywhere, card.summary):
        yield "summary", f"gender: the card says {card.gender}: {shortened(card.summary)}"


def _numbers(patterns: Sequence[str], text: str, rules: Claims) -> Iterator[int]:
    for pattern in patterns:
        for found in _compiled(pattern).finditer(text):
            number = number_of(found["n"], rules)
            if number is not None:
                yield number


def number_of(word: str, rules: Claims) -> int | None:
    """Read a number below 100 in digits or words of the rules' language; None when it is none."""
    word = word.lower()
    if word.isdecimal():
        return int(word)
    if word in rules.numbers:
        return rules.numbers[word]
    tens, _, ones = word.partition("十") if "十" in word else word.replace(" ", "-").partition("-")
    if "十" in word:
        ten, one = rules.numbers.get(tens, 1 if not tens else None), rules.numbers.get(ones, 0 if not ones else None)
        return None if ten is None or one is None else 10 * ten + one
    if tens in rules.numbers and ones in rules.numbers and rules.numbers[tens] + rules.numbers[ones] < _HUNDRED:
        return rules.numbers[tens] + rules.numbers[ones]
    return None


def _found(pattern: str, text: str) -> bool:
    return _compiled(pattern).search(text) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@cache
def claims(language: Language) -> Claims:
    """Return the rules of a language."""
    name = f"claims-{language}.yaml"
    return load(packaged("hardseek.cards.checking", "data", name), Claims, source=f"checking/data/{name}")
