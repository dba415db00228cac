"""Any automatic measure held against people's ratings by correlation alone, the measure's scale being its own.

The table that papers show for text metrics (ESC-Eval, arXiv 2406.14952, holds BLEU, ROUGE, METEOR and the like against
each of its dimensions): Pearson, Spearman and Kendall with the mean of the people who rated an item. Beside it stands
what one person reaches with the mean of the others, which a measure cannot be asked to exceed by much.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

import msgspec
import numpy as np

from hardseek.analysis.agreement import Score, figure, kendall, mean_of, panel, pearson, people_statistics, spearman
from hardseek.analysis.bootstrap import DRAWS
from hardseek.language import LANGUAGES, Language
from hardseek.validity.judge.ratings import Given

_KINDS: Final = {"pearson": pearson, "spearman": spearman, "kendall": kendall}
_FEWEST: Final = 3
"""Items rated and measured under which no correlation is told."""

Interval = tuple[float, float] | None


class Correlation(msgspec.Struct, frozen=True, kw_only=True):
    """One coefficient of one measure with people's ratings on one dimension in one language."""

    kind: str
    """pearson, spearman or kendall (tau-b)."""
    measure: str | None
    """Such as `metrics/bleu`; None for one person with the mean of the others."""
    dimension: str
    """What people rated."""
    language: Language
    value: float | None
    """None where it is undefined, such as for what does not vary."""
    interval: Interval
    """95 %, by drawing whole clusters."""
    items: int
    clusters: int


def correlations(
    given: Sequence[Given], measured: Mapping[str, Mapping[str, float]], *, draws: int = DRAWS
) -> list[Correlation]:
    """Correlate every measure with every dimension that people rated.

    Args:
        given: people's ratings.
        measured: by the measure's name, its value of each item; items without one are left out, never filled in.
        draws: of the bootstrap; the same draws serve all measures of a dimension on the same items.

    Returns:
        By dimension, language, measure and kind; people with each other first. Measures with fewer than three rated
        items are left out.
    """
    found = []
    for dimension in dict.fromkeys(each.dimension for each in given):
        for language in LANGUAGES:
            scores = [
                Score(each.item, each.rater, each.score, each.cluster)
                for each in given
                if each.dimension == dimension and each.language == language and each.score is not None
            ]
            if scores:
                found += _of(scores, dimension, language, measured, draws)
    return found


def _of(
    scores: list[Score], dimension: str, language: Language, measured: Mapping[str, Mapping[str, float]], draws: int
) -> list[Correlation]:
    people = panel(scores)
    mean = mean_of(people.scores)
    found = []
    if len(people.raters) > 1:
        each_other = people_statistics(people)
        for kind in _KINDS:
            made = figure(each_other[kind], people.clusters, draws=draws)
            found.append(
                Correlation(kind=kind, measure=None, dimension=dimension, language=language, value=made.value,
                            interval=made.interval, items=made.items, clusters=made.clusters)
            )  # fmt: skip
    for name, values in measured.items():
        of = np.array([values.get(item, np.nan) for item in people.items])
        kept = ~np.isnan(of)
        if kept.sum() < _FEWEST:
            continue
        for kind, correlate in _KINDS.items():
            made = figure(partial(correlate, of[kept], mean[kept]), people.clusters[kept], draws=draws)
            found.append(
                Correlation(kind=kind, measure=name, dimension=dimension, language=language, value=made.value,
                            interval=made.interval, items=made.items, clusters=made.clusters)
            )  # fmt: skip
    return found
