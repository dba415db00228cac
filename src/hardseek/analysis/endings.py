"""How dialogues ended, what failed and what could not be scored: counted, so that nothing is lost from sight."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import polars as pl

Outcome = Literal["resolved", "withdrew", "limit", "unknown"]
OUTCOMES: Final[tuple[Outcome, ...]] = ("resolved", "withdrew", "limit", "unknown")
"""How a dialogue that did not fail can have ended; `unknown` is an imported one that does not say."""

NOT_A_NUMBER: Final = "the score is not a finite number"


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The dialogues of one group."""

    endings: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(OUTCOMES, 0))
    """Every outcome, 0 where there is none."""
    faults: dict[str, int] = field(default_factory=dict)
    """Failed dialogues by the kind of fault, the most frequent first."""

    @property
    def finished(self) -> int:
        """Dialogues that did not fail."""
        return sum(self.endings.values())

    @property
    def failed(self) -> int:
        """Dialogues that failed."""
        return sum(self.faults.values())

    @property
    def total(self) -> int:
        """All dialogues."""
        return self.finished + self.failed

    def share(self, outcome: Outcome) -> float | None:
        """Share of the dialogues that did not fail, 0 to 1; None when there is none."""
        return self.endings[outcome] / self.finished if self.finished else None


@dataclass(frozen=True, slots=True)
class Unscored:
    """Dialogues that did not fail and yet have no score on a dimension, for one reason."""

    dimension: str
    reason: str
    n: int


def outcomes(dialogues: pl.DataFrame, by: Sequence[str] = ()) -> dict[tuple[str, ...], Outcomes]:
    """Count endings and faults in each group of columns `by`; the key of all dialogues together is ()."""
    counted = (
        dialogues.with_columns(pl.col("ending").fill_null("unknown"), pl.col("fault").fill_null("unknown"))
        .group_by(*by, "ending", pl.when(pl.col("ending") == "failed").then("fault").alias("fault"))
        .len()
        .sort("len", "fault", descending=[True, False])
    )
    groups: dict[tuple[str, ...], Outcomes] = {}
    for row in counted.iter_rows(named=True):
        group = groups.setdefault(tuple(row[column] for column in by), Outcomes())
        if row["ending"] == "failed":
            group.faults[row["fault"]] = row["len"]
        else:
            group.endings[row["ending"]] = row["len"]
    return groups


def unscored(
    measures: pl.DataFrame, dialogues: pl.DataFrame, by: Sequence[str] = ()
) -> dict[tuple[str, ...], tuple[Unscored, ...]]:
    """Count what has no score among the dialogues that did not fail, by dimension and reason, the most frequent first.

    Args:
        measures: all of them, scored or not.
        dialogues: all of them.
        by: columns to group by; the key of all together is ().
    """
    failed = dialogues.filter(pl.col("ending") == "failed").select("dialogue")
    counted = (
        measures.filter(pl.col("score").is_finite().fill_null(False).not_())
        .join(failed, on="dialogue", how="anti")
        .with_columns(pl.col("unscored").fill_null(NOT_A_NUMBER))
        .group_by(*by, "dimension", "unscored")
        .len()
        .sort("len", "dimension", "unscored", descending=[True, False, False])
    )
    groups: dict[tuple[str, ...], tuple[Unscored, ...]] = {}
    for row in counted.iter_rows(named=True):
        key = tuple(row[column] for column in by)
        groups[key] = (*groups.get(key, ()), Unscored(row["dimension"], row["unscored"], row["len"]))
    return groups
