"""The share of each axis in a drop."""

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest

from hardseek.analysis import Cell, shares
from hardseek.errors import Refused
from hardseek.judging import Dimension
from hardseek.seekers import BehaviourProfile

Frames = tuple[pl.DataFrame, pl.DataFrame]
Build = Callable[..., Frames]

RELIEF = Dimension("relief", {}, {}, "higher", -10, 10)
PROFILES = {
    "average": BehaviourProfile(),
    "quiet": BehaviourProfile(low_engagement=1.0),
    "arguing": BehaviourProfile(resistance=1.0, resistance_form="arguing"),
    "both": BehaviourProfile(low_engagement=0.5, resistance=1.0, resistance_form="arguing"),
    "late": BehaviourProfile(low_engagement=1.0, pattern="from", start=3),
}
WORST = Cell("relief", "both", "a")


def cells(drops: dict[str, list[float]], system: str = "a") -> list[tuple[str, str, str, float]]:
    return [(system, name, f"c{n}", 5.0 - drop) for name, of in drops.items() for n, drop in enumerate(of)]


DROPS = {"average": [0.0, 0.0, 0.0], "quiet": [2.0, 2.2, 1.8], "arguing": [1.0, 0.9, 1.1], "both": [3.0, 2.9, 3.1]}


def test_by_hand(build: Build) -> None:
    found = shares(build(cells(DROPS))[1], RELIEF, "average", PROFILES, ["system"])
    assert list(found) == [WORST]
    both = found[WORST]
    # Half as quiet: 1; as arguing: 1; the other 1 is what the two do together.
    assert both.drop.mean == pytest.approx(3.0)
    assert [(part.axis, part.intensity) for part in both.parts] == [
        ("low_engagement", 0.5), ("resistance (arguing)", 1.0)
    ]  # fmt: skip
    assert [part.estimate.mean for part in both.parts] == pytest.approx([1.0, 1.0])
    assert [part.share for part in both.parts] == pytest.approx([1 / 3, 1 / 3])
    assert both.together.mean == pytest.approx(1.0)
    assert both.unmeasured == ()


def test_several_intensities_alone_make_a_slope_through_the_origin(build: Build) -> None:
    profiles = {**PROFILES, "half": BehaviourProfile(low_engagement=0.5)}
    found = shares(build(cells({**DROPS, "half": [2.0] * 3}))[1], RELIEF, "average", profiles, ["system"])[WORST]
    # (1 * 2 + 0.5 * 2) / (1 + 0.25) = 2.4 a unit; the condition has half of it.
    assert found.parts[0].estimate.mean == pytest.approx(1.2)


def test_the_other_form_of_resistance_is_another_axis(build: Build) -> None:
    profiles = {**PROFILES, "arguing": BehaviourProfile(resistance=1.0, resistance_form="withdrawing")}
    found = shares(build(cells(DROPS))[1], RELIEF, "average", profiles, ["system"])[WORST]
    assert [part.axis for part in found.parts] == ["low_engagement"]
    assert found.unmeasured == ("resistance (arguing)",)
    assert found.together.mean == pytest.approx(2.0)


def test_nothing_measured_alone_is_not_taken_apart(build: Build) -> None:
    drops = {name: DROPS[name] for name in ("average", "both")}
    assert shares(build(cells(drops))[1], RELIEF, "average", PROFILES, ["system"]) == {}


def test_a_behaviour_that_changes_over_time_stands_for_no_axis(build: Build) -> None:
    drops = {"average": [0.0] * 3, "late": [9.0] * 3, "arguing": [1.0] * 3, "both": [3.0] * 3}
    found = shares(build(cells(drops))[1], RELIEF, "average", PROFILES, ["system"])[WORST]
    assert found.unmeasured == ("low_engagement",)


def test_a_drop_that_is_none_has_no_shares(build: Build) -> None:
    drops = {"average": [0.0] * 4, "quiet": [2.0, -2.0, 1.0, -1.0], "both": [1.0, -1.0, 2.0, -2.0]}
    found = shares(build(cells(drops))[1], RELIEF, "average", PROFILES, ["system"])[WORST]
    assert [part.share for part in found.parts] == [None]


def test_only_seekers_met_under_all_conditions_count(build: Build) -> None:
    drops = {**DROPS, "both": [3.0, 2.9, 3.1, 99.0], "average": [0.0] * 4}
    found = shares(build(cells(drops))[1], RELIEF, "average", PROFILES, ["system"])[WORST]
    assert (found.drop.n, found.drop.mean) == pytest.approx((3, 3.0))


def test_parts_and_remainder_add_up_card_by_card(build: Build) -> None:
    generator = np.random.Generator(np.random.PCG64(3))
    drops = {name: generator.normal(size=9).tolist() for name in DROPS}
    found = shares(build(cells(drops))[1], RELIEF, "average", PROFILES, [])[Cell("relief", "both")]
    parts = [part.estimate.mean for part in found.parts]
    assert None not in parts
    assert sum(part for part in parts if part is not None) + (found.together.mean or 0) == pytest.approx(
        found.drop.mean
    )


def test_a_reference_that_is_hard_itself_is_refused(build: Build) -> None:
    with pytest.raises(Refused, match="quiet: sets low_engagement itself"):
        shares(build(cells(DROPS))[1], RELIEF, "quiet", PROFILES, [])
