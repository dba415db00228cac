"""The judge that is a set of text metrics: there to be held against people, as ESC-Eval holds them."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from statistics import fmean
from typing import Final

import msgspec

from hardseek.chat import Message
from hardseek.dialogues import Transcript
from hardseek.documents import packaged
from hardseek.judging.metrics.diversity import distinct, self_bleu
from hardseek.judging.metrics.embedding import Embedder
from hardseek.judging.metrics.overlap import bleu, chrf, meteor_like, rouge_l
from hardseek.judging.rating import Dimension, Judgement, Rating, Settings
from hardseek.language import Language

METRICS: Final = "metrics"
"""How it signs."""
_NO_REFERENCE: Final = "no reference begins with the same words of the seeker"
_TOO_LITTLE: Final = "too few supporter turns or words"
_EMBEDDED: Final = ("embedding_cosine", "embedding_match")
Overlap = Callable[[str, str, Language], float]
_OVERLAPS: Final[dict[str, Overlap]] = {
    "bleu": lambda text, reference, language: bleu(text, [reference], language),
    "chrf": lambda text, reference, _: chrf(text, [reference]),
    "rouge_l": lambda text, reference, _: rouge_l(text, reference),
    "meteor_like": lambda text, reference, _: meteor_like(text, reference),
}


@cache
def metric_dimensions() -> tuple[Dimension, ...]:
    """Return what is measured, in the order of the ratings."""
    return msgspec.yaml.decode(packaged("hardseek.judging.metrics", "dimensions.yaml"), type=tuple[Dimension, ...])


class MetricsJudge:
    """Measures the supporter's turns, and compares them with a reference where there is one."""

    name = METRICS

    def __init__(
        self, references: Sequence[Transcript] = (), *, source: str = "", embedder: Embedder | None = None,
        model: str = "",
    ) -> None:  # fmt: skip
        """Prepare to measure.

        Args:
            references: dialogues to compare with; one serves the dialogues whose seeker begins with the same words.
            source: a digest of the references, for the signature.
            embedder: compares by embeddings too; None: that is not measured.
            model: the embedder's, for the signature.
        """
        self.settings: Settings = tuple(part for part in (source, model) if part)
        self._embedder = embedder
        self._references: Mapping[str, Transcript] = {
            opening: reference for reference in references if (opening := _opening(reference)) is not None
        }

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """What it measures, in order."""
        return tuple(
            dimension
            for dimension in metric_dimensions()
            if self._embedder is not None or dimension.name.partition("/")[2] not in _EMBEDDED
        )

    async def judge(self, transcript: Transcript, *, author: str | None = None) -> Judgement:
        """Measure one dialogue; who wrote it makes no difference."""
        said = _turns(transcript)
        values = {
            "distinct_1": distinct(said, 1),
            "distinct_2": distinct(said, 2),
            "self_bleu": self_bleu(said, transcript.language),
        }
        ratings = [_rating(name, value, _TOO_LITTLE) for name, value in values.items()]
        reference = self._references.get(_opening(transcript) or "")
        pairs = list(zip(said, _turns(reference), strict=False)) if reference is not None else []
        for name, overlap in _OVERLAPS.items():
            near = fmean(overlap(text, meant, transcript.language) for text, meant in pairs) if pairs else None
            ratings.append(_rating(name, near, _NO_REFERENCE))
        if self._embedder is not None:
            ratings += await asyncio.to_thread(_embedded, self._embedder, pairs)
        return Judgement(tuple(ratings))

    async def close(self) -> None:
        """Hold nothing, release nothing."""


def _embedded(embedder: Embedder, pairs: Sequence[tuple[str, str]]) -> list[Rating]:
    near = [embedder.nearness(text, meant) for text, meant in pairs]
    found = []
    for name, values in zip(_EMBEDDED, ([each.cosine for each in near], [each.match for each in near]), strict=True):
        known = [value for value in values if value is not None]
        found.append(_rating(name, fmean(known) if known else None, _NO_REFERENCE if not pairs else _TOO_LITTLE))
    return found


def _rating(name: str, value: float | None, why: str) -> Rating:
    return Rating(METRICS, f"{METRICS}/{name}", value, why if value is None else None)


def _turns(transcript: Transcript) -> list[str]:
    return [said.content for said in transcript.messages if said.role == "assistant"]


def _opening(transcript: Transcript) -> str | None:
    first: Message | None = next((said for said in transcript.messages if said.role == "user"), None)
    return " ".join(first.content.casefold().split()) if first is not None else None
