"""A judge beside people: what is held against what."""

import numpy as np
import pytest

from hardseek.validity.judge import Given, Measure, agreement, compared

PEOPLE = ("ann", "bob", "cat")


def _ratings(*, bias: float = 0.0, spread: float = 0.5, unrated: int = 0, seed: int = 3) -> list[Given]:
    """Let three people and a judge rate sixty items of twelve systems, and the judge some more."""
    generator = np.random.default_rng(seed)
    found = []
    for place in range(60 + unrated):
        truth = generator.normal(3, 1)
        raters = (*PEOPLE, "judge") if place < 60 else ("judge",)
        for rater in raters:
            wide, shift = (spread, bias) if rater == "judge" else (0.6, 0.0)
            score = float(np.clip(np.round(truth + shift + wide * generator.normal()), 1, 5))
            found.append(Given(f"i{place}", rater, "empathy", score, f"s{place % 12}"))
    return found


def _measures(given: list[Given]) -> dict[str, Measure]:
    (of,) = compared(given, ["judge"])
    return {made.name: made for made in agreement(of, draws=400)}


def test_a_judge_as_good_as_people_is_not_called_worse() -> None:
    found = _measures(_ratings())

    assert found["qwk"].holds is True
    assert found["qwk"].people is not None
    assert found["qwk"].value == pytest.approx(found["qwk"].people, abs=0.15)
    assert found["alternative-annotator"].holds is True


def test_a_judge_that_guesses_is_called_worse_than_people() -> None:
    found = _measures(_ratings(spread=9.0))

    assert found["spearman"].holds is False
    assert found["spearman"].difference is not None
    assert found["spearman"].difference < -0.3
    assert found["alternative-annotator"].holds is False


def test_inflation_shows_as_bias_and_not_in_ranks() -> None:
    found = _measures(_ratings(bias=1.0))

    assert found["bias"].value == pytest.approx(0.85, abs=0.3)
    assert found["spearman"].holds is True
    assert found["exact"].holds is False


def test_the_mean_is_corrected_where_the_judge_scored_more_than_people_did() -> None:
    assert "corrected-mean" not in _measures(_ratings(bias=1.0))

    found = _measures(_ratings(bias=1.0, unrated=200))["corrected-mean"]

    assert found.baseline is not None
    assert found.value is not None
    assert found.baseline - found.value == pytest.approx(0.85, abs=0.3)
    assert found.interval is not None
    assert found.interval[0] < 3 < found.interval[1]


def test_people_are_measured_on_what_the_judge_scored() -> None:
    given = _ratings()
    left_out = [
        Given(each.item, each.rater, each.dimension, None, each.cluster)
        if each.rater == "judge" and each.cluster == "s0"
        else each
        for each in given
    ]

    assert (_measures(given)["qwk"].items, _measures(left_out)["qwk"].items) == (60, 55)


def test_without_a_judge_people_are_measured_alone() -> None:
    (of,) = compared([each for each in _ratings() if each.rater != "judge"], [])

    found = {made.name: made for made in agreement(of, draws=200)}

    assert found["alpha-ordinal"].value is None
    assert found["alpha-ordinal"].people is not None
    assert found["alpha-ordinal"].people > 0.5


def test_languages_and_dimensions_are_kept_apart() -> None:
    given = [
        Given(f"{language}{dimension}{place}", rater, dimension, float(place % 5), None, language)
        for language in ("en", "zh")
        for dimension in ("empathy", "skill")
        for place in range(8)
        for rater in ("ann", "bob")
    ]

    found = compared(given, [])

    assert [(of.dimension, of.language, len(of.people.items)) for of in found] == [
        ("empathy", "en", 8), ("empathy", "zh", 8), ("skill", "en", 8), ("skill", "zh", 8),
    ]  # fmt: skip
