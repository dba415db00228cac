"""How far a judge can be believed: its agreement with people beside people's agreement with each other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from hardseek.analysis.agreement import (
    Panel,
    Score,
    Statistic,
    alternative_annotator_test,
    baseline_statistics,
    figure,
    judge_statistics,
    mean_of,
    panel,
    people_statistics,
    prediction_powered_mean,
)
from hardseek.analysis.agreement.alternative import EXPERTS
from hardseek.analysis.agreement.panel import Array
from hardseek.analysis.bootstrap import DRAWS
from hardseek.language import LANGUAGES, Language
from hardseek.validity.judge.ratings import Given

Interval = tuple[float, float] | None
_TWO: Final = 2


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """One measure of agreement, of one judge on one dimension in one language."""

    name: str
    """Such as `qwk` or `alpha-ordinal`."""
    dimension: str
    language: Language
    judge: str | None
    """None where people alone are measured."""
    value: float | None
    """Of the judge with people; None where it is undefined."""
    interval: Interval = None
    """95 %, by drawing whole clusters."""
    people: float | None = None
    """The same of people with each other; None with one person."""
    people_interval: Interval = None
    difference: float | None = None
    """The judge's less people's, in the same draws."""
    difference_interval: Interval = None
    baseline: float | None = None
    """What always giving the best constant score would reach."""
    items: int
    """Rated by people and scored by the judge."""
    clusters: int
    aim: str | None = None
    holds: bool | None = None
    """Whether the judge agrees as well as people do, as far as can be told: False where the interval of the difference
    lies below 0. Of the alternative annotator test: whether it passes."""


@dataclass(frozen=True, slots=True)
class Compared:
    """The scores of one dimension in one language."""

    dimension: str
    language: Language
    people: Panel
    judges: dict[str, Array]
    """By name, in the order of the panel's items; NaN where unscored."""
    beyond: dict[str, Array]
    """By name, the judge's scores of items that no person rated."""


def compared(given: Sequence[Given], judges: Sequence[str]) -> list[Compared]:
    """Sort ratings by dimension and language into people's and judges'.

    Args:
        given: all ratings.
        judges: the raters that are judges; everybody else is a person.
    """
    found = []
    for dimension in dict.fromkeys(each.dimension for each in given):
        for language in LANGUAGES:
            mine = [each for each in given if each.dimension == dimension and each.language == language]
            by_people = [
                Score(each.item, each.rater, each.score, each.cluster)
                for each in mine
                if each.rater not in judges and each.score is not None
            ]
            if by_people:
                people = panel(by_people)
                of_judges = {
                    judge: {each.item: each.score for each in mine if each.rater == judge and each.score is not None}
                    for judge in judges
                }
                found.append(_compared(dimension, language, people, of_judges))
    return found


def _compared(dimension: str, language: Language, people: Panel, of_judges: dict[str, dict[str, float]]) -> Compared:
    rated = set(people.items)
    scored = {
        judge: np.array([scores.get(item, float("nan")) for item in people.items])
        for judge, scores in of_judges.items()
        if rated & set(scores)
    }
    beyond = {
        judge: np.array([score for item, score in of_judges[judge].items() if item not in rated], dtype=np.float64)
        for judge in scored
    }
    return Compared(dimension, language, people, scored, beyond)


def agreement(of: Compared, *, draws: int = DRAWS, epsilon: float = EXPERTS) -> list[Measure]:
    """Measure every judge on one dimension; without a judge, people alone."""
    if not of.judges:
        return _of_people(of, draws)
    return [made for judge in of.judges for made in _of_judge(of, judge, draws, epsilon)]


def _of_people(of: Compared, draws: int) -> list[Measure]:
    found = []
    for name, statistic in people_statistics(of.people).items():
        made = figure(statistic, of.people.clusters, draws=draws)
        found.append(
            Measure(
                name=name, dimension=of.dimension, language=of.language, judge=None, value=None, people=made.value,
                people_interval=made.interval, items=made.items, clusters=made.clusters,
            )
        )  # fmt: skip
    return found


def _of_judge(of: Compared, judge: str, draws: int, epsilon: float) -> list[Measure]:
    # People are measured on the items that the judge scored: like is held against like.
    kept = ~np.isnan(of.judges[judge])
    people, scores = _kept(of.people, kept), of.judges[judge][kept]
    theirs = people_statistics(people) if len(people.raters) >= _TWO else {}
    guessing = baseline_statistics(people)
    found = []
    for name, statistic in judge_statistics(people, scores).items():
        made = figure(statistic, people.clusters, draws=draws)
        their = figure(theirs[name], people.clusters, draws=draws) if name in theirs else None
        apart = figure(_less(statistic, theirs[name]), people.clusters, draws=draws) if name in theirs else None
        short = apart is not None and apart.high is not None and apart.high < 0
        found.append(
            Measure(
                name=name, dimension=of.dimension, language=of.language, judge=judge, value=made.value,
                interval=made.interval, people=their.value if their else None,
                people_interval=their.interval if their else None, difference=apart.value if apart else None,
                difference_interval=apart.interval if apart else None,
                baseline=figure(guessing[name], people.clusters, draws=1).value if name in guessing else None,
                items=made.items, clusters=made.clusters,
                aim="as high as people's" if apart is not None else None,
                holds=not short if apart is not None and apart.value is not None else None,
            )
        )  # fmt: skip
    return [*found, *_tested(of, judge, epsilon), *_corrected(of, judge)]


def _tested(of: Compared, judge: str, epsilon: float) -> list[Measure]:
    found = alternative_annotator_test(of.people, of.judges[judge], epsilon=epsilon)
    return [
        Measure(
            name="alternative-annotator", dimension=of.dimension, language=of.language, judge=judge,
            value=found.winning_rate, items=int((~np.isnan(of.judges[judge])).sum()), clusters=found.tested,
            aim="at least 0.5", holds=found.passes,
        )
    ]  # fmt: skip


def _corrected(of: Compared, judge: str) -> list[Measure]:
    """Estimate the mean that people would have given to all items that the judge scored; clusters: those people rated.

    Only where the judge scored items that no person rated: else people's own mean is the answer.
    """
    judged = np.concatenate([of.judges[judge], of.beyond[judge]])
    by_people = np.concatenate([mean_of(of.people.scores), np.full(len(of.beyond[judge]), np.nan)])
    found = prediction_powered_mean(judged, by_people)
    if found is None:
        return []
    return [
        Measure(
            name="corrected-mean", dimension=of.dimension, language=of.language, judge=judge, value=found.mean,
            interval=(found.low, found.high), baseline=found.judged,
            items=int((~np.isnan(judged)).sum()), clusters=int((~np.isnan(by_people)).sum()),
        )
    ]  # fmt: skip


def _kept(people: Panel, kept: npt.NDArray[np.bool_]) -> Panel:
    items = tuple(item for item, keep in zip(people.items, kept, strict=True) if keep)
    return Panel(items, people.raters, people.scores[kept], people.clusters[kept])


def _less(one: Statistic, other: Statistic) -> Callable[[Array], Array]:
    return lambda weights: one(weights) - other(weights)
