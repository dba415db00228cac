"""A small version of benchmarks/coverage.py: what is wrong by much is found here, the figures are printed there."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from benchmarks.coverage import Row


@pytest.fixture(scope="module")
def table() -> Iterator[list["Row"]]:
    """Run the benchmark, which stands outside the package."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(Path(__file__).parents[2]))
        from benchmarks.coverage import rows

        yield list(rows(trials=160, cards=[30], draws=400))


def test_intervals_cover(table: list["Row"]) -> None:
    # The Monte Carlo error is 0.017: 0.05 off the nominal 0.95 is three of it.
    found = {(row.what, row.data): row.found for row in table if row.what.startswith(("mean", "paired", "stays"))}
    assert len(found) == 3 + 3 + 2
    assert {what: share for what, share in found.items() if not 0.90 <= share <= 0.995} == {}


def test_intervals_of_tails_and_restricted_means_cover(table: list["Row"]) -> None:
    found = {(row.what, row.data): row.found for row in table if row.what.startswith(("worst", "restricted"))}
    assert len(found) == 2 * 3 + 1
    assert {what: share for what, share in found.items() if not 0.88 <= share <= 1.0} == {}


def test_tests_hold_their_level(table: list["Row"]) -> None:
    found = {row.what: row.found for row in table}
    assert found["false discoveries"] <= 0.10  # 40 trials
    assert found["log-rank, no difference"] <= 0.15


def test_designs_show_what_they_are_said_to(table: list["Row"]) -> None:
    (power,) = (row.found for row in table if row.what.startswith("power"))
    assert power == pytest.approx(0.80, abs=0.10)
