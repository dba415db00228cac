"""A judge among people: like held against like, gaps left out, intervals that mean what they say."""

import numpy as np
import pytest

from hardseek.analysis.agreement import (
    Score,
    baseline_statistics,
    figure,
    judge_statistics,
    mean_of,
    panel,
    people_statistics,
)
from hardseek.errors import Refused

GAP = float("nan")


def _scores(rows: dict[str, list[float | None]], *, clusters: dict[str, str] | None = None) -> list[Score]:
    return [
        Score(item, f"rater {place}", score, (clusters or {}).get(item))
        for item, given in rows.items()
        for place, score in enumerate(given)
        if score is not None
    ]


def test_a_panel_keeps_gaps_and_clusters() -> None:
    made = panel(_scores({"a": [1, 2], "b": [3, None], "c": [None, 4]}, clusters={"a": "x", "b": "y", "c": "x"}))

    assert made.items == ("a", "b", "c")
    np.testing.assert_array_equal(made.scores, [[1, 2], [3, GAP], [GAP, 4]])
    assert made.clusters.tolist() == [0, 1, 0]


def test_a_rating_given_twice_is_refused_by_name() -> None:
    with pytest.raises(Refused, match="item a: rated twice by rater 0"):
        panel([Score("a", "rater 0", 1), Score("a", "rater 0", 2)])


def test_an_item_in_two_clusters_is_refused() -> None:
    with pytest.raises(Refused, match="item a: in two clusters, x and y"):
        panel([Score("a", "one", 1, "x"), Score("a", "two", 2, "y")])


def test_a_judge_that_says_what_everybody_says_agrees_fully() -> None:
    people = panel(_scores({"a": [1, 1], "b": [3, 3], "c": [5, 5], "d": [2, 2]}))
    weights = np.ones((1, 4))

    found = {name: of(weights)[0] for name, of in judge_statistics(people, people.of("rater 0")).items()}

    assert found.pop("bias") == 0
    assert found.pop("absolute-error") == 0
    assert found == pytest.approx(dict.fromkeys(found, 1.0))


def test_a_judge_in_a_persons_place_is_measured_as_that_person_was() -> None:
    # Whoever copies a person agrees with the others exactly as that person does.
    people = panel(_scores({"a": [1, 2], "b": [3, 3], "c": [5, 4], "d": [2, 2], "e": [4, 1]}))
    judge, weights = people.of("rater 0"), np.ones((1, 5))

    with_second = judge_statistics(people, judge)["pearson"](weights)[0]
    between = people_statistics(people)["pearson"](weights)[0]

    # In the first person's place it correlates as they do; in the second's it is held against its own copy.
    assert with_second == pytest.approx((between + 1) / 2)


def test_bias_is_how_much_the_judge_inflates() -> None:
    people = panel(_scores({"a": [1, 3], "b": [2, 2], "c": [4, 4]}))
    judge = np.array([3.0, 3.0, GAP])

    assert judge_statistics(people, judge)["bias"](np.ones((1, 3)))[0] == 1


def test_what_is_unscored_is_left_out_not_filled_in() -> None:
    people = panel(_scores({"a": [1, 1], "b": [3, 3], "c": [5, 5]}))

    exact = judge_statistics(people, np.array([1.0, GAP, 5.0]))["exact"]

    assert exact(np.ones((1, 3)))[0] == 1


def test_guessing_is_the_best_constant() -> None:
    people = panel(_scores({name: [score] for name, score in zip("abcdef", [1, 1, 3, 4, 5, 5.0], strict=True)}))
    weights = np.ones((1, 6))

    found = baseline_statistics(people)

    assert found["exact"](weights)[0] == pytest.approx(2 / 6)
    assert found["within-one"](weights)[0] == pytest.approx(4 / 6)  # always 4


def test_of_nothing_nothing_is_known() -> None:
    people = panel([])

    for of in (*judge_statistics(people, np.array([])).values(), *people_statistics(people).values()):
        made = figure(of, people.clusters)
        assert (made.value, made.low, made.high) == (None, None, None)


@pytest.mark.parametrize("name", ["pearson", "spearman", "kendall"])
def test_a_correlation_with_what_never_varies_is_unknown(name: str) -> None:
    people = panel(_scores({item: [place % 5, 3.0] for place, item in enumerate("abcdefgh")}))

    made = figure(judge_statistics(people, np.full(8, 3.0))[name], people.clusters)

    assert (made.value, made.low, made.high) == (None, None, None)


def test_one_rater_alone_has_no_ceiling() -> None:
    people = panel(_scores({"a": [1], "b": [2], "c": [3]}))
    weights = np.ones((1, 3))

    assert all(np.isnan(of(weights)[0]) for of in people_statistics(people).values())
    assert judge_statistics(people, np.array([1.0, 2, 3]))["icc-single"](weights)[0] == pytest.approx(1)


def test_clusters_are_drawn_whole() -> None:
    # Within a cluster all items are alike: a hundred items say no more than their four clusters.
    rows: dict[str, list[float | None]] = {f"{c}-{i}": [float(c % 2)] for c in range(4) for i in range(25)}
    judge = np.array([float(int(item.split("-")[0]) > 1) for item in rows])
    alone, together = panel(_scores(rows)), panel(_scores(rows, clusters={item: item[0] for item in rows}))

    narrow = figure(judge_statistics(alone, judge)["exact"], alone.clusters)
    wide = figure(judge_statistics(together, judge)["exact"], together.clusters)

    assert (narrow.value, wide.value, wide.clusters) == (0.5, 0.5, 4)
    assert narrow.low is not None
    assert narrow.low > 0.35
    assert wide.low == 0


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    generator = np.random.default_rng(11)
    covered = 0
    for _ in range(120):
        x, noise = generator.normal(size=(2, 60))
        people = panel([Score(str(place), "one", score) for place, score in enumerate(x)])
        made = figure(judge_statistics(people, 0.6 * x + 0.8 * noise)["pearson"], people.clusters, draws=400)
        assert made.low is not None
        assert made.high is not None
        covered += made.low <= 0.6 <= made.high

    assert 0.87 <= covered / 120 <= 1


def test_a_mean_is_over_those_who_rated() -> None:
    np.testing.assert_array_equal(mean_of(np.array([[1, GAP], [2, 4], [GAP, GAP]])), [1, 3, GAP])
