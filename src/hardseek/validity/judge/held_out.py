"""How well a trained scorer agrees with people on what it was not trained on: unseen systems, and unseen dialogues."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt

from hardseek.analysis.agreement import Statistic, absolute_error, figure, quadratic_kappa, spearman
from hardseek.analysis.agreement.panel import Places
from hardseek.judging.scorer import (
    Agreement,
    Rated,
    Scheme,
    Seen,
    buckets_of,
    domain,
    fitting_spread,
    learn,
    learn_length,
    standardised,
)
from hardseek.judging.scorer.features import Array

FOLDS: Final = 5
"""Of unseen dialogues."""
_MOST_FOLDS: Final = 10
"""Of unseen systems; up to so many, each is held out by itself."""
_ENOUGH: Final = 8
"""Systems from which on intervals draw systems; with fewer they draw dialogues that begin alike, and say nothing of
other systems."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was said of each dialogue by who had not seen it; NaN where nothing could be learnt without it."""

    points: Array
    """Without the level that the fold's training dialogues have: what ranks dialogues of several folds."""
    ratings: Array


Teller = Callable[[Places], Told]
"""A scorer of another kind: trained without each fold in turn, it says what it makes of the fold."""


def held_out(seen: Sequence[Seen], rated: Rated, *, draws: int, teller: Teller | None = None) -> list[Agreement]:
    """Measure agreement on held-out dialogues, beside two baselines.

    Args:
        seen: the dialogues.
        rated: people's ratings of one dimension.
        draws: of the bootstrap.
        teller: the scorer; the embedded one when None.
    """
    truth = people(rated, len(seen))
    openings = np.unique([each.opening for each in seen], return_inverse=True)[1]
    # In the order in which they come, so that folds are as large as each other.
    first = {opening: number for number, opening in enumerate(dict.fromkeys(openings.tolist()))}
    schemes: dict[Scheme, tuple[Places, Places]] = {}
    systems = _systems(rated, len(seen))
    if systems is not None:
        many = len(np.unique(systems))
        schemes["unseen-system"] = (systems % _MOST_FOLDS, systems if many >= _ENOUGH else openings)
    if len(first) > 1:
        schemes["unseen-item"] = (np.array([first[each] % FOLDS for each in openings.tolist()]), openings)
    found = []
    for scheme, (folds, clusters) in schemes.items():
        everyone = told(seen, rated, folds, teller)
        for by, each in everyone.items():
            for name, statistic in _statistics(each, truth, systems).items():
                if by == "majority" and name.startswith("spearman"):
                    continue  # a constant ranks nothing
                made = figure(statistic, clusters, draws=draws)
                items = int((~np.isnan(each.ratings) & ~np.isnan(truth)).sum())
                found.append(Agreement(scheme, by, name, made.value, made.low, made.high, items))  # type: ignore[arg-type]
    return found


def told(seen: Sequence[Seen], rated: Rated, folds: Places, teller: Teller | None = None) -> dict[str, Told]:
    """Let the scorer, the length and the majority tell each fold from the others."""
    words = np.array([np.log1p(each.turns * each.words) for each in seen])
    found = {"scorer": _embedded(seen, rated, folds) if teller is None else teller(folds)}
    found |= {by: nothing_told(len(seen)) for by in ("length", "majority")}
    for away, rest in _folded(rated, folds):
        plain = learn_length(words, rest)
        scored = words[away] * plain.points[0]
        found["length"].points[away], found["length"].ratings[away] = scored, plain.ratings(scored)
        found["majority"].ratings[away] = np.median(rest.scores)
    return found


def nothing_told(many: int) -> Told:
    """Return what is said before anything is."""
    return Told(np.full(many, np.nan), np.full(many, np.nan))


def _folded(rated: Rated, folds: Places) -> Iterator[tuple[npt.NDArray[np.bool_], Rated]]:
    """Yield each fold with the ratings of the others, where these have anything to be learnt from."""
    for fold in np.unique(folds):
        rest = rated.kept(folds != fold)
        if len(np.unique(rest.scores)) > 1:
            yield folds == fold, rest


def _embedded(seen: Sequence[Seen], rated: Rated, folds: Places) -> Told:
    rows, buckets = np.array([each.features for each in seen]), buckets_of(seen)
    # Once for all folds: points of unlike spreads could not be held against each other. Of what is held out, one of
    # three settings is all that is known.
    spread = fitting_spread(seen, buckets, rated, domain(seen))
    found = nothing_told(len(seen))
    for away, rest in _folded(rated, folds):
        known = domain([each for each, out in zip(seen, away, strict=True) if not out])
        weights = learn(seen, buckets, rest, known, spread)
        scored = weights.of(standardised(rows[away], known), buckets[away])
        found.points[away], found.ratings[away] = scored, weights.ratings(scored)
    return found


def people(rated: Rated, many: int) -> Array:
    """Return people's mean rating of each dialogue; NaN where nobody rated it."""
    counts = np.bincount(rated.places, minlength=many)
    sums = np.bincount(rated.places, rated.scores, minlength=many)
    found: Array = np.divide(sums, counts, out=np.full(many, np.nan), where=counts > 0)
    return found


def _systems(rated: Rated, many: int) -> Places | None:
    """Number the systems of dialogues; None where fewer than two are known."""
    if rated.systems is None or len(set(rated.systems)) < 2:  # noqa: PLR2004
        return None
    numbers = {name: number for number, name in enumerate(dict.fromkeys(rated.systems))}
    found = np.full(many, len(numbers), dtype=np.intp)
    found[rated.places] = [numbers[name] for name in rated.systems]
    return found


def _statistics(of: Told, truth: Array, systems: Places | None) -> dict[str, Statistic]:
    found: dict[str, Statistic] = {
        "qwk": partial(quadratic_kappa, of.ratings, truth),
        "spearman": partial(spearman, of.ratings, truth),
        "spearman-points": partial(spearman, of.points, truth),
        "mae": partial(absolute_error, of.ratings, truth),
    }
    if systems is not None:
        found["spearman-within"] = _within(of.points, truth, systems)
    return found


def _within(points: Array, truth: Array, systems: Places) -> Callable[[Array], Array]:
    """Correlate within each system, and average: nothing of it comes from one system being better than another."""
    parts: list[npt.NDArray[np.bool_]] = [systems == system for system in np.unique(systems[~np.isnan(truth)])]

    def mean(weights: Array) -> Array:
        each = np.stack([spearman(points[part], truth[part], weights[:, part]) for part in parts])
        known = ~np.isnan(each)
        sums = np.where(known, each, 0.0).sum(axis=0)
        found: Array = np.divide(sums, known.sum(axis=0), out=np.full(len(weights), np.nan), where=known.any(axis=0))
        return found

    return mean
