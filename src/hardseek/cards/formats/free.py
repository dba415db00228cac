"""Free records: any mapping or row of a table whose names say, in English or Chinese, what they hold.

One of them has to be the problem; all others are optional. Facts are told as they are where they are given (a list, or
columns "fact 1", "fact 2"); otherwise they are made of the problem.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from hardseek.cards.card import Fact, RoleCard
from hardseek.cards.formats.labels import field_of, labels, risk_of
from hardseek.cards.formats.record import Record
from hardseek.cards.formats.values import age, bounded, gender_word, known, language_of, prose
from hardseek.cards.grade import graded
from hardseek.cards.taxonomy import category_named
from hardseek.cards.telling import Telling, arrange, own_words, tell
from hardseek.errors import Refused
from hardseek.language import Language, clean

NAME: Final = "free"
_UNUSABLE = re.compile(r"[^A-Za-z0-9._-]+")
_SEVERAL = re.compile(r"\s*[;；\n|]\s*")
_THIRD = re.compile(
    r"\b(?:the|this) (?:seeker|user|client|person|individual|patient)\b|求助者|来访者|用户|咨询者", re.IGNORECASE
)
_FIRST = re.compile(r"\b(?:I|I'm|I've|my|me)\b|我")


def knows(data: Mapping[str, Any]) -> bool:
    """Tell whether one of the names stands for the problem or for facts."""
    return not {"summary", "facts"}.isdisjoint(matched(data))


def card(record: Record) -> RoleCard:
    """Turn one record into a card; raises Refused when no name in it stands for the problem."""
    found = matched(record.data)
    values = {field: _value(record, field, [record.data[name] for name in names]) for field, names in found.items()}
    problem = " ".join(values.get("summary", ()))
    stated = values.pop("facts", [])
    if not problem and not stated:
        raise Refused(f"{record.where}: no problem: none of {_listed(record.data)} is one with something in it")
    language = language_of(record, "problem", problem or " ".join(stated))
    gender = _first(values, "gender")
    told = arrange(stated, language) if stated else _told(problem, language, gender)
    risk = risk_of(_first(values, "risk") or "")
    facts = told.facts if not stated else _given(record, found, told)
    return graded(
        RoleCard(
            id=_id(record, _first(values, "id")),
            language=language,
            category=_category(_first(values, "category")),
            age=age(_first(values, "age")),
            gender=gender,
            occupation=_first(values, "occupation"),
            education=_first(values, "education"),
            relationship=_first(values, "relationship"),
            setting=_first(values, "setting"),
            summary=problem or ("" if language == "zh" else " ").join(stated),
            facts=facts,
            feelings=tuple(values.get("feelings", told.feelings)),
            beliefs=tuple(values.get("beliefs", ())),
            tried=tuple(values.get("tried", ())),
            wants=_first(values, "wants") or told.wants,
            would_help=_first(values, "would_help"),
            writing=_first(values, "writing"),
            risk=told.risk if risk is None else risk,
            source=_first(values, "source") or record.stem,
            inferred=_inferred(values, stated=bool(stated), risk=risk is not None),
        )
    )


def matched(data: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the names of a record by the field they stand for; names of nothing known are left out."""
    found: dict[str, list[str]] = {}
    for name in data:
        field = field_of(name)
        if field is not None:
            found.setdefault(field, []).append(name)
    return found


def unused(data: Mapping[str, Any]) -> list[str]:
    """Return the names of a record that stand for no field of a card."""
    return [name for name in data if field_of(name) is None]


def _value(record: Record, field: str, given: list[Any]) -> list[str]:
    """Make texts of what stands under the names of a field; unknown ones are left out."""
    texts: list[str] = []
    for value in given:
        for item in value if isinstance(value, list) else [value]:
            text = item.get("text", item.get("content", "")) if isinstance(item, dict) else item
            whole = "" if text is None else clean(bounded(str(text), record, field))
            split = _SEVERAL.split(whole) if field in labels().lists and not isinstance(value, list) else [whole]
            say = prose if field in labels().prose else str if field == "risk" else known
            texts.extend(part for each in split if (part := say(each)))
    return texts


def _told(problem: str, language: Language, gender: str | None) -> Telling:
    """Take a problem in the first person as it is, and turn one in the third."""
    if _FIRST.search(problem) and not _THIRD.search(problem):
        return own_words(problem, language)
    return tell(problem, language, gender_word(gender))


def _given(record: Record, found: dict[str, list[str]], told: Telling) -> tuple[Fact, ...]:
    """Keep the depths and feelings that stated facts bring with them."""
    items = [item for name in found["facts"] if isinstance(value := record.data[name], list) for item in value]
    if len(items) != len(told.facts):
        return told.facts
    kept = []
    for fact, item in zip(told.facts, items, strict=True):
        own = item if isinstance(item, dict) else {}
        depth = own.get("depth") if own.get("depth") in {"surface", "personal", "core"} else fact.depth
        kept.append(fact.model_copy(update={"depth": depth, "feeling": own.get("feeling") or fact.feeling}))
    return tuple(kept)


def _first(values: dict[str, list[str]], field: str) -> str | None:
    return "; ".join(values.get(field, ())) or None


def _id(record: Record, given: str | None) -> str:
    stem = _slug(record.stem) or "card"
    return (_slug(given) if given else "") or f"{stem}-{record.number}"


def _category(given: str | None) -> str | None:
    """Name a category of the taxonomy where it is one, and otherwise keep what other people call theirs as an id."""
    return (category_named(given) or _slug(given) or None) if given else None


def _slug(text: str) -> str:
    return _UNUSABLE.sub("-", text).strip("-._")[:100]


def _inferred(values: dict[str, list[str]], *, stated: bool, risk: bool) -> tuple[str, ...]:
    made = ["depth" if stated else "facts"]
    made += [] if "feelings" in values else ["feelings"]
    return (*made, *(() if risk else ("risk",)))


def _listed(data: Mapping[str, Any]) -> str:
    return ", ".join(map(repr, data)) or "no names"
