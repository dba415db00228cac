"""Counting a split: how much of what it holds, and how long it is."""

from collections.abc import Sequence
from statistics import fmean

from hardseek.language import length
from hardseek.training.data.sample import Sample
from hardseek.training.dataset import Counts, Pair, Talk


def counted(samples: Sequence[Sample]) -> Counts:
    """Count the rows of a split."""
    languages: dict[str, int] = {}
    conditions: dict[str, int] = {}
    for sample in samples:
        language = sample.row.language or "unknown"
        languages[language] = languages.get(language, 0) + sample.supervised
        conditions[sample.condition] = conditions.get(sample.condition, 0) + sample.supervised
    learnt = [length(text) for sample in samples for text in _learnt(sample)]
    pairs = [(length(_reply(row)), length(_reply(row, chosen=False))) for row in map(_pair, samples) if row is not None]
    return Counts(
        rows=len(samples),
        supervised=sum(sample.supervised for sample in samples),
        cards=len({sample.family for sample in samples}),
        by_language=dict(sorted(languages.items())),
        by_condition=dict(sorted(conditions.items())),
        length=round(fmean(learnt), 1) if learnt else None,
        rejected_length=round(fmean(rejected for _, rejected in pairs), 1) if pairs else None,
        longer_preferred=_longer(pairs),
    )


def _longer(pairs: Sequence[tuple[int, int]]) -> float | None:
    """Return the share of pairs in which the preferred reply is the longer one; pairs of one length are left out."""
    unlike = [chosen > rejected for chosen, rejected in pairs if chosen != rejected]
    return round(fmean(unlike), 3) if unlike else None


def _learnt(sample: Sample) -> list[str]:
    if isinstance(sample.row, Talk):
        return [sample.row.messages[place].content for place in sample.row.places]
    return [_reply(sample.row)] if isinstance(sample.row, Pair) else []


def _pair(sample: Sample) -> Pair | None:
    return sample.row if isinstance(sample.row, Pair) else None


def _reply(pair: Pair, *, chosen: bool = True) -> str:
    return (pair.chosen if chosen else pair.rejected)[0].content
