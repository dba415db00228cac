"""A scorer from people's ratings of dialogues, with its agreement on what it was not trained on."""

from collections.abc import Mapping, Sequence
from hashlib import blake2b

import msgspec
import numpy as np

import hardseek
from hardseek.dialogues import Transcript
from hardseek.errors import Refused
from hardseek.judging import Dimension
from hardseek.judging.scorer import (
    FEATURES,
    FORMAT,
    MOST_STEPS,
    Learnt,
    Provenance,
    Rated,
    Scorer,
    buckets_of,
    domain,
    fitting_spread,
    learn,
    packed,
    see,
)
from hardseek.language import LANGUAGES
from hardseek.validity.judge.held_out import held_out
from hardseek.validity.judge.ratings import Given

FEWEST: int = 30
"""Rated dialogues; with fewer there is nothing to learn and nothing to hold out."""


def train(
    given: Sequence[Given], items: Mapping[str, Transcript], *, name: str, data: str, licence: str | None = None,
    described: Sequence[Dimension] = (), lower: Sequence[str] = (), draws: int,
) -> Scorer:  # fmt: skip
    """Train a scorer on all ratings, and measure what it reaches on what is held out.

    Args:
        given: people's ratings; those of other dialogues are passed over.
        items: the dialogues by the names that the ratings have for them.
        name: what the scorer is called.
        data: whose ratings of which dialogues they are, as it is to stand in the file.
        licence: of the data, where known.
        described: dimensions that have a title and a definition; others are called as in the ratings.
        lower: dimensions of which less is better, where not described.
        draws: of the bootstrap.

    Raises:
        Refused: too few of the dialogues are rated, or a dimension cannot be learnt.
    """
    used = [each for each in given if each.item in items and each.score is not None]
    rated_items = list(dict.fromkeys(each.item for each in used))
    if len(rated_items) < FEWEST:
        raise Refused(
            f"{len(rated_items)} of the dialogues are rated; a scorer needs {FEWEST} at least. The `item` of a rating "
            "is the id of a dialogue"
        )
    seen = [see(items[item]) for item in rated_items]
    places = {item: place for place, item in enumerate(rated_items)}
    known, buckets = domain(seen), buckets_of(seen)
    learnt = []
    for dimension in dict.fromkeys(each.dimension for each in used):
        rated = _rated([each for each in used if each.dimension == dimension], places)
        steps = np.unique(rated.scores)
        if not 2 <= len(steps) <= MOST_STEPS:  # noqa: PLR2004
            raise Refused(
                f"{dimension}: {len(steps)} different scores; a scorer learns a scale of 2 to {MOST_STEPS} steps"
            )
        weights = learn(seen, buckets, rated, known, fitting_spread(seen, buckets, rated, known))
        about = next((each for each in described if each.name == dimension), None)
        learnt.append(
            Learnt(
                dimension=about or _plain(dimension, data, float(steps[0]), float(steps[-1]), dimension in lower),
                steps=tuple(map(float, weights.steps)),
                cuts=tuple(map(float, weights.cuts)),
                points=tuple(map(float, weights.points)),
                buckets=packed(weights.buckets),
                agreement=tuple(held_out(seen, rated, draws=draws)),
            )
        )
    return Scorer(FORMAT, name, _provenance(used, items, data, licence), known, FEATURES, tuple(learnt))


def _rated(given: Sequence[Given], places: Mapping[str, int]) -> Rated:
    clusters = [each.cluster for each in given if each.cluster is not None]
    return Rated(
        places=np.array([places[each.item] for each in given], dtype=np.intp),
        scores=np.array([each.score for each in given], dtype=np.float64),
        raters=tuple(each.rater for each in given),
        systems=tuple(clusters) if len(clusters) == len(given) else None,
    )


def _plain(name: str, data: str, low: float, high: float, lower: bool) -> Dimension:
    definition = {
        "en": f"{name}, as a scorer expects people to rate it that was trained on: {data}",
        "zh": f"评分器预测的“{name}”，训练数据：{data}",
    }
    return Dimension(name, dict.fromkeys(LANGUAGES, name), definition, "lower" if lower else "higher", low, high)


def _provenance(used: Sequence[Given], items: Mapping[str, Transcript], data: str, licence: str | None) -> Provenance:
    texts = {each.item: items[each.item] for each in used}
    content = blake2b(msgspec.json.encode([used, texts]), digest_size=8).hexdigest()
    return Provenance(
        data=data,
        licence=licence,
        items=len(texts),
        ratings=len(used),
        raters=len({each.rater for each in used}),
        systems=len({each.cluster for each in used if each.cluster is not None}),
        digest=content,
        hardseek=hardseek.__version__,
    )
