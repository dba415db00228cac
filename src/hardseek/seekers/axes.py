"""What each axis of behaviour is: definition, source, degrees, and the marker by which it is recognised in text."""

from functools import cache
from typing import Final

from pydantic import Field

from hardseek.documents import Document, load, packaged
from hardseek.seekers.behaviour import AXES, Axis, ResistanceForm

_DEGREES: Final = {"mild": 0.3, "moderate": 0.6, "severe": 0.9}
"""Around which intensity each stands."""


class Bilingual(Document):
    """The same in both languages."""

    en: str = Field(min_length=1)
    zh: str = Field(min_length=1)


class Degrees(Document):
    """What an axis looks like as it grows."""

    mild: Bilingual
    """Around 0.3."""
    moderate: Bilingual
    """Around 0.6."""
    severe: Bilingual
    """Around 0.9."""


class Distortion(Document):
    """A habit of thought that negative interpretation draws on."""

    id: str
    name: Bilingual
    example: Bilingual


class AxisGuide(Document):
    """One axis, explained to people."""

    id: Axis
    version: int = Field(ge=1)
    title: Bilingual
    definition: Bilingual
    sources: tuple[str, ...] = Field(min_length=1)
    degrees: Degrees
    marker: Bilingual
    """What is counted in the seeker's turns to see how strong it is."""
    forms: dict[ResistanceForm, Bilingual] = Field(default_factory=dict)
    """Only of resistance: the ways in which it shows."""
    distortions: tuple[Distortion, ...] = ()
    """Only of negative interpretation."""

    def at(self, intensity: float) -> Bilingual:
        """Return the words for an intensity: those of the nearest degree."""
        name = min(_DEGREES, key=lambda degree: abs(_DEGREES[degree] - intensity))
        found: Bilingual = getattr(self.degrees, name)
        return found


@cache
def axes() -> dict[Axis, AxisGuide]:
    """Return the guides of the five axes, in the order of AXES."""
    return {axis: _guide(axis) for axis in AXES}


def _guide(axis: Axis) -> AxisGuide:
    name = f"{axis.replace('_', '-')}.yaml"
    return load(packaged("hardseek.seekers", "data", "axes", name), AxisGuide, source=f"axes/{name}")
