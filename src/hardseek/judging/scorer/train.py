"""Training a scorer on people's ratings: seconds on one core."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from hardseek.judging.scorer.domain import standardised
from hardseek.judging.scorer.features import BUCKETS, FEATURES, Array, Seen
from hardseek.judging.scorer.file import Domain
from hardseek.judging.scorer.ordinal import Matrix, expected, fit, log_likelihood

Spread = tuple[float, float]
"""Standard deviations, in log odds, that all features together, and all n-grams together, are expected to give
dialogues: the priors."""
SPREADS: Final[tuple[Spread, ...]] = ((0.7, 0.3), (1.5, 1.0), (3.0, 3.0))
"""From cautious to free."""
_FOLDS: Final = 3
OF_SYSTEMS: Final = 3.0
"""That of systems as such: their level is to be told by features, not learnt by heart, so it is left to shifts."""
OF_RATERS: Final = 1.0
"""That of raters: how severe they are."""
MOST_STEPS: Final = 11


@dataclass(frozen=True, slots=True)
class Rated:
    """People's ratings of one dimension, one an entry."""

    places: npt.NDArray[np.intp]
    """Which dialogue."""
    scores: Array
    raters: tuple[str, ...]
    systems: tuple[str, ...] | None
    """What each dialogue's cluster is; None where it is not known."""

    def kept(self, holds: npt.NDArray[np.bool_]) -> "Rated":
        """Keep the ratings of some dialogues."""
        return self.chosen(holds[self.places])

    def chosen(self, holds: npt.NDArray[np.bool_]) -> "Rated":
        """Keep some ratings."""
        keep = np.flatnonzero(holds)
        return Rated(
            self.places[keep],
            self.scores[keep],
            tuple(self.raters[place] for place in keep),
            tuple(self.systems[place] for place in keep) if self.systems is not None else None,
        )


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learnt of one dimension."""

    points: Array
    buckets: Array
    cuts: Array
    steps: Array

    def of(self, rows: Array, buckets: Matrix) -> Array:
        """Return the points of dialogues, from standardised features and buckets."""
        found: Array = rows @ self.points + np.asarray(buckets @ self.buckets)
        return found

    def ratings(self, scores: Array) -> Array:
        """Return the ratings that points stand for."""
        return expected(scores, self.cuts, self.steps)


def fitting_spread(seen: Sequence[Seen], buckets: Matrix, rated: Rated, known: Domain) -> Spread:
    """Return the spread that foretells ratings best: the likelihood of held-out ones decides.

    Three folds of systems, or of dialogues that begin alike where fewer than three systems are known.
    """
    rows = standardised(np.array([each.features for each in seen]), known)
    folds = _folds(seen, rated)

    def foretold(spread: Spread) -> float:
        return sum(_foretold(rows, buckets, rated, folds == fold, spread) for fold in range(_FOLDS))

    return max(SPREADS, key=foretold)


def learn(seen: Sequence[Seen], buckets: Matrix, rated: Rated, known: Domain, spread: Spread) -> Weights:
    """Estimate the weights of one dimension.

    How severe a rater is, and how good a system is as a whole, are estimated beside them and left out of the scorer:
    weights then say what tells a system's better dialogues from its worse ones, which holds for systems that nobody
    has rated yet, and not what tells the few systems of the training data apart.

    Args:
        seen: the dialogues.
        buckets: theirs, dialogues x BUCKETS.
        rated: at least two different scores.
        known: what features are standardised by.
        spread: how far features and n-grams may move a rating.
    """
    return _estimate(standardised(np.array([each.features for each in seen]), known), buckets, rated, spread)


def _folds(seen: Sequence[Seen], rated: Rated) -> npt.NDArray[np.intp]:
    """Number the fold of each rating: by system; by how the dialogue begins, where there are too few systems."""
    groups: Sequence[object] = [seen[place].opening for place in rated.places]
    if rated.systems is not None and len(set(rated.systems)) >= _FOLDS:
        groups = rated.systems
    elif len(set(groups)) < _FOLDS:  # all begin alike: each stands for itself
        groups = rated.places.tolist()
    numbers = {group: number for number, group in enumerate(dict.fromkeys(groups))}
    return np.array([numbers[group] for group in groups]) % _FOLDS


def _foretold(rows: Array, buckets: Matrix, rated: Rated, away: npt.NDArray[np.bool_], spread: Spread) -> float:
    """Return the log likelihood of some ratings under weights that were estimated without them."""
    rest, test = rated.chosen(~away), rated.chosen(away)
    known = np.isin(test.scores, rest.scores)  # of a step that does not occur in the rest nothing can be foretold
    if len(np.unique(rest.scores)) < 2 or not known.any():  # noqa: PLR2004
        return 0.0
    weights = _estimate(rows, buckets, rest, spread)
    scores = weights.of(rows[test.places], buckets[test.places])[known]
    return log_likelihood(scores, weights.cuts, np.searchsorted(weights.steps, test.scores[known]))


def _estimate(rows: Array, buckets: Matrix, rated: Rated, spread: Spread) -> Weights:
    from scipy.sparse import csr_matrix, hstack  # slow to import

    steps, levels = np.unique(rated.scores, return_inverse=True)
    of_features, of_buckets = spread
    parts = [csr_matrix(rows[rated.places]), buckets[rated.places]]
    precisions = [np.full(len(FEATURES), len(FEATURES) / of_features**2), np.full(BUCKETS, 1 / of_buckets**2)]
    for names, shift in ((rated.systems, OF_SYSTEMS), (rated.raters, OF_RATERS)):
        if names is not None and len(set(names)) > 1:
            shifts = _shifts(names)
            parts.append(shifts)
            precisions.append(np.full(shifts.shape[1], 1 / shift**2))
    fitted = fit(hstack(parts).tocsr(), levels, np.concatenate(precisions))
    many = len(FEATURES)
    return Weights(fitted.points[:many], fitted.points[many : many + BUCKETS], fitted.cuts, steps)


def learn_length(words: Array, rated: Rated) -> Weights:
    """Estimate the same regression on nothing but the logarithm of the supporter's words: a baseline."""
    steps, levels = np.unique(rated.scores, return_inverse=True)
    fitted = fit(words[rated.places][:, None], levels, np.array([1.0]))
    return Weights(fitted.points, np.zeros(0), fitted.cuts, steps)


def buckets_of(seen: Sequence[Seen]) -> Matrix:
    """Return the buckets of dialogues, sparse."""
    from scipy.sparse import csr_matrix

    return csr_matrix(np.array([each.buckets for each in seen]))


def _shifts(names: Sequence[str]) -> Matrix:
    from scipy.sparse import csr_matrix

    _, columns = np.unique(names, return_inverse=True)
    return csr_matrix((np.ones(len(names)), (np.arange(len(names)), columns)))
