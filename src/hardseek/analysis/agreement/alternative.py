"""The alternative annotator test: may a judge stand in for one of the people who rate?

Calderon, Reichart and Dror (2025, The Alternative Annotator Test for LLM-as-a-Judge, ACL 2025). For each person j and
each item that j and at least one other rated, judge and person are held against the remaining people: for scores, by
how near they are to these (the negative root mean squared distance); a tie is a point for both. With rho_judge and
rho_person the shares of items on which either is at least as near, the hypothesis that the judge is worse by more than
epsilon,

    H0: rho_judge <= rho_person - epsilon,

is tested by a one-sided paired t test, with the Benjamini-Yekutieli correction over people at a false discovery rate of
0.05. The winning rate is the share of people for whom H0 is rejected; at 0.5 or more the judge may stand in. Epsilon is
what a person costs more than a judge: 0.2 for experts, 0.15 for skilled raters, 0.1 for the crowd.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from hardseek.analysis.agreement.panel import Array, Panel

EXPERTS: Final = 0.2
FALSE_DISCOVERIES: Final = 0.05
PASSES: Final = 0.5
_FEWEST: Final = 30
"""Items of a person from which the t test is used, as the source advises; with fewer that person is left out."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """The result of the test."""

    winning_rate: float | None
    """Share of people against whom the judge wins; None when no person can be tested."""
    advantage: float | None
    """The mean over people of the share of items on which the judge is at least as near to the others."""
    tested: int
    """People with at least thirty items and somebody to be held against."""

    @property
    def passes(self) -> bool | None:
        """Whether the judge may stand in for a person; None when nobody could be tested."""
        return None if self.winning_rate is None else self.winning_rate >= PASSES


def alternative_annotator_test(people: Panel, judge: Array, *, epsilon: float = EXPERTS) -> Alternative:
    """Run the test.

    Args:
        people: at least three for the test to mean much, two for it to be possible.
        judge: its scores of the same items, NaN where unscored; these items are left out.
        epsilon: by how much the judge may win less often than the person; see the module.
    """
    advantages, p_values = [], []
    for rater in people.raters:
        judged, own = _nearness(people, judge, rater)
        if len(judged) < _FEWEST:
            continue
        wins, loses = (judged >= own).astype(np.float64), (own >= judged).astype(np.float64)
        advantages.append(float(wins.mean()))
        p_values.append(_p_value(wins - loses, -epsilon))
    if not p_values:
        return Alternative(None, None, 0)
    from scipy.stats import false_discovery_control  # slow to import

    rejected = false_discovery_control(p_values, method="by") < FALSE_DISCOVERIES
    return Alternative(float(np.mean(rejected)), float(np.mean(advantages)), len(p_values))


def _nearness(people: Panel, judge: Array, rater: str) -> tuple[Array, Array]:
    """Return how near the judge and one person are to the others, on the items where all can be told."""
    own, others = people.of(rater), people.without(rater)
    known = ~np.isnan(own) & ~np.isnan(judge) & ~np.isnan(others).all(axis=1)
    rest = others[known]
    return _minus_distance(judge[known], rest), _minus_distance(own[known], rest)


def _minus_distance(scores: Array, others: Array) -> Array:
    distance: Array = np.sqrt(np.nanmean((others - scores[:, None]) ** 2, axis=1))
    return -distance


def _p_value(differences: Array, bound: float) -> float:
    if np.ptp(differences) == 0:  # a t test of what does not vary has no error to go by
        return 0.0 if differences[0] > bound else 1.0
    from scipy.stats import ttest_1samp  # slow to import

    return float(ttest_1samp(differences, bound, alternative="greater").pvalue)
