"""The share of each behaviour axis in the drop of a condition that sets several.

Shapley values would need a condition for every subset of the axes, 32 in all; a regression over all conditions lets
the hardest one, which sets everything, bend what it says of each axis. So an axis is measured where it stands alone:
its drop per unit of intensity is the slope through the origin over the conditions that set nothing else,

    b_a = sum over these of x d / sum of x^2          (for one condition: d / x)

its part in a condition is b_a times the intensity there, and what remains of the drop is what the axes do together:
more than their sum (positive) or less. So parts and remainder add up to the drop exactly, and a condition that sets two
axes shows their interaction. That a part is proportional to intensity is assumed; it matters little where intensities
are near (the packaged conditions set 0.9 alone and 0.8 in `worst`), and not at all where they are the same.

All is computed within the same system, card and replicate, so that cards can be drawn whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from hardseek.analysis.bootstrap import Estimate, estimate
from hardseek.analysis.cells import Cell, Grain, card_totals
from hardseek.analysis.pairs import MATCHED, pairs
from hardseek.errors import Refused
from hardseek.judging import Dimension
from hardseek.seekers.behaviour import AXES, BehaviourProfile


@dataclass(frozen=True, slots=True)
class Part:
    """What one axis does to a drop."""

    axis: str
    """`resistance` with its form: the two forms are two ways of being hard to help."""
    intensity: float
    """In the condition, 0 to 1."""
    estimate: Estimate
    """Points of the drop, positive for a loss."""
    share: float | None
    """Of the drop; None where the drop cannot be told from none. Can be below 0 or above 1."""


@dataclass(frozen=True, slots=True)
class Shares:
    """The drop of one condition, taken apart."""

    drop: Estimate
    """Over the pairs that have all the conditions it takes."""
    parts: tuple[Part, ...]
    """Of the axes that some condition sets alone."""
    together: Estimate
    """What remains: what the axes do together, and what those of `unmeasured` do."""
    unmeasured: tuple[str, ...]
    """Axes that the condition sets and no condition sets alone."""


def shares(
    measures: pl.DataFrame,
    dimension: Dimension,
    reference: str,
    profiles: Mapping[str, BehaviourProfile],
    within: Sequence[Grain],
) -> dict[Cell, Shares]:
    """Take apart the drop of every condition that sets several axes.

    Args:
        measures: as `frames.comparable` leaves them.
        dimension: of the drop.
        reference: the condition that the others are held against; it sets no axis.
        profiles: of the conditions; those whose pattern is not constant, and those without a profile, are passed over.
        within: what to keep apart.

    Returns:
        An entry for each cell of a condition of several axes, at least one of which is measured alone.

    Raises:
        Refused: the reference sets an axis itself.
    """
    axes = {name: _axes(profile) for name, profile in profiles.items() if profile.pattern == "constant"}
    if axes.get(reference):
        raise Refused(f"{reference}: sets {', '.join(axes[reference])} itself; drops from it are no axis's own")
    paired = pairs(measures, dimension, reference)
    units = [name for name in MATCHED if name != "dimension"]
    wide = paired.with_columns(pl.col("condition").cast(pl.String)).pivot("condition", index=units, values="drop")
    alone = {name: set_ for name, set_ in axes.items() if len(set_) == 1 and name in wide.columns}
    found: dict[Cell, Shares] = {}
    for condition, intensities in axes.items():
        if len(intensities) > 1 and condition in wide.columns:
            slopes = {axis: _slope(axis, alone) for axis in intensities}
            found |= _taken_apart(wide, dimension.name, condition, intensities, slopes, within)
    return found


def _axes(profile: BehaviourProfile) -> dict[str, float]:
    """Return the axes that a profile sets, with their intensities."""
    named = {axis: f"{axis} ({profile.resistance_form})" if axis == "resistance" else axis for axis in AXES}
    return {named[axis]: getattr(profile, axis) for axis in AXES if getattr(profile, axis) > 0}


def _slope(axis: str, alone: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """Return the weights of conditions' drops in an axis's drop per unit of intensity; {} where none has it alone."""
    at = {condition: intensities[axis] for condition, intensities in alone.items() if axis in intensities}
    squares = sum(x * x for x in at.values())
    return {condition: x / squares for condition, x in at.items()}


def _taken_apart(  # noqa: PLR0917 - all of them are what it takes
    wide: pl.DataFrame,
    dimension: str,
    condition: str,
    intensities: Mapping[str, float],
    slopes: Mapping[str, Mapping[str, float]],
    within: Sequence[Grain],
) -> dict[Cell, Shares]:
    measured = [axis for axis in intensities if slopes[axis]]
    needed = {condition, *(name for axis in measured for name in slopes[axis])}
    if not measured:
        return {}
    parts = {
        axis: pl.sum_horizontal(pl.col(name) * weight for name, weight in slopes[axis].items()) * intensities[axis]
        for axis in measured
    }
    rows = wide.drop_nulls(sorted(needed)).select(
        *MATCHED[:3], pl.lit(dimension).alias("dimension"), pl.lit(condition).alias("condition"),
        pl.col(condition).alias("drop"), **{f"part {axis}": part for axis, part in parts.items()},
    )  # fmt: skip
    rows = rows.with_columns(together=pl.col("drop") - pl.sum_horizontal(f"part {axis}" for axis in measured))
    columns = ["drop", "together", *(f"part {axis}" for axis in measured)]
    totals = [card_totals(rows, column, within) for column in columns]
    found: dict[Cell, Shares] = {}
    for cell in totals[0]:
        drop, together, *estimates = estimate([each[cell] for each in totals])
        whole = drop.mean if drop.low is not None and drop.high is not None and drop.low * drop.high > 0 else None
        found[cell] = Shares(
            drop,
            tuple(
                Part(axis, intensities[axis], each, None if not whole or each.mean is None else each.mean / whole)
                for axis, each in zip(measured, estimates, strict=True)
            ),
            together,
            tuple(axis for axis in intensities if axis not in measured),
        )
    return found
