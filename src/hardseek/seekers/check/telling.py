"""Whose words a wording is made of: facts that may not be told yet, and the supporter's own.

Compared are runs of words, so that meaning told in other words is not found.
"""

from collections.abc import Collection
from functools import lru_cache
from typing import Final

from hardseek.cards import Fact, RoleCard
from hardseek.language import Language, tokens

Runs = frozenset[tuple[str, ...]]

_ECHO: Final = 0.6
"""Share of a wording's runs of words that stand in the supporter's last turn."""
_TOLD: Final = 0.5
"""Share of a fact's runs of words from which it counts as told."""
_RUN: Final = {"en": 3, "zh": 4}
_SHORTEST: Final = {"en": 6, "zh": 9}
"""Words under which echo and telling cannot be told from chance; about as many runs, two or three fewer."""
_READ: Final = 4000
"""Characters that are looked at; a wording without end is too long anyway."""


def said(text: str, language: Language) -> Runs:
    """Return the runs of words of a wording; none where it is too short to tell echo and telling from chance."""
    runs = _runs(text, language)
    return runs if len(runs) > _SHORTEST[language] - _RUN[language] else frozenset()


def tells(runs: Runs, card: RoleCard, allowed: Collection[str]) -> list[Fact]:
    """Return the facts that a wording of these runs tells though their ids are not among the allowed ones."""
    hidden = [fact for fact in card.facts if fact.id not in allowed]
    return [fact for fact in hidden if runs and _share(_runs(fact.text, card.language), runs) >= _TOLD]


def echoes(runs: Runs, last: str, card: RoleCard, allowed: Collection[str]) -> bool:
    """Tell whether a wording gives the supporter's last turn back; words of the seeker's own facts do not count."""
    if not runs:
        return False
    echoed = runs & _runs(last, card.language)
    for fact in card.facts:
        if fact.id in allowed:
            echoed -= _runs(fact.text, card.language)  # the supporter had these words from the seeker
    return len(echoed) / len(runs) > _ECHO


def _share(told: Runs, runs: Runs) -> float:
    return len(told & runs) / len(told) if told else 0.0


@lru_cache(maxsize=4096)  # the facts of a card are looked at again at every turn
def _runs(text: str, language: Language) -> Runs:
    units = tokens(text[:_READ].lower())
    return frozenset(zip(*(units[start:] for start in range(_RUN[language])), strict=False))
