"""The summary of a run."""

from collections.abc import Callable

import polars as pl
import pytest

from hardseek.analysis import Cell, summarise
from hardseek.judging import Dimension

Frames = tuple[pl.DataFrame, pl.DataFrame]
Build = Callable[..., Frames]

RELIEF = Dimension("relief", {}, {}, "higher", -10, 10)


def cells(*conditions: str, systems: tuple[str, ...] = ("a",)) -> list[tuple[str, str, str, float]]:
    return [
        (s, c, f"c{n}", 5.0 - place - n % 2) for s in systems for place, c in enumerate(conditions) for n in range(4)
    ]


def test_average_is_the_reference_and_worst_the_focus(build: Build) -> None:
    dialogues, measures = build(cells("resistance", "worst", "average"))
    found = summarise(dialogues, measures, [RELIEF], reference="resistance", order=("worst", "average", "resistance"))
    assert (found.reference, found.focus) == ("average", "worst")
    assert found.conditions == ("average", "worst", "resistance")
    assert found.hard == ("worst", "resistance")
    assert found.drops[Cell("relief", "resistance", "a")].estimate.mean == -2.0
    assert found.means[Cell("relief", "average", "a")].mean == 2.5


def test_a_reference_is_told_where_there_is_no_average(build: Build) -> None:
    dialogues, measures = build(cells("before", "after"))
    found = summarise(dialogues, measures, [RELIEF], reference="before")
    assert (found.reference, found.focus) == ("before", "after")
    assert found.drops[Cell("relief", "after", "a")].estimate.mean == 1.0


def test_without_a_reference_there_are_means_but_no_drops(build: Build) -> None:
    dialogues, measures = build(cells("one", "two"))
    found = summarise(dialogues, measures, [RELIEF], reference="three")
    assert found.reference is None
    assert found.drops == {}
    assert len(found.means) == 4


def test_one_condition(build: Build) -> None:
    dialogues, measures = build(cells("average"))
    found = summarise(dialogues, measures, [RELIEF])
    assert (found.reference, found.focus, found.hard) == ("average", None, ())
    assert found.drops == {}


def test_languages_are_given_apart_and_pooled_only_when_there_are_several(build: Build) -> None:
    both = build(cells("average", "worst"), language=lambda card: "zh" if card in {"c0", "c1"} else "en")
    found = summarise(*both, [RELIEF])
    assert found.languages == ("en", "zh")
    assert found.drops[Cell("relief", "worst", "a", "zh")].estimate.n == 2
    assert found.drops[Cell("relief", "worst", None, "zh")].estimate.n == 2
    assert found.drops[Cell("relief", "worst")].estimate.n == 4
    one = summarise(*build(cells("average", "worst")), [RELIEF])
    assert {cell.language for cell in one.means} == {None}


def test_nothing_finished(build: Build) -> None:
    found = summarise(*build([]), [RELIEF])
    assert (found.systems, found.conditions, found.reference, found.focus) == ((), (), None, None)
    assert not found.means and not found.drops and not found.outcomes


def test_columns_may_be_categorical(build: Build) -> None:
    dialogues, measures = build(cells("average", "worst", systems=("a", "b")), endings={0: None})
    names = ["system", "condition", "language", "card"]
    plain = summarise(dialogues, measures, [RELIEF])
    packed = summarise(
        dialogues.cast(dict.fromkeys([*names, "ending", "fault"], pl.Categorical)),
        measures.cast(dict.fromkeys([*names, "dimension", "unscored"], pl.Categorical)),
        [RELIEF],
    )
    assert packed == plain


def test_failed_dialogues_are_counted_and_not_averaged(build: Build) -> None:
    dialogues, measures = build(cells("average", "worst"), endings={0: "failed"}, faults={0: "timeout"})
    found = summarise(dialogues, measures, [RELIEF])
    assert found.means[Cell("relief", "average", "a")].n == 3
    assert found.drops[Cell("relief", "worst", "a")].estimate.n == 3
    assert found.outcomes[("a", "average")].faults == {"timeout": 1}
    assert found.means[Cell("relief", "average", "a")].mean == pytest.approx((4 + 5 + 4) / 3)


def test_what_a_system_lacks_is_counted_and_one_without_dialogues_lacks_nothing(build: Build) -> None:
    some = [("a", "average", "c0", 1.0), ("a", "average", "c1", None), ("b", "average", "c0", None)]
    found = summarise(*build(some, endings={0: "failed"}, faults={0: "timeout"}), [RELIEF])
    assert (found.outcomes_of().total, found.outcomes_of("a").failed, found.outcomes_of("b").finished) == (3, 1, 1)
    assert (found.unscored_on("relief"), found.unscored_on("relief", "a"), found.unscored_on("turns")) == (2, 1, 0)
    assert (found.outcomes_of("c").total, found.outcomes_of("c").share("limit")) == (0, None)
    assert found.unscored_on("relief", "c") == 0
