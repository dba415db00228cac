"""ESC-Eval's role cards (arXiv 2406.14952): age, gender, occupation and problem as one text.

A record has `base` ("Age: ...", "年龄：..." and so on, one a line; colons of either width, in any order, some missing),
`id`, `language` ("english", "chinese") and `res`, the top category of the project's taxonomy.
"""

import re
from typing import Final

from hardseek.cards.card import RoleCard
from hardseek.cards.formats.record import Record
from hardseek.cards.formats.values import age, gender_word, known, text_field
from hardseek.cards.telling import tell
from hardseek.errors import Refused
from hardseek.language import Language, clean, detect

NAME: Final = "esc-eval"
MARK: Final = "base"
_LABELS: Final = {
    "age": "age", "gender": "gender", "sex": "gender", "occupation": "occupation", "job": "occupation",
    "problem": "problem", "年龄": "age", "性别": "gender", "职业": "occupation", "问题": "problem",
}  # fmt: skip
_LABEL = re.compile(rf"(?:^|\n)\s*({'|'.join(_LABELS)})\s*[:：]\s*", re.IGNORECASE)
_LANGUAGES: Final[dict[str, Language]] = {"english": "en", "en": "en", "chinese": "zh", "zh": "zh"}
_TOP_CATEGORIES: Final = {"家庭生活": "family-life", "工作学习": "work-study", "社会与其他": "society-other"}


def card(record: Record) -> RoleCard:
    """Turn one record into a card; raises Refused when it has no problem text or no id."""
    base = clean(text_field(record, "base"))
    fields = _fields(base)
    problem = fields.get("problem", "")
    if known(problem) is None:
        raise Refused(f"{record.where}: base: no text after 'Problem:' or '问题：'; a card needs a problem")
    language = _LANGUAGES.get(str(record.data.get("language", "")).lower()) or detect(problem)
    if language is None:
        raise Refused(f"{record.where}: base: the problem has no words in English or Chinese")
    gender = known(fields.get("gender"))
    told = tell(problem, language, gender_word(gender))
    return RoleCard(
        id=f"esc-eval-{text_field(record, 'id')}",
        language=language,
        category=_TOP_CATEGORIES.get(str(record.data.get("res", "")).strip()),
        age=age(known(fields.get("age"))),
        gender=gender,
        occupation=known(fields.get("occupation")),
        summary=problem,
        facts=told.facts,
        feelings=told.feelings,
        wants=told.wants,
        risk=told.risk,
        source=_source(record),
    )


def _fields(base: str) -> dict[str, str]:
    """Split the text at its labels; a value runs to the next label, line breaks within it become spaces."""
    parts = _LABEL.split("\n" + base)
    labels, values = parts[1::2], parts[2::2]
    return {
        _LABELS[label.lower()]: " ".join(value.split()) for label, value in zip(labels, values, strict=True) if value
    }


def _source(record: Record) -> str:
    origin = record.data.get("source")
    return f"ESC-Eval ({origin})" if origin else "ESC-Eval"
