"""What a participant reads of the part they are to play: the person, and how that person behaves."""

from dataclasses import dataclass
from functools import cache

from hardseek.cards import RoleCard
from hardseek.documents import Document, load, packaged
from hardseek.judging.rubrics.rubric import Said
from hardseek.language import Language
from hardseek.seekers import AXES, Condition, Pattern
from hardseek.seekers.axes import axes


class _Words(Document):
    id: str
    version: int
    depths: dict[str, Said]
    ordinary: Said
    patterns: dict[Pattern, Said]


@dataclass(frozen=True, slots=True)
class Acting:
    """How to behave, in one language."""

    title: str
    description: str
    manners: tuple[tuple[str, str], ...]
    """What is strong about it: the name of the axis, and what it looks like at this strength."""
    course: str
    """How it goes over time; empty where it stays the same."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the person could tell, at one depth."""

    heading: str
    facts: tuple[str, ...]


def acting(condition: Condition, language: Language) -> Acting:
    """Word a behaviour for somebody who is to act it; intensities become degrees, no number is shown."""
    profile, guides = condition.profile, axes()
    manners = []
    for axis in AXES:
        strength = getattr(profile, axis)
        if strength:
            text: str = getattr(guides[axis].at(strength), language)
            if axis == "resistance":
                form: str = getattr(guides[axis].forms[profile.resistance_form], language)
                text = f"{text} {form}" if language == "en" else f"{text}{form}"
            manners.append((str(getattr(guides[axis].title, language)), text))
    words = _words()
    course = "" if profile.pattern == "constant" else words.patterns[profile.pattern].in_language(language)
    told = condition.description.get(language) or ("" if manners else words.ordinary.in_language(language))
    return Acting(
        condition.title.get(language) or condition.name, told, tuple(manners), course.format(start=profile.start)
    )


def tellable(card: RoleCard, language: Language) -> list[Told]:
    """Return what the person could tell, what takes little trust first."""
    return [
        Told(heading.in_language(language), facts)
        for depth, heading in _words().depths.items()
        if (facts := tuple(fact.text for fact in card.facts if fact.depth == depth))
    ]


@cache
def _words() -> _Words:
    return load(packaged("hardseek.study", "acting.yaml"), _Words, source="acting.yaml")
