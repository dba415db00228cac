"""Ratings of the same items by several raters, as a matrix."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from hardseek.errors import Refused

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]


class Score(NamedTuple):
    """One rater's score of one item on one dimension."""

    item: str
    rater: str
    score: float
    cluster: str | None = None
    """What the item belongs to (a system, a dialogue): items of one cluster are alike and are drawn together."""


@dataclass(frozen=True, slots=True)
class Panel:
    """Items x raters; NaN where a rater did not score an item."""

    items: tuple[str, ...]
    raters: tuple[str, ...]
    scores: Array
    clusters: Places
    """Of each item, the number of its cluster, from 0."""

    def of(self, rater: str) -> Array:
        """Return one rater's scores, in the order of the items."""
        return self.scores[:, self.raters.index(rater)]

    def without(self, rater: str) -> Array:
        """Return everyone else's scores."""
        return np.delete(self.scores, self.raters.index(rater), axis=1)

    def replacing(self, rater: str, scores: Array) -> Array:
        """Return the scores with one rater's replaced, where that rater scored."""
        changed = self.scores.copy()
        place = self.raters.index(rater)
        changed[:, place] = np.where(np.isnan(self.scores[:, place]), np.nan, scores)
        return changed


def panel(scores: Iterable[Score], *, items: Iterable[str] | None = None) -> Panel:
    """Put scores into a matrix.

    Args:
        scores: at most one for each item and rater.
        items: the items to keep and their order; those that occur, in the order in which they come, when None.

    Raises:
        Refused: a rater scores an item twice, or an item is in two clusters.
    """
    given = list(scores)
    wanted = tuple(dict.fromkeys(items if items is not None else (score.item for score in given)))
    rows = {item: row for row, item in enumerate(wanted)}
    raters = tuple(dict.fromkeys(score.rater for score in given if score.item in rows))
    columns = {rater: column for column, rater in enumerate(raters)}
    matrix = np.full((len(wanted), len(raters)), np.nan)
    belongs: dict[str, str] = {}
    for score in given:
        row = rows.get(score.item)
        if row is None:
            continue
        column = columns[score.rater]
        if not np.isnan(matrix[row, column]):
            raise Refused(f"item {score.item}: rated twice by {score.rater}; keep one of the two ratings")
        matrix[row, column] = score.score
        cluster = score.cluster if score.cluster is not None else score.item
        if belongs.setdefault(score.item, cluster) != cluster:
            raise Refused(f"item {score.item}: in two clusters, {belongs[score.item]} and {cluster}; give it one")
    numbers: dict[str, int] = {}
    places = [numbers.setdefault(belongs.get(item, item), len(numbers)) for item in wanted]
    return Panel(wanted, raters, matrix, np.array(places, dtype=np.intp))
