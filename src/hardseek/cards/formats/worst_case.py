"""Profiles of the worst-case framework (arXiv 2605.28228): a person's data and a summary of the problem, in Chinese.

A record has `profile` (its number; the file's name where it is missing), `gender`, `age`, `education_level`,
`occupation`, `relationship_status`, `problem_summary` and four sentences on behaviour, the same in every profile. Of
those only `utterance_style` says something of the person; the others are conditions, which hardseek keeps apart.
"""

from typing import Final

from hardseek.cards.card import RoleCard
from hardseek.cards.formats.record import Record
from hardseek.cards.formats.values import age, gender_word, known, text_field
from hardseek.cards.telling import tell
from hardseek.errors import Refused
from hardseek.language import clean, detect

NAME: Final = "worst-case"
MARK: Final = "problem_summary"


def card(record: Record) -> RoleCard:
    """Turn one profile into a card; raises Refused when it has no summary of the problem."""
    problem = clean(text_field(record, "problem_summary"))
    language = detect(problem)
    if language is None:
        raise Refused(f"{record.where}: problem_summary: no words in it; a card needs a problem")
    gender = _optional(record, "gender")
    told = tell(problem, language, gender_word(gender))
    style = _optional(record, "utterance_style")
    return RoleCard(
        id=f"worst-case-{record.data.get('profile', record.stem)}",
        language=language,
        age=age(_optional(record, "age")),
        gender=gender,
        occupation=_optional(record, "occupation"),
        education=_optional(record, "education_level"),
        relationship=_optional(record, "relationship_status"),
        summary=problem,
        facts=told.facts,
        feelings=told.feelings,
        wants=told.wants,
        writing=None if style is None else style.removeprefix("你"),
        risk=told.risk,
        source="worst-case framework",
    )


def _optional(record: Record, name: str) -> str | None:
    value = record.data.get(name)
    return None if value is None else known(clean(str(value)))
