"""A judge among people: each measure of agreement for the judge with people, and for people with each other.

Both figures are of the same kind, so that one can be held against the other:

- measures of two raters (QWK, accuracies): the mean over all pairs, judge with each person against person with person;
- correlations: with the mean of the other people, leaving out the person whose place is taken: the judge in that
  person's place, and the person;
- measures of a panel (ICC, alpha): the panel in which the judge takes the place of each person in turn, averaged, and
  the panel as it is.

What people reach with each other is the ceiling: no judge can be shown to be better than that by their ratings.
"""

from collections.abc import Callable, Iterable
from functools import partial
from itertools import combinations
from typing import Final

import numpy as np

from hardseek.analysis.agreement.alpha import krippendorff_alpha
from hardseek.analysis.agreement.closeness import absolute_error, bias, exact, majority, majority_within_one, within_one
from hardseek.analysis.agreement.correlation import kendall, pearson, spearman
from hardseek.analysis.agreement.draws import Statistic
from hardseek.analysis.agreement.intraclass import icc_average, icc_single
from hardseek.analysis.agreement.kappa import quadratic_kappa
from hardseek.analysis.agreement.panel import Array, Panel

OfTwo = Callable[[Array, Array, Array], Array]
OfPanel = Callable[[Array, Array], Array]

PAIRWISE: Final[dict[str, OfTwo]] = {"qwk": quadratic_kappa, "exact": exact, "within-one": within_one}
CORRELATIONS: Final[dict[str, OfTwo]] = {"pearson": pearson, "spearman": spearman, "kendall": kendall}
OF_PANELS: Final[dict[str, OfPanel]] = {
    "icc-single": icc_single,
    "icc-average": icc_average,
    "alpha-nominal": partial(krippendorff_alpha, level="nominal"),
    "alpha-ordinal": partial(krippendorff_alpha, level="ordinal"),
    "alpha-interval": partial(krippendorff_alpha, level="interval"),
}


def judge_statistics(people: Panel, judge: Array) -> dict[str, Statistic]:
    """Name the measures of a judge's agreement with people.

    Args:
        people: who rated what.
        judge: the judge's scores of the same items, NaN where unscored: such items are left out, never filled in.
    """
    found: dict[str, Statistic] = {name: _with_each(of, people, judge) for name, of in PAIRWISE.items()}
    found |= {name: _with_others(of, people, judge) for name, of in CORRELATIONS.items()}
    found |= {name: _in_each_place(of, people, judge) for name, of in OF_PANELS.items()}
    mean = mean_of(people.scores)
    return found | {
        "bias": partial(bias, judge, mean),
        "absolute-error": partial(absolute_error, judge, mean),
    }


def people_statistics(people: Panel) -> dict[str, Statistic]:
    """Name the measures of people's agreement with each other; undefined with fewer than two people."""
    found: dict[str, Statistic] = {name: _between(of, people) for name, of in PAIRWISE.items()}
    found |= {name: _left_out(of, people) for name, of in CORRELATIONS.items()}
    return found | {name: partial(of, people.scores) for name, of in OF_PANELS.items()}


def baseline_statistics(people: Panel) -> dict[str, Statistic]:
    """Name what guessing would reach: the accuracies of always giving the best constant score."""
    return {
        "exact": _averaged(partial(majority, own) for own in people.scores.T),
        "within-one": _averaged(partial(majority_within_one, own) for own in people.scores.T),
    }


def mean_of(scores: Array) -> Array:
    """Return each item's mean over those who rated it; NaN where nobody did."""
    known = ~np.isnan(scores)
    counts = known.sum(axis=1)
    sums = np.where(known, scores, 0.0).sum(axis=1)
    mean: Array = np.divide(sums, counts, out=np.full(len(scores), np.nan), where=counts > 0)
    return mean


def _with_each(of: OfTwo, people: Panel, judge: Array) -> Statistic:
    return _averaged(partial(of, judge, own) for own in people.scores.T)


def _between(of: OfTwo, people: Panel) -> Statistic:
    return _averaged(partial(of, one, other) for one, other in combinations(people.scores.T, 2))


def _with_others(of: OfTwo, people: Panel, judge: Array) -> Statistic:
    if len(people.raters) < 2:  # noqa: PLR2004  (nobody to leave out)
        return _with_each(of, people, judge)
    in_place = ((np.where(np.isnan(people.of(rater)), np.nan, judge), rater) for rater in people.raters)
    return _averaged(partial(of, scores, mean_of(people.without(rater))) for scores, rater in in_place)


def _left_out(of: OfTwo, people: Panel) -> Statistic:
    return _averaged(partial(of, people.of(rater), mean_of(people.without(rater))) for rater in people.raters)


def _in_each_place(of: OfPanel, people: Panel, judge: Array) -> Statistic:
    if len(people.raters) < 2:  # noqa: PLR2004  (the judge and the one person are the panel)
        return partial(of, np.column_stack([people.scores, judge]))
    return _averaged(partial(of, people.replacing(rater, judge)) for rater in people.raters)


def _averaged(statistics: Iterable[Statistic]) -> Statistic:
    """Average statistics, each draw for itself; those that are undefined in a draw do not count in it."""
    all_of_them = list(statistics)

    def average(weights: Array) -> Array:
        values = np.stack([statistic(weights) for statistic in all_of_them], axis=1) if all_of_them else None
        return np.full(len(weights), np.nan) if values is None else mean_of(values)

    return average
