"""Values of foreign cards: what is unknown becomes None, ages become numbers where they are."""

import re
from typing import Literal

from hardseek.cards.formats.record import Record
from hardseek.errors import Refused

GenderWord = Literal["female", "male"]

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
    """Return a required field as text; raises Refused when it is missing or neither text nor number."""
    value = record.data.get(name)
    if not isinstance(value, str | int) or value == "":
        raise Refused(f"{record.where}: {name}: found {value!r}; it should be text")
    return str(value)
