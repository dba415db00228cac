"""The statistics of findings: against references, by hand, and by what they must not depend on."""

import warnings
from typing import Any

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as formula
from hypothesis import given, settings
from hypothesis import strategies as some

from hardseek.analysis.agreement import icc_single
from hardseek.analysis.bootstrap import Array
from hardseek.study.findings.icc import icc_incomplete
from hardseek.study.findings.mixed import carried, fit, redrawn


def crossed(seed: int, raters: int = 8, systems: int = 3, dialogues: int = 40, rows: int = 120) -> Any:
    """Draw scores of systems by raters of differing severity, dialogues rated by several."""
    generator = np.random.default_rng(seed)
    rater, dialogue = generator.integers(0, raters, rows), generator.integers(0, dialogues, rows)
    system = dialogue % systems
    y = 3 + 0.5 * system + generator.normal(size=raters)[rater] + 0.6 * generator.normal(size=dialogues)[dialogue]
    return y + generator.normal(size=rows), system, rater, dialogue


@pytest.mark.parametrize("seed", [0, 2, 3])
def test_the_crossed_model_is_the_reference_s(seed: int) -> None:
    y, system, rater, dialogue = crossed(seed)
    found = fit(y, np.eye(3)[system], [rater, dialogue])
    table = pd.DataFrame({"y": y, "s": system.astype(str), "r": rater, "d": dialogue, "all": 1})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parts = {"r": "0 + C(r)", "d": "0 + C(d)"}
        reference = formula.mixedlm("y ~ 0 + s", table, groups="all", vc_formula=parts).fit(reml=True)
    assert found.effects == pytest.approx(reference.fe_params.to_numpy(), abs=1e-3)
    components = dict(zip(reference.model.exog_vc.names, reference.vcomp, strict=True))
    assert found.components == pytest.approx((components["r"], components["d"]), abs=2e-3)
    assert found.residual == pytest.approx(reference.scale, abs=1e-3)
    assert found.deviance == pytest.approx(-2 * reference.llf, abs=1e-3)


def test_a_severe_rater_does_not_make_a_system_worse() -> None:
    # Rater 0 scores two points lower and saw the second system three times as often.
    rater = np.array([0] * 8 + [1] * 8)
    system = np.array([0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1])
    noise = np.tile([0.1, -0.1], 8)
    y = 4.0 - 2.0 * (rater == 0) + noise
    found = fit(y, np.eye(2)[system], [rater])
    raw = y[system == 0].mean() - y[system == 1].mean()
    assert raw == pytest.approx(1.0)
    assert abs(found.effects[0] - found.effects[1]) < 0.02


def test_raters_that_do_not_differ_are_fitted_as_none() -> None:
    rater = np.repeat(np.arange(4), 6)
    y = np.tile([1.0, 2.0, 3.0, 1.0, 2.0, 3.0], 4)
    found = fit(y, np.ones((24, 1)), [rater])
    assert found.ratios == (0.0,) and found.effects[0] == pytest.approx(2.0)
    assert found.residual == pytest.approx(np.var(y, ddof=1))


def test_scores_that_never_vary_have_their_value() -> None:
    found = fit(np.full(6, 4.0), np.eye(2)[[0, 1, 0, 1, 0, 1]], [np.array([0, 0, 1, 1, 2, 2])])
    assert found.effects == pytest.approx([4.0, 4.0]) and found.components == pytest.approx((0.0,))


@pytest.mark.parametrize("dialogues", [False, True])
def test_drawing_every_rater_once_gives_the_estimate_itself(dialogues: bool) -> None:
    y, system, rater, dialogue = crossed(2)
    x = np.eye(3)[system]
    found = fit(y, x, [rater, dialogue] if dialogues else [rater])
    other = (dialogue, found.ratios[1]) if dialogues else None
    drawn = redrawn(y, x, (rater, found.ratios[0]), np.ones((1, 8)), other)
    assert drawn[0] == pytest.approx(found.effects, abs=1e-8)


