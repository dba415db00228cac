"""Trajectories of simulated seekers."""

from collections.abc import Sequence

import polars as pl
import pytest

from hardseek.analysis import Cell, trajectories

SCHEMA = {
    "dialogue": pl.String, "system": pl.String, "condition": pl.String, "language": pl.String, "card": pl.String,
    "replicate": pl.Int32, "exchange": pl.Int32, "distress": pl.Float64, "trust": pl.Float64, "disclosed": pl.Int32,
}  # fmt: skip


def states(*courses: tuple[str, Sequence[float]]) -> pl.DataFrame:
    """Lay out dialogues, each a card and the course of its distress."""
    rows = [
        (f"d{place} {card}", "a", "worst", "en", card, 0, exchange, distress, distress / 10, int(distress))
        for place, (card, course) in enumerate(courses)
        for exchange, distress in enumerate(course, 1)
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def means(frames: Sequence[pl.DataFrame], quantity: str = "distress") -> tuple[list[float | None], list[float | None]]:
    found = trajectories(frames)[Cell(quantity, "worst", "a")]
    return [each.mean for each in found.staying], [each.mean for each in found.carried]


COURSES = [("c1", [8.0, 9.0]), ("c2", [6.0, 5.0, 4.0, 3.0]), ("c2", [4.0, 4.0, 2.0]), ("c3", [2.0])]


def test_by_hand() -> None:
    staying, carried = means([states(*COURSES)])
    assert staying == pytest.approx([5.0, 6.0, 3.0, 3.0])
    # Whoever left stands where they left: 9, then 9 and 2, then 9, 2 and 2.
    assert carried == pytest.approx([5.0, (9 + 5 + 4 + 2) / 4, (9 + 4 + 2 + 2) / 4, (9 + 3 + 2 + 2) / 4])


def test_all_quantities_and_how_many_there_are() -> None:
    found = trajectories([states(*COURSES)])
    assert [cell.dimension for cell in found] == ["distress", "trust", "disclosed"]
    course = found[Cell("trust", "worst", "a")]
    assert [each.n for each in course.staying] == [4, 3, 2, 1]
    assert [each.n for each in course.carried] == [4, 4, 4, 4]
    assert [each.cards for each in course.staying] == [3, 2, 1, 1]
    assert course.staying[0].mean == pytest.approx(0.5)


def test_frames_come_one_at_a_time_and_it_makes_no_difference() -> None:
    whole = trajectories([states(*COURSES)])
    parts = [states(course) for course in COURSES]
    assert [each.mean for each in trajectories(parts)[Cell("distress", "worst", "a")].carried] == pytest.approx(
        [each.mean for each in whole[Cell("distress", "worst", "a")].carried]
    )
    assert trajectories(parts).keys() == whole.keys()


def test_an_exchange_without_a_state_is_a_gap_and_not_a_leaving() -> None:
    gap = states(("c1", [8.0, 6.0, 4.0])).filter(pl.col("exchange") != 2)
    staying, carried = means([pl.concat([gap, states(("c2", [2.0, 2.0, 2.0]))])])
    assert staying == pytest.approx([5.0, 2.0, 3.0])
    assert carried == pytest.approx([5.0, 2.0, 3.0])


def test_nothing() -> None:
    assert trajectories([]) == {}
