"""How long seekers stay."""

from collections.abc import Sequence

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats  # scipy carries no types
from statsmodels.duration.survfunc import SurvfuncRight, survdiff

from hardseek.analysis import DIALOGUES, curves, log_rank

Stay = tuple[str, str | None, int]
"""Card, ending, exchanges."""


def frame(stays: Sequence[Stay], system: str = "a") -> pl.DataFrame:
    rows = [
        {
            "dialogue": f"{system}{place}", "system": system, "condition": "worst", "language": "en", "card": card,
            "replicate": place, "ending": ending, "fault": "timeout" if ending == "failed" else None,
            "exchanges": exchanges,
        }
        for place, (card, ending, exchanges) in enumerate(stays)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=DIALOGUES)


BY_HAND: list[Stay] = [
    ("c1", "withdrew", 1),
    ("c2", "resolved", 2),
    ("c3", "withdrew", 2),
    ("c4", "limit", 3),
    ("c5", "withdrew", 3),
    ("c6", "failed", 1),
    ("c7", None, 2),
]


def test_by_hand() -> None:
    curve = curves(frame(BY_HAND))["worst", "a"]
    # 5 reach exchange 1, 4 exchange 2, 2 exchange 3; one leaves unhelped in each: 4/5, 3/4, 1/2.
    assert curve.at_risk == (5, 4, 2)
    assert [each.mean for each in curve.stay] == pytest.approx([0.8, 0.6, 0.3])
    assert curve.left == pytest.approx([0.2, 0.2 + 0.8 / 4, 0.2 + 0.2 + 0.6 / 2])
    assert curve.exchanges.mean == pytest.approx(1 + 0.8 + 0.6)
    assert (curve.events, curve.left_out) == (3, 2)


def test_nobody_leaves_or_everybody() -> None:
    staying = curves(frame([(f"c{n}", "limit", 4) for n in range(5)]))["worst", "a"]
    assert all((each.mean, each.low, each.high) == (1.0, 1.0, 1.0) for each in staying.stay)
    assert staying.exchanges.mean == 4.0
    gone = curves(frame([(f"c{n}", "withdrew", 1) for n in range(5)]))["worst", "a"]
    assert (gone.stay[0].mean, gone.exchanges.mean, gone.left) == (0.0, 1.0, (1.0,))


def test_of_nothing_there_is_no_curve() -> None:
    assert curves(frame([])) == {}
    assert curves(frame([("c1", "failed", 1), ("c2", None, 3)])) == {}


stays = st.lists(
    st.tuples(st.sampled_from(["c1", "c2", "c3", "c4"]), st.sampled_from(["withdrew", "limit", "resolved"]),
              st.integers(1, 6)), min_size=2, max_size=25,
)  # fmt: skip


@given(stays)
def test_the_curve_agrees_with_scipy(some: list[Stay]) -> None:
    left = [exchanges for _, ending, exchanges in some if ending == "withdrew"]
    stayed = [exchanges for _, ending, exchanges in some if ending != "withdrew"]
    expected = stats.ecdf(stats.CensoredData(uncensored=left, right=stayed)).sf
    curve = curves(frame(some))["worst", "a"]
    last = max(exchanges for _, _, exchanges in some)
    assert [each.mean for each in curve.stay] == pytest.approx(expected.evaluate(np.arange(1, last + 1)))


def test_the_interval_agrees_with_greenwoods_where_every_dialogue_is_a_card() -> None:
    generator = np.random.Generator(np.random.PCG64(6))
    exchanges = generator.integers(1, 9, 400)
    endings = generator.choice(["withdrew", "limit"], 400)
    some = [(f"c{n}", str(ending), int(time)) for n, (ending, time) in enumerate(zip(endings, exchanges, strict=True))]
    left, stayed = exchanges[endings == "withdrew"], exchanges[endings == "limit"]
    function = stats.ecdf(stats.CensoredData(uncensored=left, right=stayed)).sf
    between = function.confidence_interval(0.95, method="linear")
    curve = curves(frame(some))["worst", "a"]
    for time in (2, 4, 6):
        found = curve.stay[time - 1]
        assert found.low == pytest.approx(float(between.low.evaluate(time)), abs=0.01)
        assert found.high == pytest.approx(float(between.high.evaluate(time)), abs=0.01)


