"""Told apart: whether a plain classifier can tell simulated seekers from people, and what gives them away."""

from collections.abc import Mapping, Sequence
from typing import Final

from hardseek.language import Language
from hardseek.validity.classifier import FEATURES, TURNS, Sample, tell_apart
from hardseek.validity.corpora import Corpora, Spoken
from hardseek.validity.property import Property, figure
from hardseek.validity.talks import Talk

_ENGLISH: Final = {
    "average": "ordinary",
    "low-engagement": "not_helped",
    "resistance-withdrawing": "not_helped",
}
"""Our conditions, and the people of the corpora that they are to be like."""
_CHINESE: Final = {"average": "published_average", "worst": "published_worst"}
"""No dialogues of people in Chinese are at hand: only the published simulator's."""


def told_apart(kept: Mapping[str, Sequence[Talk]], language: Language, corpora: Corpora) -> list[Property]:
    """Try to tell our dialogues from people's (English), or from the published simulator's (Chinese).

    For comparison: people against people (a half of ESConv against the other half: what 0.5 looks like at this size)
    and seekers whom other projects' models play against people.
    """
    found: list[Property] = []
    if language == "zh":
        for condition, name in _CHINESE.items():
            ours, theirs = _ours(kept[condition]), _theirs(getattr(corpora, name))
            found += _rows("from-published-simulator", ours, theirs, language, condition)
        return found
    for condition, name in _ENGLISH.items():
        ours, theirs = _ours(kept[condition]), _theirs(getattr(corpora, name))
        found += _rows("from-people", ours, theirs, language, condition)
    people = _theirs(corpora.ordinary)
    size = len(_long(_ours(kept["average"])))
    found += _rows("people-from-people", people[::2][:size], people[1::2], language, None)
    return found + _rows("models-from-people", _theirs(corpora.played), people, language, None)


def _rows(
    name: str, ones: Sequence[Sample], others: Sequence[Sample], language: Language, condition: str | None
) -> list[Property]:
    if not ones or not others:
        return []
    found = []
    for features in FEATURES:
        verdict = tell_apart(ones, others, language, features)
        found.append(
            figure(f"told-apart/{name}-by-{features}", language, verdict.auc, condition=condition,
                   interval=verdict.interval, note=f"{verdict.each} dialogues of each, the first {TURNS} turns",
                   details=verdict.telling)
        )  # fmt: skip
    return found


def _long(samples: Sequence[Sample]) -> list[Sample]:
    return [sample for sample in samples if len(sample.texts) >= TURNS]


def _ours(talks: Sequence[Talk]) -> list[Sample]:
    return [Sample(talk.card.id, tuple(" ".join(turn.text.split()) for turn in talk.said)) for talk in talks]


def _theirs(spoken: Sequence[Spoken]) -> list[Sample]:
    return [Sample(one.group, tuple(turn.text for turn in one.turns if turn.speaker == "seeker")) for one in spoken]
