"""Do experts and the simulator rank systems alike? Kendall's tau-b of the systems' means, with its interval.

Experts' means have raters taken out (`raters`), drawn by whole raters; simulated ones are plain, drawn by whole cards.
Both are over the conditions that both have. With k systems tau takes few values (with three: -1, -1/3, 1/3, 1), and its
interval is as wide as that says.
"""

from collections.abc import Sequence
from typing import Final

import msgspec
import numpy as np
import polars as pl

from hardseek.analysis.bootstrap import LEVEL, SEED, Array, resamples
from hardseek.language import LANGUAGES, Language
from hardseek.study.findings.material import NOT_OF_SYSTEMS, Material
from hardseek.study.findings.raters import DRAWS, estimated

_SYSTEMS: Final = 2
_UNDEFINED: Final = 0.1
"""Share of draws in which tau may be undefined before no interval is given."""


class Alike(msgspec.Struct, frozen=True, kw_only=True):
    """One dimension of the experts against one of the simulated run."""

    dimension: str
    simulated: str
    """What it is called there."""
    language: Language
    tau: float | None
    """None where either side does not vary."""
    low: float | None
    high: float | None
    systems: tuple[str, ...]
    """From the experts' lowest mean to their highest."""
    experts: tuple[float, ...]
    """Their means, in that order."""
    others: tuple[float, ...]
    """The simulated run's."""


def alike(material: Material, measures: pl.DataFrame) -> list[Alike]:
    """Compare the order of systems on each dimension that both sides have.

    Args:
        material: the study.
        measures: of the simulated run, as `frames.comparable` leaves them. A judge's dimension JUDGE/NAME is held
            against people's NAME.
    """
    there = [str(name) for name in measures["dimension"].unique().sort().to_list()]
    found = []
    for dimension in material.dimensions:
        if dimension in NOT_OF_SYSTEMS:
            continue
        for name in (one for one in there if one.rpartition("/")[2] == dimension):
            for language in LANGUAGES:
                made = _alike(material, measures, dimension, name, language)
                found += [made] if made is not None else []
    return found


def _alike(material: Material, measures: pl.DataFrame, dimension: str, name: str, language: Language) -> Alike | None:
    asked = pl.col("dimension").cast(pl.String) == name
    theirs = measures.filter(asked & (pl.col("language").cast(pl.String) == language))
    conditions = set(theirs["condition"].cast(pl.String).unique().to_list())
    scored = [
        one
        for one in material.of(dimension)
        if one.dialogue.language == language and one.dialogue.condition in conditions
    ]
    fitted = estimated(scored) if scored else None
    if fitted is None:
        return None
    shared = {condition for _, condition in fitted.cells}
    others = _simulated(theirs.filter(pl.col("condition").cast(pl.String).is_in(sorted(shared))), len(shared))
    means = fitted.means()
    systems = sorted(means.keys() & others.keys(), key=lambda system: means[system][0])
    if len(systems) < _SYSTEMS:
        return None
    ours = np.array([means[system][0] for system in systems])
    drawn = np.column_stack([means[system][1] for system in systems])
    simulated = np.array([others[system][0] for system in systems])
    of_simulated = np.column_stack([others[system][1] for system in systems])
    taus = np.array([_tau(one, other) for one, other in zip(drawn, of_simulated, strict=True)])
    taus = taus[~np.isnan(taus)]
    sure = len(taus) >= (1 - _UNDEFINED) * DRAWS
    low, high = np.quantile(taus, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]) if sure else (None, None)
    tau = _tau(ours, simulated)
    return Alike(
        dimension=dimension, simulated=name, language=language, tau=None if np.isnan(tau) else tau,
        low=None if low is None else float(low), high=None if high is None else float(high),
        systems=tuple(systems), experts=tuple(map(float, ours)), others=tuple(map(float, simulated)),
    )  # fmt: skip


def _simulated(theirs: pl.DataFrame, conditions: int) -> dict[str, tuple[float, Array]]:
    """Return each system's mean over its conditions, and its draws of cards; those that lack one are left out."""
    cells = (
        theirs.group_by(pl.col("system", "condition", "card").cast(pl.String))
        .agg(pl.sum("score"), pl.len().cast(pl.Float64).alias("n"))
        .sort("system", "condition", "card")
    )
    cards = sorted(cells["card"].unique().to_list())
    weights = np.concatenate([np.ones((1, len(cards))), *resamples(len(cards), DRAWS, SEED + 1)]) if cards else None
    found: dict[str, tuple[float, Array]] = {}
    for (system,), of_system in cells.group_by("system", maintain_order=True):
        means = []
        for _, cell in of_system.group_by("condition", maintain_order=True):
            places = [cards.index(card) for card in cell["card"].to_list()]
            assert weights is not None
            below = weights[:, places] @ cell["n"].to_numpy()
            above = weights[:, places] @ cell["score"].to_numpy()
            means.append(np.divide(above, below, out=np.full(len(below), np.nan), where=below > 0))
        if len(means) == conditions:
            drawn = np.mean(means, axis=0)
            found[str(system)] = (float(drawn[0]), drawn[1:])
    return found


def _tau(ours: Sequence[float] | Array, theirs: Sequence[float] | Array) -> float:
    """Return Kendall's tau-b (Kendall, 1945, Biometrika 33, 239); NaN where a side does not vary or is not known."""
    a, b = np.asarray(ours), np.asarray(theirs)
    if np.isnan(a).any() or np.isnan(b).any():
        return float("nan")
    rows, columns = np.triu_indices(len(a), 1)
    one, other = np.sign(a[rows] - a[columns]), np.sign(b[rows] - b[columns])
    below = np.sqrt((one**2).sum() * (other**2).sum())
    return float((one * other).sum() / below) if below else float("nan")
