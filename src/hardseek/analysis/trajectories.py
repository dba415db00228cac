"""Trajectories: distress, trust and disclosure of simulated seekers, exchange by exchange.

Seekers leave, and those who are still there are not like those who left: where many leave unhelped, the mean of those
who stay gets better as the worst go. So there are two: of those who are there, and `carried`, in which whoever left
stands where they left. The second is not a guess at what would have come; it says where the talk has brought everyone
so far.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import polars as pl

from hardseek.analysis.bootstrap import Array, CardTotals, Estimate, estimate
from hardseek.analysis.cells import Cell, Grain

Quantity = Literal["distress", "trust", "disclosed"]
QUANTITIES: Final[tuple[Quantity, ...]] = ("distress", "trust", "disclosed")
"""Distress, 0 to 10; trust, 0 to 1; facts of the card told so far. Each is the `dimension` of a trajectory's cell."""
_BY_SYSTEM: Final[tuple[Grain, ...]] = ("system",)
_PIECES: Final = 8
"""So many sums of frames are kept apart until they are merged."""


@dataclass(frozen=True, slots=True)
class Trajectory:
    """One quantity under one condition, in exchange 1, 2, ..., as it is when the seeker speaks."""

    staying: tuple[Estimate, ...]
    """Of the seekers who are there; `n` counts them. Empty where it was not asked for."""
    carried: tuple[Estimate, ...]
    """Of all seekers, whoever left as they were when they left."""


def trajectories(
    states: Iterable[pl.DataFrame], within: Sequence[Grain] = _BY_SYSTEM, *, staying: bool = True
) -> dict[Cell, Trajectory]:
    """Average the course of every quantity in every cell, cards drawn whole.

    Args:
        states: as `Store.trajectory_frames` yields them: every dialogue whole in one of the frames.
        within: what to keep apart besides the condition.
        staying: whether to estimate those who are there too. They are on other cards in every exchange, which takes
            draws of their own each time.

    Returns:
        A trajectory for each cell; all go up to the last exchange of any. Memory grows with cells, cards and exchanges,
        not with dialogues.
    """
    keys = ["condition", *within]
    present: list[pl.DataFrame] = []
    final: list[pl.DataFrame] = []
    for frame in states:
        last = pl.col("exchange") == pl.col("exchange").max().over("dialogue")
        present.append(_summed(frame, keys))
        final.append(_summed(frame.filter(last), keys))
        if len(present) >= _PIECES:
            present, final = [_merged(present, keys)], [_merged(final, keys)]
    if all(frame.is_empty() for frame in present):  # of a run in which all dialogues failed
        return {}
    everywhere, ends = _merged(present, keys), _merged(final, keys)
    exchanges = int(everywhere["exchange"].to_numpy().max())
    left = ends.partition_by(*keys, as_dict=True)
    totals: dict[Cell, tuple[list[CardTotals], list[CardTotals]]] = {}
    for key, group in everywhere.partition_by(*keys, as_dict=True).items():
        named = dict(zip(keys, key, strict=True))
        for quantity in QUANTITIES:
            here = _spread(group, quantity, exchanges)
            gone = tuple(_before(part) for part in _spread(left[key], quantity, exchanges))
            everyone = here[0] + gone[0], here[1] + gone[1]
            totals[Cell(quantity, **named)] = _columns(*here) if staying else [], _columns(*everyone)
    found = iter(estimate([each for two in totals.values() for some in two for each in some]))
    return {
        cell: Trajectory(*(tuple(next(found) for _ in some) for some in two)) for cell, two in totals.items()
    }  # drawn from `found` in the order in which they were laid down


def _summed(frame: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    return frame.group_by(*keys, "card", "exchange").agg(
        pl.sum(*QUANTITIES).cast(pl.Float64), n=pl.len().cast(pl.Float64)
    )


def _merged(frames: Sequence[pl.DataFrame], keys: Sequence[str]) -> pl.DataFrame:
    together = pl.concat(frames)
    return together.group_by(*keys, "card", "exchange").agg(pl.sum(*QUANTITIES, "n")).sort(*keys, "card", "exchange")


def _spread(group: pl.DataFrame, quantity: str, exchanges: int) -> tuple[Array, Array]:
    """Return sums and numbers, cards x exchanges; cards in the order of their names."""
    cards, card = np.unique(group["card"].cast(pl.String).to_numpy(), return_inverse=True)
    place = card, group["exchange"].to_numpy() - 1
    sums, counts = np.zeros((len(cards), exchanges)), np.zeros((len(cards), exchanges))
    sums[place], counts[place] = group[quantity].to_numpy(), group["n"].to_numpy()
    return sums, counts


def _before(parts: Array) -> Array:
    """Sum over all earlier exchanges."""
    summed: Array = np.cumsum(parts, axis=1) - parts
    return summed


def _columns(sums: Array, counts: Array) -> list[CardTotals]:
    """Return the totals of each exchange, of the cards that have any."""
    return [
        CardTotals(total[some], number[some])
        for total, number in zip(sums.T, counts.T, strict=True)
        for some in (number > 0,)
    ]
