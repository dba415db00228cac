"""ESC-Eval's role cards (arXiv 2406.14952): age, gender, occupation and problem as one text.

A record has `base` ("Age: ...", "年龄：..." and so on; labels of either language and colons of either width, one a line
or one after the other, in any order, some missing), `id`, `language` ("english", "chinese") and `res`, the top category
of the project's taxonomy.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from hardseek.cards.card import RoleCard
from hardseek.cards.formats.labels import field_of
from hardseek.cards.formats.record import Record
from hardseek.cards.formats.values import age, gender_word, known, language_of, text_field
from hardseek.cards.grade import graded
from hardseek.cards.taxonomy import domain_of_esc_eval
from hardseek.cards.telling import tell
from hardseek.errors import Refused
from hardseek.language import clean

NAME: Final = "esc-eval"
MARK: Final = "base"
_LABEL = re.compile(
    r"(?P<before>(?:^|\n|(?<=[,，;；。|/])|(?<=\.)(?=\s)|(?<=\s)(?=\s))[\s*#•·\-]*)(?:\d{1,2}[.)、]\s*)?"
    r"(?P<label>[A-Za-z][A-Za-z ]{1,24}|[\u4e00-\u9fff]{2,6})\**\s*[:：]\**[ \t]*"
)
_WITHIN: Final = frozenset({"age", "gender", "occupation", "education", "relationship", "summary"})
"""Fields of this format; another word before a colon belongs to the text."""


def knows(data: Mapping[str, Any]) -> bool:
    """Tell a record by its `base`."""
    return MARK in data


def card(record: Record) -> RoleCard:
    """Turn one record into a card; raises Refused when it has no problem text or no id, or says a wrong language."""
    fields = split(clean(text_field(record, "base")))
    problem = fields.get("summary", "")
    if known(problem) is None:
        raise Refused(f"{record.where}: base: no text after 'Problem:' or '问题：'; a card needs a problem")
    language = language_of(record, "base", problem)
    gender = known(fields.get("gender"))
    told = tell(problem, language, gender_word(gender))
    return graded(
        RoleCard(
            id=f"esc-eval-{text_field(record, 'id')}",
            language=language,
            category=domain_of_esc_eval(str(record.data.get("res", ""))),
            age=age(known(fields.get("age"))),
            gender=gender,
            occupation=known(fields.get("occupation")),
            education=known(fields.get("education")),
            relationship=known(fields.get("relationship")),
            summary=problem,
            facts=told.facts,
            feelings=told.feelings,
            wants=told.wants,
            risk=told.risk,
            source=_source(record),
            inferred=("facts", "feelings", "risk"),
        )
    )


def split(base: str) -> dict[str, str]:
    """Split a text at its labels; a value runs to the next label, line breaks within it become spaces.

    A label counts where a line begins; in the middle of a line only for a field that no line begins with, and never
    after the problem, which is prose. Text before the first label is the problem where no label says so.
    """
    found = [(match, field) for match in _LABEL.finditer(base) if (field := field_of(match["label"])) in _WITHIN]
    at_lines = {field for match, field in found if _opens_line(match)}
    kept: list[tuple[re.Match[str], str]] = []
    for match, field in found:
        opens_line = _opens_line(match)
        prose = bool(kept) and kept[-1][1] == "summary"
        fresh = field not in {name for _, name in kept}
        if field is not None and fresh and (opens_line or (field not in at_lines and not prose)):
            kept.append((match, field))
    fields: dict[str, str] = {}
    for (match, field), after in zip(kept, [*(match for match, _ in kept[1:]), None], strict=False):
        value = _value(base[match.end() : after.start() if after is not None else len(base)])
        # What parts fields on one line is no part of them.
        fields[field] = value if after is None or _opens_line(after) else value.rstrip(" .。")
    before = _value(base[: kept[0][0].start()] if kept else base)
    if "summary" not in fields and before:
        fields["summary"] = before
    return {field: value for field, value in fields.items() if value}


def _opens_line(match: re.Match[str]) -> bool:
    return match.start() == 0 or "\n" in match["before"]


def _value(text: str) -> str:
    return " ".join(text.split()).strip("*|").rstrip(",，;；|/ ")


def _source(record: Record) -> str:
    origin = record.data.get("source")
    return f"ESC-Eval ({origin})" if origin else "ESC-Eval"
