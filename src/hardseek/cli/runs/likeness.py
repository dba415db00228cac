"""Whether two runs are alike enough for what differs between them to be the systems."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from hardseek.judging import Dimension
from hardseek.judging.outcomes import SEEKER, outcome_dimensions
from hardseek.runs import Signature, Store

_MAY_DIFFER: Final = ("systems", "languages", "replicates")
"""The systems are what is compared; of languages and replicates, what both runs have is paired."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """The parts of two signatures that differ, each with both values, the other run's first."""

    unlike: tuple[str, ...]
    """Those that could be what makes a difference: seekers, cards, conditions, judges."""
    differing: tuple[str, ...]
    """Those that may differ: what is compared, and how much of it there is."""


def likeness(first: Store, other: Store, dimensions: Iterable[Dimension]) -> Likeness:
    """Compare the signatures of two runs, with those of the judges that the dimensions are from."""
    asked = {dimension.name for dimension in dimensions}
    parts = [(store.noted("signature") or {}) | _judges(store, asked) for store in (first, other)]
    named = [
        {name: value for name, value in each.items() if (name in _MAY_DIFFER) == may}
        for may in (False, True)
        for each in parts
    ]
    unlike, differing = (
        tuple(Signature(theirs).unlike(Signature(ours)))
        for ours, theirs in ((named[0], named[1]), (named[2], named[3]))
    )
    return Likeness(unlike, differing)


def _judges(store: Store, dimensions: set[str]) -> dict[str, str]:
    """Return the signatures of the judges that give some of these dimensions."""
    signed: dict[str, str] = store.noted("judged by") or {}
    noted: dict[str, list[dict[str, Any]]] = store.noted("judged dimensions") or {}
    gives = {judge: {each["name"] for each in some} for judge, some in noted.items()}
    gives[SEEKER] = {each.name for each in outcome_dimensions()}
    return {f"judge {name}": value for name, value in signed.items() if gives.get(name, set()) & dimensions}
