"""What a card says of its person in so many words: age, gender, partner, children.

Cards say it freely ("divorced, one grown-up son", “已婚，两个孩子”), so that it is read by patterns
(data/portrait.yaml). What is not said stays unknown: nothing is concluded from silence.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal

from hardseek.cards import RoleCard
from hardseek.documents import Document, load, packaged
from hardseek.language import Language

Partner = Literal["married", "partnered", "single", "divorced", "widowed"]
"""partnered: together, not married; single: no partner, and nothing said of a marriage before."""
Gender = Literal["female", "male"]
Trait = Literal[
    "female", "male", "married", "partnered", "single", "divorced", "widowed", "children", "no-children"
]  # fmt: skip

_PORTRAITS: Final = 1 << 12


class _File(Document):
    id: str
    version: int
    traits: dict[Trait, dict[Language, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Portrait:
    """What is known of a card's person; None where the card does not say."""

    age: int | None
    gender: Gender | None
    partner: Partner | None
    children: bool | None

    @property
    def together(self) -> bool | None:
        """Whether there is a partner."""
        return None if self.partner is None else self.partner in {"married", "partnered"}


@lru_cache(maxsize=_PORTRAITS)
def portrait(language: Language, age: int | str | None, gender: str | None, relationship: str | None) -> Portrait:
    """Read what a card's fields say."""
    sex, bond = gender or "", relationship or ""
    genders: tuple[Gender, ...] = ("female", "male")
    # Where a text says two things ("single since the divorce"), the later stage of life is named first here.
    partners: tuple[Partner, ...] = ("widowed", "divorced", "single", "partnered", "married")
    childless = _says("no-children", bond, language)
    return Portrait(
        age if isinstance(age, int) else None,
        next((each for each in genders if _says(each, sex, language)), None),
        next((each for each in partners if _says(each, bond, language)), None),
        False if childless else (True if _says("children", bond, language) else None),
    )


def of_card(card: RoleCard) -> Portrait:
    """Return the portrait of a card's person."""
    return portrait(card.language, card.age, card.gender, card.relationship)


def _says(trait: Trait, text: str, language: Language) -> bool:
    return _patterns()[trait, language].search(text) is not None


@cache
def _patterns() -> dict[tuple[Trait, Language], re.Pattern[str]]:
    file = load(packaged("hardseek.seekers", "data", "portrait.yaml"), _File, source="portrait.yaml")
    return {
        (trait, language): re.compile("|".join(cues), re.IGNORECASE)
        for trait, languages in file.traits.items()
        for language, cues in languages.items()
    }
