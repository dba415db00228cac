"""Groups of systems against each other, such as general models against those made for support.

Every system of a group counts the same, and both groups are held against each other on every card that all of them
have a score with. What is estimated is the difference of these systems over seekers, not of all systems of their kind:
a few systems say little of a kind, however many dialogues they hold.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from hardseek.analysis.bootstrap import CardTotals, Estimate, estimate
from hardseek.analysis.permutation import sign_flip
from hardseek.errors import Refused


@dataclass(frozen=True, slots=True)
class Contrast:
    """The mean of one group of systems less that of another."""

    estimate: Estimate
    """In points of the dimension; `n` counts cards."""
    one: float | None
    """Mean of the first group, every system and card with the same weight; None without a shared card."""
    other: float | None
    p: float | None
    """Two-sided, by flipping the signs of cards; None without a shared card."""
    left_out: int
    """Cards that a system of either group has no score with."""


def contrast(measures: pl.DataFrame, dimension: str, condition: str, groups: Mapping[str, Sequence[str]]) -> Contrast:
    """Hold two groups of systems against each other under a condition.

    Args:
        measures: as `frames.comparable` leaves them.
        dimension: by its name.
        condition: under which.
        groups: the two groups' names, each with its systems; the first less the second is estimated.

    Raises:
        Refused: there are not two groups, one is empty, or they share a system.
    """
    if len(groups) != 2 or not all(groups.values()):  # noqa: PLR2004 - two groups make a contrast
        raise Refused(f"a contrast is of two groups with systems in each, not of: {', '.join(groups) or 'none'}")
    (one, other) = (list(dict.fromkeys(systems)) for systems in groups.values())
    shared = sorted(set(one) & set(other))
    if shared:
        raise Refused(f"{', '.join(shared)}: in both groups ({', '.join(groups)}); a system can be in one of them")
    everyone = [*one, *other]
    names = pl.col("dimension", "condition", "system", "card").cast(pl.String)
    cells = (
        measures.with_columns(names)
        .filter(dimension=dimension, condition=condition)
        .filter(pl.col("system").is_in(everyone))
        .group_by("card", "system")
        .agg(pl.mean("score"))
    )
    whole = cells.filter(pl.len().over("card") == len(everyone))
    sides = whole.group_by("card").agg(
        one=pl.col("score").filter(pl.col("system").is_in(one)).mean(),
        other=pl.col("score").filter(pl.col("system").is_in(other)).mean(),
    ).sort("card")  # fmt: skip
    difference = CardTotals((sides["one"] - sides["other"]).to_numpy(), np.ones(len(sides)))
    (found,), (p,) = estimate([difference]), sign_flip([difference])
    left_out = cells["card"].n_unique() - len(sides)
    means = [None if sides.is_empty() else float(sides[side].to_numpy().mean()) for side in ("one", "other")]
    return Contrast(found, means[0], means[1], p, left_out)
