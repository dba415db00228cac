"""The taxonomy of problems: three domains, seven areas, 37 leaves, and what they are called elsewhere.

Names, definitions and correspondences stand in data/taxonomy.yaml. A card names its leaf; cards of other projects may
name only the domain, where that is all they tell.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from hardseek.documents import Document, load, packaged
from hardseek.errors import Refused
from hardseek.language import Language
from hardseek.mistakes import did_you_mean

_PACKAGE: Final = "hardseek.cards"


class Wording(Document):
    """A text in both languages."""

    en: str
    zh: str

    def of(self, language: Language) -> str:
        """Return the text in a language."""
        return self.en if language == "en" else self.zh


class Leaf(Document):
    """A kind of problem."""

    id: str
    name: Wording
    definition: Wording
    esconv: tuple[str, ...] = ()
    """Problem types of ESConv (Liu et al., 2021) that fall under it."""


class Area(Document):
    """A part of life, with its leaves."""

    id: str
    name: Wording
    leaves: tuple[Leaf, ...]


class Domain(Document):
    """One of the three broadest groups."""

    id: str
    name: Wording
    esc_eval: Wording
    """The top category of ESC-Eval (arXiv 2406.14952) that it corresponds to."""
    areas: tuple[Area, ...]


class Taxonomy(Document):
    """All of it, in its order."""

    id: str
    version: int
    domains: tuple[Domain, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a category stands: a leaf has all three, an area no leaf, a domain neither."""

    domain: Domain
    area: Area | None = None
    leaf: Leaf | None = None

    @property
    def id(self) -> str:
        """The id of the narrowest of the three."""
        return (self.leaf or self.area or self.domain).id


@cache
def taxonomy() -> Taxonomy:
    """Return the taxonomy."""
    return load(packaged(_PACKAGE, "data", "taxonomy.yaml"), Taxonomy, source="cards/data/taxonomy.yaml")


@cache
def places() -> dict[str, Place]:
    """Return every domain, area and leaf by its id, each domain and area before what is in it."""
    found: dict[str, Place] = {}
    for domain in taxonomy().domains:
        found[domain.id] = Place(domain)
        for area in domain.areas:
            found[area.id] = Place(domain, area)
            found.update({leaf.id: Place(domain, area, leaf) for leaf in area.leaves})
    return found


@cache
def leaves() -> dict[str, Leaf]:
    """Return the leaves by their ids, in the order of the taxonomy."""
    return {identity: place.leaf for identity, place in places().items() if place.leaf is not None}


def leaf(identity: str) -> Leaf:
    """Return a leaf; raises Refused with the nearest one when there is none of this id."""
    if identity not in leaves():
        raise Refused(f"category: there is no leaf {identity!r} in the taxonomy{did_you_mean(identity, leaves())}")
    return leaves()[identity]


def area_of(category: str | None) -> str | None:
    """Return the id of the area in which a category lies (of the domain, where it names only that), else None."""
    place = places().get(category) if category is not None else None
    return None if place is None else (place.area or place.domain).id


def within(category: str | None, group: str) -> bool:
    """Tell whether a category is a leaf, area or domain named `group`, or lies in it."""
    place = places().get(category) if category is not None else None
    if place is None:
        return category == group
    return group in {each.id for each in (place.leaf, place.area, place.domain) if each is not None}


def category_named(text: str) -> str | None:
    """Return the id of the leaf, area or domain that a text names: its id, its name, what ESConv or ESC-Eval say."""
    wanted = text.strip().lower()
    for identity, place in places().items():
        name = (place.leaf or place.area or place.domain).name
        if wanted in {identity, name.en.lower(), name.zh}:
            return identity
    return leaf_of_esconv(text) or domain_of_esc_eval(text)


def leaf_of_esconv(problem_type: str) -> str | None:
    """Return the leaf for a problem type of ESConv, in whatever case it is written; None for an unknown one."""
    wanted = problem_type.strip().lower()
    return next((each.id for each in leaves().values() if wanted in map(str.lower, each.esconv)), None)


def domain_of_esc_eval(top_category: str) -> str | None:
    """Return the domain for a top category of ESC-Eval, named in either language; None for an unknown one."""
    wanted = top_category.strip().lower()
    for domain in taxonomy().domains:
        if wanted in {domain.esc_eval.en.lower(), domain.esc_eval.zh}:
            return domain.id
    return None
