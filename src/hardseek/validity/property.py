"""A property of the instrument, as a number that can be held against an aim."""

from typing import Literal

import msgspec

from hardseek.language import Language

Aim = tuple[Literal["at least", "at most", "within"], float, float | None]
"""The rule and its bounds; the second bound is for `within` alone."""


class Property(msgspec.Struct, frozen=True, kw_only=True):
    """One figure."""

    name: str
    """Its family and what it is, such as `responsive/auc`."""
    language: Language
    condition: str | None = None
    """The condition or axis that it is of; None for all together."""
    value: float | None
    """None where there was nothing to count."""
    interval: tuple[float, float] | None = None
    """95 %, by drawing whole cards; None with fewer than two cards or where it is not drawn."""
    aim: str | None = None
    """The aim in words."""
    holds: bool | None = None
    """Whether the value reaches the aim; None without an aim or a value."""
    published: float | None = None
    """The same figure of the published simulator, where there is one."""
    note: str | None = None
    """What it was counted over, where that is not said elsewhere."""
    details: dict[str, float] = {}
    """What it is made of: of a classifier, the features that weigh most, positive where they speak for simulated; of
    the largest effect on others' markers, the effect on each."""


class Validity(msgspec.Struct, frozen=True):
    """All figures of a seeker, and what they depend on."""

    properties: tuple[Property, ...]
    signature: str


def figure(
    name: str, language: Language, value: float | None, *, condition: str | None = None,
    interval: tuple[float, float] | None = None, aim: Aim | None = None, published: float | None = None,
    note: str | None = None, details: dict[str, float] | None = None,
) -> Property:  # fmt: skip
    """Make a property, held against its aim."""
    return Property(
        name=name, language=language, condition=condition, value=value, interval=interval,
        aim=_worded(aim) if aim else None, holds=_holds(value, aim) if aim and value is not None else None,
        published=published, note=note, details=details or {},
    )  # fmt: skip


def _worded(aim: Aim) -> str:
    rule, bound, upper = aim
    return f"{bound:g} to {upper:g}" if rule == "within" else f"{rule} {bound:g}"


def _holds(value: float, aim: Aim) -> bool:
    rule, bound, upper = aim
    if rule == "at least":
        return value >= bound
    return value <= bound if rule == "at most" else bound <= value <= (bound if upper is None else upper)
