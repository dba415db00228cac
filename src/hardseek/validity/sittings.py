"""Which dialogues each family of properties is counted from."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Literal, get_args

from hardseek.seekers import BehaviourProfile
from hardseek.seekers.conditions import packaged_conditions
from hardseek.validity.controllable import INTENSITIES, SETTINGS

Family = Literal[
    "responsive", "controllable", "realistic", "told-apart", "repeatable", "diverse", "integrity", "appraisals"
]
FAMILIES: Final[tuple[Family, ...]] = get_args(Family)
"""What can be shown of a seeker, in the order in which it is told."""

REPEATED: Final = ("average", "worst")
"""The conditions that are held with a second seed, and in which diversity is counted."""
LIKE_PEOPLE: Final = ("average", "low-engagement", "resistance-withdrawing", "resistance-arguing")
"""The conditions that are held against people."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """One behaviour profile, played with every card and every control."""

    name: str
    """What it is called in the run that keeps it."""
    profile: BehaviourProfile
    luck: str
    """The condition that keys the luck: what shares it is compared with the same luck."""
    later: int = 0
    """Added to the seed."""


def sittings(families: Collection[Family]) -> tuple[Sitting, ...]:
    """Return what has to be held for these families, each sitting once; integrity is counted over whatever is held."""
    conditions = packaged_conditions()
    names: set[str] = set()
    if "responsive" in families:
        names |= set(conditions)
    if "realistic" in families or "told-apart" in families:
        names |= {*LIKE_PEOPLE, "worst"}
    if "repeatable" in families or "diverse" in families or set(families) <= {"integrity", "appraisals"}:
        names |= set(REPEATED)
    found = [Sitting(name, condition.profile, name) for name, condition in conditions.items() if name in names]
    if "repeatable" in families:
        found += [Sitting(second(name), conditions[name].profile, name, later=1) for name in REPEATED]
    if "controllable" in families:
        found += doses()
    return tuple(found)


def second(condition: str) -> str:
    """Name the sitting of a condition with the second seed."""
    return f"{condition}-second-seed"


def doses() -> list[Sitting]:
    """Return the intensities of every axis; the luck is the same at all of them."""
    profiles = {f"dose-{setting.title}-{at:g}": setting.at(at) for setting in SETTINGS for at in INTENSITIES if at}
    plain = {name.replace("_", "-").replace(" (", "-").replace(")", ""): each for name, each in profiles.items()}
    return [Sitting(name, profile, "dose") for name, profile in {"dose-none": BehaviourProfile(), **plain}.items()]
