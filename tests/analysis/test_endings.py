"""Counting endings, faults and what is unscored."""

from collections.abc import Callable

import polars as pl
import pytest

from hardseek.analysis import Unscored, outcomes, unscored

Frames = tuple[pl.DataFrame, pl.DataFrame]
Build = Callable[..., Frames]

CELLS = [("a", "average", f"c{n}", None if n == 1 else 1.0) for n in range(4)] + [("b", "worst", "c0", float("inf"))]
ENDINGS: dict[int, str | None] = {0: "resolved", 1: "withdrew", 2: None, 3: "failed", 4: "resolved"}


def test_every_dialogue_is_counted_once(build: Build) -> None:
    dialogues = build(CELLS, endings=ENDINGS, faults={3: "timeout"})[0]
    found = outcomes(dialogues)[()]
    assert found.endings == {"resolved": 2, "withdrew": 1, "limit": 0, "unknown": 1}
    assert found.faults == {"timeout": 1}
    assert (found.finished, found.failed, found.total) == (4, 1, 5)
    assert found.share("resolved") == pytest.approx(2 / 4)


def test_by_group(build: Build) -> None:
    found = outcomes(build(CELLS, endings=ENDINGS)[0], ("system", "condition"))
    assert found[("a", "average")].total == 4
    assert found[("b", "worst")].share("resolved") == 1.0
    assert found[("a", "average")].faults == {"unknown": 1}


def test_all_failed_has_no_shares(build: Build) -> None:
    found = outcomes(build(CELLS, endings=dict.fromkeys(range(5), "failed"))[0])[()]
    assert (found.finished, found.failed) == (0, 5)
    assert found.share("resolved") is None


def test_unscored_by_reason_without_the_failed(build: Build) -> None:
    dialogues, measures = build([*CELLS, ("b", "worst", "c1", None)], endings={**ENDINGS, 5: "failed"})
    assert unscored(measures, dialogues)[()] == (
        Unscored("relief", "judge refused", 1),
        Unscored("relief", "the score is not a finite number", 1),
    )
    assert unscored(measures, dialogues, ("system",))[("b",)][0].n == 1


def test_nothing(build: Build) -> None:
    dialogues, measures = build([])
    assert outcomes(dialogues) == {}
    assert unscored(measures, dialogues) == {}
