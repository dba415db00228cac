"""The proof: what each arm reaches, what it changed against the first one, and whether anything else broke.

Estimates, intervals and pairs are those of `hardseek compare` (`analysis.changes`): dialogues are paired by condition,
card, language and replicate, whole cards are drawn, and false discovery is controlled: over all rows of an arm's main
table, and apart from them over all of its checks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from hardseek.analysis import Cell, Change, Drop, Estimate, changes, drops, means
from hardseek.analysis.changes import Of
from hardseek.analysis.summary import AVERAGE
from hardseek.errors import Refused
from hardseek.judging import Dimension
from hardseek.training.proving.arms import Arm
from hardseek.training.proving.checks import Concern, checked

_WITHIN: Final = ("system",)


@dataclass(frozen=True, slots=True)
class Level:
    """What one arm reaches."""

    arm: Arm
    means: Mapping[Cell, Estimate]
    """By dimension and condition."""
    drops: Mapping[Cell, Drop]
    """From the average condition to each hard one; empty without an average one."""


@dataclass(frozen=True, slots=True)
class Against:
    """What one arm changed against the first."""

    arm: Arm
    scores: Mapping[Cell, Change]
    drops: Mapping[Cell, Change]
    """The change of what is lost; below 0, it has become sturdier."""
    checks: Mapping[Cell, Change]
    """Of the dimensions that show a concern."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Everything that is told."""

    dimensions: Mapping[str, Dimension]
    """All that appear, by name."""
    main: tuple[str, ...]
    """What is to have become better."""
    concerns: Mapping[str, Concern]
    """Of the dimensions that are checked."""
    conditions: tuple[str, ...]
    """The average one first."""
    levels: tuple[Level, ...]
    against: tuple[Against, ...]
    """Of all arms but the first."""


def prove(arms: Sequence[Arm], main: Sequence[Dimension], known: Sequence[Dimension]) -> Proof:
    """Hold every arm against the first.

    Args:
        arms: the first is what the others are held against.
        main: what is to have become better.
        known: all that was measured.

    Raises:
        Refused: an arm has no score of what is to be proved, or no dialogue in common with the first.
    """
    first, *others = arms
    concern = checked(known, main)
    side = [dimension for dimension in known if dimension.name in concern]
    found = tuple(_level(each, main) for each in arms)
    against = tuple(_against(first, each, main, side) for each in others)
    present = [name for each in arms for name in each.measures["condition"].unique(maintain_order=True).to_list()]
    order = sorted(dict.fromkeys(present), key=lambda name: name != AVERAGE)
    dimensions = {each.name: each for each in (*main, *side)}
    return Proof(dimensions, tuple(each.name for each in main), concern, tuple(order), found, against)


def _level(arm: Arm, main: Sequence[Dimension]) -> Level:
    have = set(arm.measures["dimension"].cast(pl.String).unique().to_list())
    lacking = [dimension.name for dimension in main if dimension.name not in have]
    if lacking:
        raise Refused(f"{arm.name}: {arm.run} has no scores of {', '.join(lacking)}; judge all runs alike")
    lost = drops(arm.measures, main, AVERAGE, _WITHIN) if AVERAGE in arm.measures["condition"] else {}
    return Level(arm, means(arm.measures, main, _WITHIN), lost)


def _against(first: Arm, other: Arm, main: Sequence[Dimension], side: Sequence[Dimension]) -> Against:
    def changed(dimensions: Sequence[Dimension], of: Of = "score") -> dict[Cell, Change]:
        return changes(first.measures, other.measures, dimensions, _WITHIN, of=of, reference=AVERAGE)

    scores = changed(main)
    if not scores:
        raise Refused(
            f"{other.name}: no dialogue of {other.run} has a counterpart in {first.run} (condition, card, language, "
            "replicate); measure both with the same experiment"
        )
    both = AVERAGE in first.measures["condition"] and AVERAGE in other.measures["condition"]
    return Against(other, scores, changed(main, "drop") if both else {}, changed(side))
