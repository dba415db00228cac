"""Profiles of the worst-case framework (arXiv 2605.28228): a person's data and a summary of the problem, in Chinese.

A record has `profile` (its number; the file's name where it is missing), `gender`, `age`, `education_level`,
`occupation`, `relationship_status`, `problem_summary` and four sentences on behaviour, the same in every profile. Of
those only `utterance_style` says something of the person; the others are conditions, which hardseek keeps apart.
"""

from collections.abc import Mapping
from typing import Any, Final

from hardseek.cards.card import RoleCard
from hardseek.cards.formats.record import Record
from hardseek.cards.formats.values import age, gender_word, language_of, optional, text_field
from hardseek.cards.grade import graded
from hardseek.cards.telling import tell
from hardseek.errors import Refused
from hardseek.language import clean, detect

NAME: Final = "worst-case"
MARK: Final = "problem_summary"


_WITH: Final = frozenset({"profile", "profile_id", "engagement_level", "resistance_level", "utterance_style"})


def knows(data: Mapping[str, Any]) -> bool:
    """Tell a record by its summary and one of the fields that no other format has."""
    return MARK in data and not _WITH.isdisjoint(data)


def card(record: Record) -> RoleCard:
    """Turn one profile into a card; raises Refused when it has no summary of the problem, or says a wrong language."""
    problem = clean(text_field(record, MARK))
    if detect(problem) is None:
        raise Refused(f"{record.where}: problem_summary: no words in it; a card needs a problem")
    language = language_of(record, MARK, problem)
    gender = optional(record, "gender")
    told = tell(problem, language, gender_word(gender))
    style = optional(record, "utterance_style")
    return graded(
        RoleCard(
            id=f"worst-case-{record.data.get('profile', record.stem)}",
            language=language,
            age=age(optional(record, "age")),
            gender=gender,
            occupation=optional(record, "occupation"),
            education=optional(record, "education_level"),
            relationship=optional(record, "relationship_status"),
            summary=problem,
            facts=told.facts,
            feelings=told.feelings,
            wants=told.wants,
            writing=None if style is None else style.removeprefix("你"),
            risk=told.risk,
            source="worst-case framework",
            inferred=("facts", "feelings", "risk"),
        )
    )
