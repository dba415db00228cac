"""Situations of ESConv and FailedESConv (Liu et al., 2021): what a seeker wrote before the talk began.

A record has `situation`, the seeker's own words, `problem_type`, `emotion_type` and `experience_type` ("Current
Experience" or "Previous Experience"). It says nothing of who the person is, so the cards are of the lowest grade. The
dialogue is not read: `hardseek cards build` does that.
"""

from collections.abc import Mapping
from typing import Any, Final

from hardseek.cards.card import RoleCard
from hardseek.cards.formats.record import Record
from hardseek.cards.formats.values import language_of, optional, text_field
from hardseek.cards.grade import graded
from hardseek.cards.taxonomy import leaf_of_esconv
from hardseek.cards.telling import own_words
from hardseek.errors import Refused
from hardseek.language import clean, length

NAME: Final = "esconv"
MARK: Final = "situation"
FEWEST_WORDS: Final = 3
"""A situation of less ("Love", "lose job") leaves nothing to tell; 25 of 1,203 are."""


_WITH: Final = frozenset({"problem_type", "emotion_type", "experience_type"})


def knows(data: Mapping[str, Any]) -> bool:
    """Tell a record by its situation and one of the survey's types."""
    return MARK in data and not _WITH.isdisjoint(data)


def card(record: Record) -> RoleCard:
    """Turn one situation into a card; raises Refused when there are too few words in it."""
    situation = clean(text_field(record, MARK))
    if length(situation) < FEWEST_WORDS:
        raise Refused(f"{record.where}: situation: fewer than {FEWEST_WORDS} words; a card needs something to tell")
    language = language_of(record, MARK, situation)
    told = own_words(situation, language)
    emotion, problem = optional(record, "emotion_type"), optional(record, "problem_type")
    feelings = tuple(dict.fromkeys(([emotion] if emotion else []) + list(told.feelings)))
    return graded(
        RoleCard(
            id=f"esconv-{record.stem}-{record.data.get('index', record.number)}",
            language=language,
            category=leaf_of_esconv(problem or "") or None,
            summary=_summary(problem, emotion, optional(record, "experience_type"), situation),
            facts=told.facts,
            feelings=feelings,
            wants=told.wants,
            risk=told.risk,
            source="ESConv",
            inferred=("depth", "risk"),
        )
    )


def _summary(problem: str | None, emotion: str | None, experience: str | None, situation: str) -> str:
    stated = ", ".join(each for each in (problem, emotion, experience) if each)
    return f'{stated}; in the person\'s own words: "{situation}"' if stated else situation
