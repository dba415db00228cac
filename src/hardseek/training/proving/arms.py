"""Arms: versions of one system that differ in what they were trained on, measured with the same seekers."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import polars as pl

from hardseek.analysis import comparable
from hardseek.errors import Refused
from hardseek.mistakes import choices
from hardseek.supporters.builtin import BUILTIN_NAMES
from hardseek.training.dataset import load_dataset_folder
from hardseek.training.fitting import read_outcome

SYSTEM: Final = "the system"
"""What every arm's system is called, so that they are paired."""


@dataclass(frozen=True, slots=True)
class Arm:
    """One version of the system."""

    name: str
    run: str
    """Where it was measured."""
    system: str
    """What it is called there."""
    measures: pl.DataFrame
    """As `frames.comparable` leaves them, of this system alone, which is called SYSTEM."""
    failed: int
    """Dialogues that failed, and are left out."""


def arm(name: str, run: str, system: str | None, dialogues: pl.DataFrame, measures: pl.DataFrame) -> Arm:
    """Take a system out of a run.

    Args:
        name: of the arm.
        run: where the run is.
        system: in the run; None where it has only one besides the built-in controls.
        dialogues: of the run, with the columns `frames.DIALOGUES`.
        measures: of the run, with the columns `frames.MEASURES`.

    Raises:
        Refused: the run has no such system, or several that could be meant.
    """
    known = sorted(dialogues["system"].cast(pl.String).unique().to_list())
    chosen = system if system is not None else _only(name, run, known)
    if chosen not in known:
        raise Refused(f"{name}: {run} has no system {chosen!r}; {choices(chosen, known, says='it has')}")
    mine = dialogues.filter(pl.col("system").cast(pl.String) == chosen)
    kept = comparable(measures, dialogues).filter(pl.col("system").cast(pl.String) == chosen)
    kept = kept.with_columns(pl.col("condition", "card", "language").cast(pl.String), system=pl.lit(SYSTEM))
    return Arm(name, run, chosen, kept, mine.filter(pl.col("ending") == "failed").height)


def trained_on(folders: Iterable[Path]) -> frozenset[str]:
    """Return the cards that models were trained on, or watched on while they were.

    Args:
        folders: datasets of `hardseek train data`, or folders of trainings.

    Raises:
        Refused: one of them is neither.
    """
    cards: set[str] = set()
    for folder in folders:
        if (folder / "training.json").is_file():
            cards |= set(read_outcome(folder).cards)
        else:
            splits = load_dataset_folder(folder).splits
            rows = [row for name in ("train", "valid") for row in splits.get(name, ())]
            cards |= {row.card for row in rows if row.card is not None}
    return frozenset(cards)


def held_out(arms: Iterable[Arm], trained: Collection[str]) -> tuple[tuple[Arm, ...], frozenset[str]]:
    """Leave out the cards that somebody was trained on.

    Returns:
        The arms, and the cards that were left out.

    Raises:
        Refused: nothing is left.
    """
    given = tuple(arms)
    present = {card for each in given for card in each.measures["card"].unique().to_list()}
    seen = frozenset(present & set(trained))
    if present and seen == present:
        raise Refused(
            "every card that was measured with is one that was trained on, so nothing is held out: measure with others "
            "(`cards:` in the experiment), or make the training data anew, with `--against` these"
        )
    kept = tuple(replace(each, measures=each.measures.filter(~pl.col("card").is_in(list(seen)))) for each in given)
    return kept, seen


def _only(name: str, run: str, known: list[str]) -> str:
    own = [system for system in known if system not in BUILTIN_NAMES] or known
    if len(own) != 1:
        raise Refused(f"{name}: {run} has several systems ({', '.join(own)}); say which: {name}={run}:{own[0]}")
    return own[0]