def test_what_a_dialogue_brings_is_how_the_estimate_moves_with_it() -> None:
    y, system, rater, dialogue = crossed(2)
    x, effects, ratios = np.eye(3)[system], [rater, dialogue], (0.7, 0.5)
    brought = carried(x, effects, ratios, 1)

    def estimate(values: Array) -> Array:
        found: Array = redrawn(values, x, (rater, ratios[0]), np.ones((1, 8)), (dialogue, ratios[1]))[0]
        return found

    for level in (0, 7):
        assert estimate(y + 1.5 * (dialogue == level)) - estimate(y) == pytest.approx(1.5 * brought[:, level])


def test_a_rater_who_is_drawn_twice_counts_as_two() -> None:
    y, system, rater, _ = crossed(5, raters=3, rows=30)
    twice = np.concatenate([y, y[rater == 1]])
    systems = np.concatenate([system, system[rater == 1]])
    raters = np.concatenate([rater, np.full((rater == 1).sum(), 3)])
    drawn = redrawn(y, np.eye(3)[system], (rater, 0.8), np.array([[1.0, 2.0, 1.0]]))
    written_out = redrawn(twice, np.eye(3)[systems], (raters, 0.8), np.ones((1, 4)))
    assert drawn[0] == pytest.approx(written_out[0])


def test_a_draw_that_lacks_a_system_is_none() -> None:
    y, x = np.array([1.0, 2.0, 3.0]), np.eye(2)[[0, 0, 1]]
    drawn = redrawn(y, x, (np.array([0, 1, 1]), 0.5), np.array([[2.0, 0.0], [0.0, 2.0]]))
    assert np.isnan(drawn[0]).all() and not np.isnan(drawn[1]).any()


@given(seed=some.integers(0, 2**32 - 1), items=some.integers(3, 12), raters=some.integers(2, 5))
@settings(max_examples=30)
def test_where_all_is_balanced_it_is_the_icc_of_the_analysis_of_variance(seed: int, items: int, raters: int) -> None:
    generator = np.random.default_rng(seed)
    scores = generator.normal(size=(items, 1)) + generator.normal(size=(1, raters))
    scores = scores + generator.normal(size=(items, raters))
    weights = np.vstack([np.ones(items), generator.multinomial(items, [1 / items] * items, size=4)])
    ours, anova = icc_incomplete(scores, weights), icc_single(scores, weights)
    known = ~np.isnan(anova) & (np.count_nonzero(weights, axis=1) > 1)
    assert ours[known] == pytest.approx(anova[known], abs=1e-9)


def test_the_icc_is_estimated_where_no_rater_rated_everything() -> None:
    # 2,000 items, each by two of six raters: 1 / (1 + 0.5 + 0.5) = 0.5 up to chance of the six severities.
    generator = np.random.default_rng(3)
    full = generator.normal(size=(2000, 1)) + np.array([[-1, -0.6, -0.2, 0.2, 0.6, 1.0]])
    full = full + np.sqrt(0.5) * generator.normal(size=(2000, 6))
    scores = np.full((2000, 6), np.nan)
    for item in range(2000):
        both = [item % 6, (item + 1 + item // 6 % 5) % 6]
        scores[item, both] = full[item, both]
    severity = np.var([-1, -0.6, -0.2, 0.2, 0.6, 1.0], ddof=1)
    assert icc_incomplete(scores, np.ones((1, 2000)))[0] == pytest.approx(1 / (1 + severity + 0.5), abs=0.04)
    assert np.isnan(icc_single(scores, np.ones((1, 2000)))[0])


def test_the_icc_is_undefined_where_nothing_is_shared_or_varies() -> None:
    apart = np.array([[1.0, np.nan], [np.nan, 2.0]])
    alone = np.array([[1.0, np.nan], [2.0, np.nan]])
    for scores in (apart, alone, np.full((3, 2), 2.0)):
        assert np.isnan(icc_incomplete(scores, np.ones((1, len(scores))))).all()
