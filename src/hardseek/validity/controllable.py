"""Controllable: the stronger a behaviour is set, the more of its own marker there is, and little of the others'."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final

from hardseek.cards import RoleCard
from hardseek.language import Language
from hardseek.seekers import AXES, Axis, BehaviourProfile, ResistanceForm
from hardseek.validity.markers import MARKERS
from hardseek.validity.property import Property, figure
from hardseek.validity.statistics import cohens_d, interval, spearman
from hardseek.validity.talks import talks

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
    marked: dict[Axis, float | None]


def controllable(cards: Sequence[RoleCard], language: Language, *, seed: int, replicates: int) -> list[Property]:
    """Set each axis, resistance in both forms, to five intensities; the luck is the same at all of them."""
    ordinary = _doses(cards, BehaviourProfile(), 0.0, seed, replicates)
    found: list[Property] = []
    for axis, form, title in _settings():
        doses = list(ordinary)
        for intensity in INTENSITIES[1:]:
            profile = BehaviourProfile.model_validate({axis: intensity, "resistance_form": form})
            doses += _doses(cards, profile, intensity, seed, replicates)
        found += _figures(doses, axis, title, language)
    return found


def _settings() -> list[tuple[Axis, ResistanceForm, str]]:
    found: list[tuple[Axis, ResistanceForm, str]] = []
    for axis in AXES:
        forms: tuple[ResistanceForm, ...] = ("withdrawing", "arguing") if axis == "resistance" else ("withdrawing",)
        found += [(axis, form, f"{axis} ({form})" if axis == "resistance" else axis) for form in forms]
    return found


def _doses(
    cards: Sequence[RoleCard], profile: BehaviourProfile, intensity: float, seed: int, replicates: int
) -> list[Dose]:
    held = talks(cards, profile, condition="dose", seed=seed, replicates=replicates)
    return [Dose(talk.card.id, intensity, {axis: mark(talk) for axis, mark in MARKERS.items()}) for talk in held]


def _figures(doses: Sequence[Dose], axis: Axis, title: str, language: Language) -> list[Property]:
    cards = [[dose for dose in doses if dose.card == card] for card in dict.fromkeys(dose.card for dose in doses)]

    def made(name: str, statistic: Callable[[Sequence[Dose]], float | None], rule: tuple[str, float]) -> Property:
        return figure(
            f"controllable/{name}", language, statistic(doses), condition=title, interval=interval(cards, statistic),
            aim=("at least" if rule[0] == "at least" else "at most", rule[1], None),
        )  # fmt: skip

    return [
        made("dose-response", lambda some: response(some, axis), ("at least", _RANK)),
        made("own-effect", lambda some: effect(some, axis), ("at least", _OWN)),
        made("largest-other-effect", lambda some: largest_other(some, axis), ("at most", _OTHERS)),
    ]


def response(doses: Sequence[Dose], axis: Axis) -> float | None:
    """Return the rank correlation of the intensities with the means of the axis's marker."""
    means = [(at, fmean(values)) for at in INTENSITIES if (values := _marked(doses, axis, at))]
    return spearman([at for at, _ in means], [mean for _, mean in means])


def effect(doses: Sequence[Dose], marker: Axis) -> float | None:
    """Return Cohen's d on a marker, full intensity against none."""
    return cohens_d(_marked(doses, marker, 1.0), _marked(doses, marker, 0.0))


def largest_other(doses: Sequence[Dose], axis: Axis) -> float | None:
    """Return the largest d, by size, on the markers of the other axes."""
    found = [effect(doses, other) for other in AXES if other != axis]
    return max((abs(d) for d in found if d is not None), default=None)


def _marked(doses: Sequence[Dose], marker: Axis, intensity: float) -> list[float]:
    values = [dose.marked[marker] for dose in doses if dose.intensity == intensity]
    return [value for value in values if value is not None]
