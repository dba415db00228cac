"""The 28 GoEmotions labels, in English and Chinese, and whether each is pleasant."""

from functools import cache
from typing import Literal

from hardseek.documents import Document, load, packaged

EmotionGroup = Literal["positive", "negative", "ambiguous", "neutral"]


class EmotionLabel(Document):
    """One label of the set."""

    name: str
    """In English, as published."""
    zh: tuple[str, ...]
    """In Chinese; the first is ours, the others are also understood."""
    group: EmotionGroup


class _Emotions(Document):
    id: str
    version: int
    labels: tuple[EmotionLabel, ...]


@cache
def emotion_labels() -> tuple[EmotionLabel, ...]:
    """Return the 28 labels."""
    return load(packaged("hardseek.seekers", "data", "emotions.yaml"), _Emotions, source="emotions.yaml").labels


def emotion_group(label: str) -> EmotionGroup | None:
    """Return the group of a label in either language; None for a word outside the set (models make such up)."""
    return _groups().get(label.strip().lower())


def emotion_name(label: str) -> str | None:
    """Return the English name of a label in either language; None for a word outside the set."""
    return _names().get(label.strip().lower())


@cache
def _names() -> dict[str, str]:
    return {word: label.name for label in emotion_labels() for word in (label.name, *label.zh)}


@cache
def _groups() -> dict[str, EmotionGroup]:
    return {word: label.group for label in emotion_labels() for word in (label.name, *label.zh)}
