"""A scorer from people's ratings of dialogues, with its agreement on what it was not trained on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

import msgspec
import numpy as np

import hardseek
from hardseek.analysis.threads import one_thread
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
    Seen,
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

FEWEST: Final = 30
"""Rated dialogues; with fewer there is nothing to learn and nothing to hold out."""


@dataclass(frozen=True, slots=True)
class Material:
    """What there is to learn from."""

    transcripts: tuple[Transcript, ...]
    """Those that are rated."""
    seen: tuple[Seen, ...]
    rated: dict[str, Rated]
    """By dimension."""
    dimensions: dict[str, Dimension]
    provenance: Provenance


def material(
    given: Sequence[Given], items: Mapping[str, Transcript], *, data: str, licence: str | None = None,
    described: Sequence[Dimension] = (), lower: Sequence[str] = (),
) -> Material:  # fmt: skip
    """Put ratings and dialogues together.

    Args:
        given: people's ratings; those of other dialogues are passed over.
        items: the dialogues by the names that the ratings have for them.
        data: whose ratings of which dialogues they are, as it is to stand in the scorer.
        licence: of the data, where known.
        described: dimensions that have a title and a definition; others are called as in the ratings.
        lower: dimensions of which less is better, where not described.

    Raises:
        Refused: too few of the dialogues are rated, or a dimension cannot be learnt.
    """
    used = [each for each in given if each.item in items and each.score is not None]
    names = list(dict.fromkeys(each.item for each in used))
    if len(names) < FEWEST:
        raise Refused(
            f"{len(names)} of the dialogues are rated; a scorer needs {FEWEST} at least. The `item` of a rating is the "
            "id of a dialogue"
        )
    places = {item: place for place, item in enumerate(names)}
    known = {dimension.name: dimension for dimension in described}
    rated: dict[str, Rated] = {}
    dimensions: dict[str, Dimension] = {}
    for name in dict.fromkeys(each.dimension for each in used):
        rated[name] = _rated([each for each in used if each.dimension == name], places)
        steps = np.unique(rated[name].scores)
        if not 2 <= len(steps) <= MOST_STEPS:  # noqa: PLR2004
            raise Refused(f"{name}: {len(steps)} different scores; a scorer learns a scale of 2 to {MOST_STEPS} steps")
        plain = _plain(name, data, float(steps[0]), float(steps[-1]), name in lower)
        dimensions[name] = known.get(name, plain)
    transcripts = tuple(items[name] for name in names)
    return Material(
        transcripts, tuple(map(see, transcripts)), rated, dimensions, _provenance(used, items, data, licence)
    )


def train(of: Material, *, name: str, draws: int) -> Scorer:
    """Train an embedded scorer on all ratings, and measure what it reaches on what is held out.

    Args:
        of: what there is to learn from.
        name: what the scorer is called.
        draws: of the bootstrap.
    """
    known, buckets = domain(of.seen), buckets_of(of.seen)
    learnt = []
    with one_thread():
        for dimension, rated in of.rated.items():
            weights = learn(of.seen, buckets, rated, known, fitting_spread(of.seen, buckets, rated, known))
            learnt.append(
                Learnt(
                    dimension=of.dimensions[dimension],
                    steps=tuple(map(float, weights.steps)),
                    cuts=tuple(map(float, weights.cuts)),
                    points=tuple(map(float, weights.points)),
                    buckets=packed(weights.buckets),
                    agreement=tuple(held_out(of.seen, rated, draws=draws)),
                )
            )
    return Scorer(FORMAT, name, of.provenance, known, FEATURES, tuple(learnt))


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
