"""The rules of the check, by language: read once from data/<language>.yaml."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from hardseek.documents import Document, load, packaged
from hardseek.language import Language

Sign = Literal["ai", "helping", "means"]
"""ai: talks of being a program or of instructions; helping: speaks as the helper; means: names means of self-harm."""

Claim = Literal[
    "female", "male", "married", "not-married", "never-married", "single", "divorced", "widowed", "husband", "wife",
    "children", "no-children",
]  # fmt: skip
"""What somebody may say of themselves."""


class ClaimRule(Document):
    """How something is claimed, and what of the card it goes against."""

    against: tuple[str, ...]
    """Of the portrait: gender, partner, children; any of these."""
    unless: tuple[str, ...] = ()
    """Words anywhere on the card with which it goes."""
    triggers: tuple[str, ...]
    """At least one of these is in a text that claims it."""
    said: tuple[str, ...]


class Occupation(Document):
    """A kind of work."""

    said: tuple[str, ...]
    card: tuple[str, ...]
    """Words anywhere on the card with which it goes, beside those of `said`."""


class RulesFile(Document):
    """The rules of one language; regular expressions in small letters, as what they are held against is."""

    id: str
    version: int
    language: Language
    triggers: dict[Sign, tuple[str, ...]]
    """At least one of these is in a text that shows a sign; the patterns are slow."""
    signs: dict[Sign, tuple[str, ...]]
    clause_end: str
    taken_back: str
    """What, before a claim in its clause, makes it no claim."""
    age: tuple[str, ...]
    claims: dict[Claim, ClaimRule]
    working_as: tuple[str, ...]
    """What comes right before an occupation where it is claimed."""
    not_working: str
    """What comes right after the word where it is no claim of an occupation."""
    occupations: dict[str, Occupation]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one language, compiled."""

    file: RulesFile
    signs: dict[Sign, re.Pattern[str]]
    clause_end: re.Pattern[str]
    taken_back: re.Pattern[str]
    age: re.Pattern[str]
    claims: dict[Claim, re.Pattern[str]]
    occupation: re.Pattern[str]
    """An occupation that is claimed, as its group `work`."""
    going_with: dict[str, re.Pattern[str]]
    """By occupation: what on a card goes with it."""


@cache
def rules(language: Language) -> Rules:
    """Return the rules of a language."""
    name = f"{language}.yaml"
    file = load(packaged("hardseek.seekers.check", "data", name), RulesFile, source=f"check/{name}")
    works = "|".join(said for work in file.occupations.values() for said in work.said)
    return Rules(
        file,
        {sign: _any(cues) for sign, cues in file.signs.items()},
        re.compile(file.clause_end),
        re.compile(file.taken_back),
        _any(file.age),
        {claim: _any(rule.said) for claim, rule in file.claims.items()},
        re.compile(f"(?:{'|'.join(file.working_as)})(?P<work>{works}){file.not_working}"),
        {name: _any((*work.said, *work.card)) for name, work in file.occupations.items()},
    )


def _any(cues: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(cues))
