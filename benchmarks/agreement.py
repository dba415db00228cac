"""How long the agreement of a judge with people takes: all statistics, with 2,000 bootstrap draws.

    python -m benchmarks.agreement [--ratings 10000] [--raters 4]

Beside it, in the same run, the same number of draws of the same statistics by scipy, scikit-learn and krippendorff,
timed over a few draws and multiplied.
"""

import argparse
import warnings
from collections.abc import Callable
from time import perf_counter

import krippendorff
import numpy as np
from scipy import stats
from sklearn.metrics import cohen_kappa_score

from hardseek.analysis.agreement import Panel, figure, judge_statistics, people_statistics
from hardseek.analysis.agreement.panel import Array
from hardseek.analysis.bootstrap import DRAWS

_TIMED = 20


def main() -> None:
    """Make ratings, time both, print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ratings", type=int, default=10_000)
    parser.add_argument("--raters", type=int, default=4)
    given = parser.parse_args()
    people, judge = _made(given.ratings // given.raters, given.raters)
    began = perf_counter()
    statistics = {**judge_statistics(people, judge), **{f"people {k}": v for k, v in people_statistics(people).items()}}
    for statistic in statistics.values():
        figure(statistic, people.clusters)
    ours = perf_counter() - began
    theirs = _peers(people, judge)
    print(
        f"{people.scores.size} ratings by {given.raters}, {DRAWS} draws\n"
        f"all {len(statistics)} statistics with intervals: {ours:.1f} s\n"
        f"kappa, Spearman, Kendall (judge with each) and ordinal alpha, one draw at a time by other libraries: "
        f"{theirs:.1f} s, {theirs / ours:.1f} times as long"
    )


def _made(items: int, raters: int) -> tuple[Panel, Array]:
    generator = np.random.default_rng(1)
    truth = generator.normal(3, 1, size=items)
    scores = np.clip(np.round(truth[:, None] + generator.normal(0, 0.8, size=(items, raters))), 1, 5)
    judge = np.clip(np.round(truth + generator.normal(0, 0.8, size=items)), 1, 5)
    names = tuple(f"rater {place}" for place in range(raters))
    return Panel(tuple(map(str, range(items))), names, scores, np.arange(items)), judge


def _peers(people: Panel, judge: Array) -> float:
    def once() -> None:
        drawn = np.random.default_rng(2).integers(0, len(judge), size=len(judge))
        scores, judged = people.scores[drawn], judge[drawn]
        for own in scores.T:
            cohen_kappa_score(judged, own, weights="quadratic")
            stats.spearmanr(judged, own)
            stats.kendalltau(judged, own)
        krippendorff.alpha(scores.T, level_of_measurement="ordinal")

    return _timed(once) * DRAWS


def _timed(once: Callable[[], None]) -> float:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        began = perf_counter()
        for _ in range(_TIMED):
            once()
    return (perf_counter() - began) / _TIMED


if __name__ == "__main__":
    main()
