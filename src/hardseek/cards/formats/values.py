"""Values of foreign cards: what is unknown becomes None, ages become numbers where they are."""

import re
from typing import Final, Literal

from hardseek.cards.formats.record import Record
from hardseek.cards.tongue import not_in
from hardseek.errors import Refused
from hardseek.language import Language, clean, detect

GenderWord = Literal["female", "male"]

LONGEST_TEXT: Final = 20_000
"""Characters of one field, at most; the longest problem of the published releases has 990."""
_UNKNOWN = re.compile(
    r"(?:specific\s+)?(?:occupation|age|gender)?\s*(?:is\s+)?(?:not\s+(?:mentioned|specified|stated|given|known)|"
    r"unspecified|unknown|n/?a|none)(?![a-z])"
    r"|未(?:提及|提到|说明|知|明确|透露)(?:具体)?(?:职业|年龄|性别)?|不详",
    re.IGNORECASE,
)
_GUESSED = re.compile(r"[（(](?:根据描述)?推测[）)]|^implied to be ", re.IGNORECASE)
_JOINTS = " ,，、；;/。.()（）"
_BUT = re.compile(r"^(?:但|但是|but|可推测为|可推测|可能是|可能)+", re.IGNORECASE)
_YEARS = re.compile(r"(?<!\d)(\d{1,3})(?!\d)\s*(?:years?|岁|周岁|$)", re.IGNORECASE)
_CODES: Final[dict[str, Language]] = {
    "english": "en", "en": "en", "eng": "en", "英文": "en", "英语": "en",
    "chinese": "zh", "zh": "zh", "zho": "zh", "cn": "zh", "mandarin": "zh", "中文": "zh", "汉语": "zh",
}  # fmt: skip


def known(value: str | None) -> str | None:
    """Return what a field says, without "not mentioned" and the like; None when nothing else is in it.

    "学生/未提及" says student, and "未提及具体职业，但在换工作" says that a job is being changed: both are kept.
    """
    if value is None:
        return None
    rest = _GUESSED.sub("", value).strip(" 。")
    cut = _UNKNOWN.sub("", rest)
    if cut == rest:
        return rest or None
    cut = _BUT.sub("", cut.strip(_JOINTS)).strip(_JOINTS)
    return _BUT.sub("", cut).strip() or None


def prose(text: str) -> str | None:
    """Return a text as it is, None where all it says is "not mentioned" and the like."""
    return text if known(text) is not None else None


def age(value: str | None) -> int | str | None:
    """Return years as a number ("29", "20岁", "Old (90 years old)"), a stage of life as its words."""
    years = _YEARS.findall(value) if value else []
    return int(years[0]) if len(years) == 1 else value


def gender_word(value: str | None) -> GenderWord | None:
    """Tell which pronouns a card's gender goes with, where it is one of the two that the releases know."""
    if value is None:
        return None
    lowered = value.lower()
    if lowered.startswith(("female", "woman", "girl", "女")):
        return "female"
    return "male" if lowered.startswith(("male", "man", "boy", "男")) else None


def text_field(record: Record, name: str) -> str:
    """Return a required field as text.

    Raises:
        Refused: it is missing, neither text nor number, or longer than any card's.
    """
    value = record.data.get(name)
    if not isinstance(value, str | int) or value == "":
        raise Refused(f"{record.where}: {name}: found {value!r}; it should be text")
    return bounded(str(value), record, name)


def optional(record: Record, name: str) -> str | None:
    """Return what a field says, None where it is missing, empty or unknown."""
    value = record.data.get(name)
    return None if value is None else known(clean(bounded(str(value), record, name)))


def bounded(value: str, record: Record, name: str) -> str:
    """Return the text; raises Refused when it is longer than any card's."""
    if len(value) > LONGEST_TEXT:
        raise Refused(f"{record.where}: {name}: {len(value):,} characters; a card has at most {LONGEST_TEXT:,} there")
    return value


def language_of(record: Record, name: str, problem: str) -> Language:
    """Return the language of a problem, as its words are written; `name` is the field that may say it too.

    Raises:
        Refused: there are no words of either language in it, or the field says another one than the words are in.
    """
    language = detect(problem)
    if language is None:
        raise Refused(f"{record.where}: {name}: the problem has no words in English or Chinese")
    said = record.data.get("language")
    given = _CODES.get(str(said).strip().lower().partition("-")[0])
    if given is not None and given != language:
        raise Refused(f"{record.where}: language: found {said!r}, and the problem is written in {language}; mend one")
    wrong = not_in(problem, language)
    if wrong is not None:
        raise Refused(f"{record.where}: {name}: {wrong}; cards are in English or Chinese")
    return language
