"""Distress before and after, as the participants told it of the person they played."""

from collections import defaultdict
from typing import Literal

import msgspec

from hardseek.analysis.bootstrap import Estimate, estimate
from hardseek.language import LANGUAGES, Language
from hardseek.study.clusters import totals
from hardseek.study.design import AFTER, BEFORE
from hardseek.study.findings.material import Material

When = Literal["before", "after", "relief"]
_NAMES: dict[str, When] = {BEFORE.name: "before", AFTER.name: "after", "relief": "relief"}


class Distress(msgspec.Struct, frozen=True, kw_only=True):
    """One system under one condition."""

    language: Language
    system: str
    condition: str
    when: When
    """`relief` is before less after, where both were told."""
    mean: float
    low: float | None
    high: float | None
    """95 %, by drawing whole participants; None with one."""
    dialogues: int
    participants: int


def distress(material: Material) -> list[Distress]:
    """Average distress by language, system and condition."""
    told: dict[tuple[Language, str, str, When], dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for one in material.scores:
        when = _NAMES.get(one.dimension)
        if when is not None and material.players.get(one.dialogue.id) == one.rater:
            dialogue = one.dialogue
            told[dialogue.language, dialogue.system, dialogue.condition, when][one.rater].append(one.score)
    order = [*_NAMES.values()]
    keys = sorted(told, key=lambda key: (LANGUAGES.index(key[0]), key[2], key[1], order.index(key[3])))
    found = estimate([totals(list(told[key].values())) for key in keys])
    return [_row(key, made) for key, made in zip(keys, found, strict=True) if made.mean is not None]


def _row(key: tuple[Language, str, str, When], made: Estimate) -> Distress:
    language, system, condition, when = key
    return Distress(
        language=language, system=system, condition=condition, when=when, mean=made.mean or 0.0, low=made.low,
        high=made.high, dialogues=made.n, participants=made.cards,
    )  # fmt: skip
