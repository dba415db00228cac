"""Repeatable: with another seed, the same cards are the hard ones."""

from collections.abc import Callable, Sequence
from statistics import fmean
from typing import Final

from hardseek.language import Language
from hardseek.supporters.builtin import BUILTIN_NAMES
from hardseek.validity.property import Property, figure
from hardseek.validity.statistics import interval, pearson, repeats_needed
from hardseek.validity.talks import Talk

_WANTED: Final = 0.8
_PUBLISHED: Final = -0.10
"""arXiv 2605.28228: the one system that was run twice, correlation over cards of the number of turns."""
Twice = tuple[Talk, Talk]


def repeatable(first: Sequence[Talk], second: Sequence[Talk], language: Language, condition: str) -> list[Property]:
    """Hold the first dialogues of two seeds against each other: relief, and how many turns the seeker took."""
    other = {(talk.system, talk.card.id): talk for talk in second if talk.replicate == 0}
    again = ((talk, other.get((talk.system, talk.card.id))) for talk in first if talk.replicate == 0)
    pairs = [(talk, twin) for talk, twin in again if twin is not None]
    cards = [[pair for pair in pairs if pair[0].card.id == card] for card in {pair[0].card.id: 0 for pair in pairs}]
    relief, turns = _correlation(lambda talk: talk.relief), _correlation(lambda talk: float(len(talk.said)))
    return [
        figure("repeatable/relief", language, relief(pairs), condition=condition, interval=interval(cards, relief)),
        figure("repeatable/turns", language, turns(pairs), condition=condition, interval=interval(cards, turns),
               published=_PUBLISHED),
        figure("repeatable/repeats-for-0.8-relief", language, repeats_needed(relief(pairs), _WANTED),
               condition=condition),
        figure("repeatable/repeats-for-0.8-turns", language, repeats_needed(turns(pairs), _WANTED),
               condition=condition),
    ]  # fmt: skip


def _correlation(value: Callable[[Talk], float]) -> Callable[[Sequence[Twice]], float | None]:
    """Return the correlation over cards within each system, averaged over the systems that have one."""

    def over_cards(pairs: Sequence[Twice]) -> float | None:
        found = []
        for system in BUILTIN_NAMES:
            mine = [pair for pair in pairs if pair[0].system == system]
            r = pearson([value(one) for one, _ in mine], [value(other) for _, other in mine])
            if r is not None:
                found.append(r)
        return fmean(found) if found else None

    return over_cards
