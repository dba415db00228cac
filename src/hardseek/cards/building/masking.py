"""Removing identifiers before anything is kept or sent: each is replaced by what it was, in brackets."""

from collections import Counter
from functools import cache
from typing import Final

import msgspec

from hardseek.cards.building.source import Source
from hardseek.cards.identifiers import identifiers
from hardseek.documents import Document, load, packaged
from hardseek.language import Language

_ROUNDS: Final = 3
"""Taking one out can bring two halves of another together; what is left after these is for the filter."""


class Masks(Document):
    """What stands in the place of an identifier, by its kind; English says the kind itself."""

    id: str
    version: int
    zh: dict[str, str]


@cache
def masks() -> Masks:
    """Return the words of masks."""
    return load(packaged("hardseek.cards.building", "data", "masks.yaml"), Masks, source="building/data/masks.yaml")


def masked(text: str, language: Language) -> tuple[str, Counter[str]]:
    """Return a text without identifiers, and how many of each kind were taken out of it."""
    taken: Counter[str] = Counter()
    for _ in range(_ROUNDS):
        found = identifiers(text)
        if not found:
            break
        for each in reversed(found):
            text = f"{text[: each.start]}[{_word(each.kind, language)}]{text[each.end :]}"
            taken[each.kind] += 1
    return text, taken


def masked_source(source: Source) -> tuple[Source, Counter[str]]:
    """Return a source without identifiers in any turn, the supporter's included."""
    taken: Counter[str] = Counter()
    turns = []
    for turn in source.turns:
        text, found = masked(turn.text, source.language)
        taken += found
        turns.append(msgspec.structs.replace(turn, text=text))
    return msgspec.structs.replace(source, turns=tuple(turns)), taken


def has_mask(text: str, language: Language) -> bool:
    """Tell whether something stands in a text in the place of an identifier."""
    return any(f"[{_word(kind, language)}]" in text for kind in masks().zh)


def _word(kind: str, language: Language) -> str:
    return masks().zh.get(kind, kind) if language == "zh" else kind