def test_dialogues_said_twice_do_not_narrow_the_interval() -> None:
    some: list[Stay] = [(f"c{n}", "withdrew" if n % 3 else "limit", 1 + n % 4) for n in range(12)]
    once, twice = curves(frame(some))["worst", "a"], curves(frame(some * 2))["worst", "a"]
    assert twice.stay[1].low == pytest.approx(once.stay[1].low)
    assert twice.exchanges.high == pytest.approx(once.exchanges.high)


def test_the_log_rank_statistic_is_what_statsmodels_computes() -> None:
    generator = np.random.Generator(np.random.PCG64(9))
    first = [(f"c{n}", str(generator.choice(["withdrew", "limit"])), int(generator.integers(1, 6))) for n in range(60)]
    other = [(f"c{n}", str(generator.choice(["withdrew", "limit"])), int(generator.integers(1, 9))) for n in range(60)]
    found = log_rank(frame(first, "a"), frame(other, "b"))
    both = [*first, *other]
    chi2, p = survdiff([t for _, _, t in both], [e == "withdrew" for _, e, _ in both], [0] * 60 + [1] * 60)
    # Cards here have nothing in common, so that the usual variance is right.
    times = np.array([t for _, _, t in both])
    event = np.array([e == "withdrew" for _, e, _ in both])
    group = np.arange(120) < 60
    excess = variance = 0.0
    for t in np.unique(times[event]):
        n, n1 = (times >= t).sum(), (times[group] >= t).sum()
        d, d1 = (event & (times == t)).sum(), (event & (times == t))[group].sum()
        excess += d1 - d * n1 / n
        variance += d * n1 * (n - n1) * (n - d) / (n * n * max(n - 1, 1))
    assert found.excess == pytest.approx(excess)
    assert found.excess**2 / variance == pytest.approx(chi2)
    assert found.p == pytest.approx(p, abs=0.02)
    assert found.cards == 60


def test_groups_that_are_the_same_are_not_told_apart() -> None:
    found = log_rank(frame(BY_HAND, "a"), frame(BY_HAND, "b"))
    assert (found.excess, found.p, found.cards) == pytest.approx((0.0, 1.0, 5))


def test_only_shared_cards_count() -> None:
    none = log_rank(frame([("c1", "withdrew", 1)], "a"), frame([("c2", "limit", 3)], "b"))
    assert (none.excess, none.p, none.cards) == (0.0, None, 0)


def test_false_alarms_keep_to_their_level_though_replicates_are_alike() -> None:
    generator = np.random.Generator(np.random.PCG64(12))
    alarms = 0
    for _ in range(150):
        groups = []
        for system in "ab":
            hardness = generator.integers(1, 7, 12)  # of a system with a card: all four replicates leave together
            groups.append(frame([(f"c{n}", "withdrew", int(hardness[n])) for n in range(12) for _ in range(4)], system))
        p = log_rank(*groups).p
        alarms += p is not None and p <= 0.05
    assert alarms <= 15  # 7.5 expected; dialogues taken for independent gave 40 and more


def test_curves_are_those_of_statsmodels() -> None:
    generator = np.random.default_rng(5)
    kinds = ["withdrew", "resolved", "limit"]
    stays: list[Stay] = [(f"c{n % 9}", kinds[generator.integers(3)], int(generator.integers(1, 9))) for n in range(180)]
    (curve,) = curves(frame(stays)).values()
    other = SurvfuncRight([time for _, _, time in stays], [ending == "withdrew" for _, ending, _ in stays])
    theirs = dict(zip(other.surv_times, other.surv_prob, strict=True))
    for exchange, stay in enumerate(curve.stay, 1):
        if exchange in theirs:
            assert stay.mean == pytest.approx(theirs[exchange])
    assert set(theirs) == set(range(1, 9))
