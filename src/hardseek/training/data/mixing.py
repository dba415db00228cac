"""Arms: mixtures of graded difficulty, matched on the turns that are learnt.

A dialogue with an ordinary seeker has more turns than one with a seeker who is hard to help (13.8 and 6.3 rounds in the
training part of the worst-case release). An arm with more turns learns more, whatever they teach; so all arms learn the
same number. Families of cards are taken in one random order in every arm and condition: arms share the people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hardseek.errors import Refused
from hardseek.mistakes import choices
from hardseek.training.data.drops import Drops
from hardseek.training.data.sample import Sample
from hardseek.training.data.splits import place_of

_WHOLE: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Arm:
    """A mixture: the share of supervised turns of each condition."""

    name: str
    shares: Mapping[str, float]
    """By condition; they add up to 1."""


def read_arm(text: str) -> Arm:
    """Read `CONDITION`, or `NAME:CONDITION=WEIGHT,CONDITION=WEIGHT`; raises Refused when it is neither."""
    name, _, mixture = text.strip().rpartition(":")
    parts = [part.strip().partition("=") for part in mixture.split(",") if part.strip()]
    weights: dict[str, float] = {}
    for condition, sign, weight in parts:
        try:
            weights[condition.strip()] = float(weight) if sign else 1.0
        except ValueError:
            raise _malformed(text) from None
    total = sum(weights.values())
    if not weights or len(weights) != len(parts) or min(weights.values()) <= 0 or total == float("inf"):
        raise _malformed(text)
    named = name.strip() or "-".join(weights)
    if not named.replace("-", "").replace("_", "").replace(".", "").isalnum() or named.startswith("."):
        raise Refused(f"--arm {text!r}: the name {named!r} becomes a folder; use letters, digits, hyphens")
    return Arm(named, {condition: weight / total for condition, weight in weights.items()})


def _malformed(text: str) -> Refused:
    return Refused(
        f"--arm {text!r}: it should be a condition, or NAME:CONDITION=WEIGHT,CONDITION=WEIGHT with weights above 0, "
        "such as mixed:average=0.5,worst=0.5"
    )


def refuse_unknown(arms: Sequence[Arm], samples: Sequence[Sample]) -> None:
    """See that every condition that an arm mixes is there; raises Refused."""
    there = sorted({sample.condition for sample in samples})
    for arm in arms:
        for condition in arm.shares:
            if condition not in there:
                known = choices(condition, there, says="there is")
                raise Refused(f"--arm {arm.name}: nothing is left of the condition {condition}; {known}")


def common_size(arms: Sequence[Arm], samples: Sequence[Sample]) -> int:
    """Return the most supervised turns that every arm can have."""
    held: dict[str, int] = {}
    for sample in samples:
        held[sample.condition] = held.get(sample.condition, 0) + sample.supervised
    return int(min(held.get(c, 0) / share for arm in arms for c, share in arm.shares.items()) + _WHOLE)


def mixed(samples: Sequence[Sample], arm: Arm, turns: int, *, seed: int, drops: Drops) -> list[Sample]:
    """Take so many supervised turns in the arm's shares, the last dialogue cut where the number is reached.

    Args:
        samples: of all conditions.
        arm: the mixture.
        turns: how many in all; see `common_size`.
        seed: of the order in which families are taken.
        drops: counts what is left out.

    Returns:
        The samples, in that order.
    """
    taken: list[Sample] = []
    for condition, wanted in _whole_shares(arm, turns).items():
        mine = [sample for sample in samples if sample.condition == condition]
        left = wanted
        for sample in sorted(mine, key=lambda each: (place_of(each.family, seed, "mixture"), each.family, each.key)):
            if left <= 0:
                drops.add("turns", f"of {condition}, more than the arm {arm.name} takes", sample.supervised)
            elif sample.supervised <= left:
                taken.append(sample)
            else:
                taken.append(sample.cut_to(left))
                drops.add("turns", f"of {condition}, more than the arm {arm.name} takes", sample.supervised - left)
            left -= sample.supervised
    outside = sum(sample.supervised for sample in samples if sample.condition not in arm.shares)
    drops.add("turns", f"of conditions that the arm {arm.name} does not take", outside)
    return sorted(taken, key=lambda each: (place_of(each.family, seed, "mixture"), each.family, each.key))


def _whole_shares(arm: Arm, turns: int) -> dict[str, int]:
    """Share turns out in whole numbers that add up, the greatest remainders first."""
    exact = {condition: share * turns for condition, share in arm.shares.items()}
    whole = {condition: int(value + _WHOLE) for condition, value in exact.items()}
    for condition in sorted(exact, key=lambda name: whole[name] - exact[name])[: turns - sum(whole.values())]:
        whole[condition] += 1
    return whole
