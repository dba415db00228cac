"""Controllable: the stronger a behaviour is set, the more of its own marker there is, and little of the others'."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final

from hardseek.language import Language
from hardseek.seekers import Axis, BehaviourProfile, ResistanceForm
from hardseek.validity.markers import MARKERS, Marked
from hardseek.validity.property import Property, figure
from hardseek.validity.statistics import cohens_d, interval, spearman
from hardseek.validity.talks import Talk

INTENSITIES: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
_RANK: Final = 0.9
_OWN: Final = 0.8
_OTHERS: Final = 0.35
"""A large effect and just over a small one (Cohen, 1988)."""


@dataclass(frozen=True, slots=True)
class Dose:
    """One dialogue at one intensity of one axis."""

    card: str
    intensity: float
    marked: dict[Marked, float | None]


@dataclass(frozen=True, slots=True)
class Setting:
    """An axis that is turned up alone, resistance in each of its forms."""

    axis: Axis
    form: ResistanceForm = "withdrawing"

    @property
    def title(self) -> str:
        """What it is called in tables."""
        return f"{self.axis} ({self.form})" if self.axis == "resistance" else self.axis

    @property
    def marker(self) -> Marked:
        """The marker that is to grow with it."""
        return self.form if self.axis == "resistance" else self.axis

    def at(self, intensity: float) -> BehaviourProfile:
        """Return the profile with nothing but this; at 0 the ordinary one, whatever the axis."""
        if not intensity:
            return BehaviourProfile()
        return BehaviourProfile.model_validate({self.axis: intensity, "resistance_form": self.form})


SETTINGS: Final = (
    Setting("low_engagement"),
    Setting("resistance"),
    Setting("resistance", "arguing"),
    Setting("limited_disclosure"),
    Setting("emotional_volatility"),
    Setting("negative_interpretation"),
)


def controllable(held: Mapping[BehaviourProfile, Sequence[Talk]], language: Language) -> list[Property]:
    """Set each axis, resistance in both forms, to five intensities; `held` has the dialogues of each profile."""
    return [
        made
        for setting in SETTINGS
        for made in _figures(doses(held, setting), setting.marker, setting.title, language)
    ]  # fmt: skip


def doses(held: Mapping[BehaviourProfile, Sequence[Talk]], setting: Setting) -> list[Dose]:
    """Mark the dialogues of a setting at all intensities."""
    return [
        Dose(talk.card.id, at, {marker: mark(talk) for marker, mark in MARKERS.items()})
        for at in INTENSITIES
        for talk in held[setting.at(at)]
    ]


def _figures(doses: Sequence[Dose], marker: Marked, title: str, language: Language) -> list[Property]:
    cards = [[dose for dose in doses if dose.card == card] for card in dict.fromkeys(dose.card for dose in doses)]

    def made(
        name: str, statistic: Callable[[Sequence[Dose]], float | None], rule: tuple[str, float],
        details: dict[str, float] | None = None,
    ) -> Property:  # fmt: skip
        return figure(
            f"controllable/{name}", language, statistic(doses), condition=title, interval=interval(cards, statistic),
            aim=("at least" if rule[0] == "at least" else "at most", rule[1], None), details=details,
        )  # fmt: skip

    return [
        made("dose-response", lambda some: response(some, marker), ("at least", _RANK)),
        made("own-effect", lambda some: effect(some, marker), ("at least", _OWN)),
        made(
            "largest-other-effect",
            lambda some: largest_other(some, marker),
            ("at most", _OTHERS),
            others(doses, marker),
        ),
    ]


def response(doses: Sequence[Dose], marker: Marked) -> float | None:
    """Return the rank correlation of the intensities with the means of a marker."""
    means = [(at, fmean(values)) for at in INTENSITIES if (values := _marked(doses, marker, at))]
    return spearman([at for at, _ in means], [mean for _, mean in means])


def effect(doses: Sequence[Dose], marker: Marked) -> float | None:
    """Return Cohen's d on a marker, full intensity against none."""
    return cohens_d(_marked(doses, marker, 1.0), _marked(doses, marker, 0.0))


def largest_other(doses: Sequence[Dose], marker: Marked) -> float | None:
    """Return the largest d, by size, on the markers of other behaviours, those of the other form among them."""
    return max(map(abs, others(doses, marker).values()), default=None)


def others(doses: Sequence[Dose], marker: Marked) -> dict[str, float]:
    """Return d on each marker of another behaviour, where it can be told."""
    found = {other: effect(doses, other) for other in MARKERS if other != marker}
    return {other: d for other, d in found.items() if d is not None}


def _marked(doses: Sequence[Dose], marker: Marked, intensity: float) -> list[float]:
    values = [dose.marked[marker] for dose in doses if dose.intensity == intensity]
    return [value for value in values if value is not None]
