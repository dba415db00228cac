"""The worst: the worst card, the worst cell, and the worst of several tries.

What is picked because it looked worst looks worse than it is: some of what made it worst was chance, and will not come
again (regression to the mean: Galton, 1886; for selected extremes, Andrews, Kitagawa and McCloskey, 2024, Quarterly
Journal of Economics 139, 305). So a picked cell is told with a second figure: the cells are picked by one half of the
replicates, and what they are worth is read off the other half. Where there is no other half, `again` is None, and the
figure is to be shown as biased by selection.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import comb

import polars as pl

from hardseek.analysis.bootstrap import Estimate
from hardseek.analysis.cells import Cell, Grain, by_cell, card_totals
from hardseek.analysis.means import on_scale
from hardseek.judging import Dimension

_CELL = ("system", "condition", "language", "card")


@dataclass(frozen=True, slots=True)
class Picked:
    """A cell of system, condition and card that was picked for its low worth."""

    system: str
    """"all" where systems are pooled."""
    condition: str
    language: str
    card: str
    score: float
    """Mean over the dialogues that it was picked by: biased by selection."""
    n: int
    """Dialogues that it was picked by."""
    again: float | None
    """Mean over dialogues that had no part in the picking; None where there are none."""
    again_n: int


@dataclass(frozen=True, slots=True)
class Reexamined:
    """The worst cells, and what they are worth on other replicates."""

    cells: tuple[Picked, ...]
    """The worst first."""
    picked: float
    """Mean of their scores, by which they were picked."""
    again: Estimate
    """Mean of their scores on the other replicates, each cell with the same weight, cards drawn whole."""


@dataclass(frozen=True, slots=True)
class WorstOf:
    """What to expect of the worst of several dialogues with the same seeker."""

    tries: int
    estimate: Estimate
    """Averaged over cards (of each system, where systems are pooled)."""
    left_out: int
    """Cards of a system with fewer replicates than tries."""


def worst_cells(measures: pl.DataFrame, dimension: Dimension, number: int, *, halves: bool = False) -> list[Picked]:
    """Pick the worst cells of system, condition and card, the worst first; ties go by name.

    Args:
        measures: as `frames.comparable` leaves them.
        dimension: by which; it has to have a better way.
        number: how many.
        halves: pick by the replicates of even number alone, and say what those of odd number have to say of the cells.
            Otherwise all have their part in picking.
    """
    sign = _sign(dimension)
    scores = measures.filter(pl.col("dimension") == dimension.name).with_columns(pl.col(_CELL).cast(pl.String))
    picking = scores.filter(pl.col("replicate") % 2 == 0) if halves else scores
    again = scores.filter((pl.col("replicate") % 2 == 1) & halves)
    cells = (
        picking.group_by(_CELL)
        .agg(pl.mean("score"), pl.len().alias("n"))
        .sort(pl.col("score") * sign, *_CELL)
        .head(number)
        .join(
            again.group_by(_CELL).agg(pl.mean("score").alias("again"), pl.len().alias("again_n")),
            on=_CELL, how="left", maintain_order="left",
        )
        .with_columns(pl.col("again_n").fill_null(0))
    )  # fmt: skip
    return [Picked(**row) for row in cells.iter_rows(named=True)]


def reexamined(measures: pl.DataFrame, dimension: Dimension, number: int) -> Reexamined | None:
    """Pick the worst cells by half of the replicates, and examine them on the other half.

    Args:
        measures: as `frames.comparable` leaves them.
        dimension: by which; it has to have a better way.
        number: how many to pick.

    Returns:
        The cells that the other half holds too; None where it holds none, as in a run of one replicate.
    """
    cells = [cell for cell in worst_cells(measures, dimension, number, halves=True) if cell.again is not None]
    if not cells:
        return None
    rows = [(dimension.name, "picked", cell.card, cell.again) for cell in cells]
    frame = pl.DataFrame(rows, schema=["dimension", "condition", "card", "again"], orient="row")
    (again,) = on_scale(card_totals(frame, "again", []), {dimension.name: dimension}).values()
    return Reexamined(tuple(cells), sum(cell.score for cell in cells) / len(cells), again)


def worst_cards(measures: pl.DataFrame, dimension: Dimension, within: Sequence[Grain]) -> dict[Cell, Picked]:
    """Pick the worst card of every cell, by all replicates; see the module for what that is worth.

    Where systems are pooled, `system` is "all".
    """
    worst: dict[Cell, Picked] = {}
    names = dict.fromkeys(within)
    for (condition,), of_condition in measures.partition_by("condition", as_dict=True).items():
        groups = of_condition.partition_by(*names, as_dict=True) if names else {(): of_condition}
        for key, group in groups.items():
            pooled = group if "system" in names else group.with_columns(system=pl.lit("all"))
            for picked in worst_cells(pooled, dimension, 1):
                worst[Cell(dimension.name, str(condition), **dict(zip(names, key, strict=True)))] = picked
    return worst


def worst_of(
    measures: pl.DataFrame, dimensions: Iterable[Dimension], tries: int, within: Sequence[Grain]
) -> dict[Cell, WorstOf]:
    """Estimate the worst of so many dialogues of the same system with the same card.

    Unbiased: the mean, over all ways to choose k of a card's r replicates, of the worst of the chosen. The i-th worst
    is the worst of comb(r - i, k - 1) of the comb(r, k) choices (the U-statistic behind pass@k: Chen et al., 2021,
    arXiv 2107.03374).

    Args:
        measures: as `frames.comparable` leaves them.
        dimensions: what to estimate; those of which neither way is better have no worst.
        tries: k, 1 or more.
        within: what to keep apart besides dimension and condition.

    Returns:
        An entry for each cell in which at least one card has so many replicates.
    """
    asked = {dimension.name: dimension for dimension in dimensions if dimension.better != "neither"}
    lower = [name for name, dimension in asked.items() if dimension.better == "lower"]
    keys = ["dimension", "condition", *dict.fromkeys([*within, "system", "language"]), "card"]
    cards = (
        measures.filter(pl.col("dimension").is_in(list(asked)))
        .with_columns(sign=pl.when(pl.col("dimension").is_in(lower)).then(-1.0).otherwise(1.0))
        .with_columns(x=pl.col("score") * pl.col("sign"))
        .group_by(keys)
        .agg(pl.col("x").sort(), pl.first("sign"), r=pl.len())
    )
    enough = cards.filter(pl.col("r") >= tries)
    if enough.is_empty():
        return {}
    weighed = pl.Series(
        [sum(w * x for w, x in zip(_weights(len(xs), tries), xs, strict=True)) for xs in enough["x"].to_list()],
        dtype=pl.Float64,
    )
    totals = card_totals(enough.with_columns(worst=weighed * enough["sign"]), "worst", within)
    by = ["dimension", "condition", *within]
    few = cards.filter(pl.col("r") < tries).group_by(by).len()
    left_out = {cell: row["len"] for cell, row in by_cell(few)}
    found = on_scale(totals, asked)
    return {cell: WorstOf(tries, result, left_out.get(cell, 0)) for cell, result in found.items()}


@cache
def _weights(replicates: int, tries: int) -> tuple[float, ...]:
    """How often the i-th worst of the replicates is the worst of the chosen."""
    return tuple(comb(replicates - i, tries - 1) / comb(replicates, tries) for i in range(1, replicates + 1))


def _sign(dimension: Dimension) -> float:
    if dimension.better == "neither":
        raise ValueError(f"{dimension.name} has no better way, and so no worst")
    return -1.0 if dimension.better == "lower" else 1.0
