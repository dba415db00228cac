"""What participants answer, and what they have typed so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from hardseek.language import clean
from hardseek.study.database import Database, now
from hardseek.study.items import (
    NOT_APPLICABLE,
    PREFERENCES,
    Answer,
    CheckItem,
    ChoiceItem,
    Item,
    LikertItem,
    PreferItem,
    SliderItem,
    TextItem,
)

Fields = dict[str, list[str]]
"""What a form sends: the texts by field."""
_ANSWERED: Final = (
    "INSERT INTO answers VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (participant, place, item) DO UPDATE SET value = excluded.value, given = excluded.given"
)


@dataclass(frozen=True, slots=True)
class Given:
    """One answer of one participant."""

    participant: str
    place: str
    item: str
    value: Answer
    given: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A form as it was read."""

    answers: dict[str, Answer]
    wrong: dict[str, str]
    """What keeps it from being handed in: keys of what to say, by question; empty where nothing does."""


def read_form(items: Sequence[Item], fields: Mapping[str, list[str]]) -> Reading:
    """Read what a form sent."""
    answers: dict[str, Answer] = {}
    wrong: dict[str, str] = {}
    for item in items:
        try:
            answers[item.name] = read_answer(item, fields.get(item.name, []))
        except ValueError as error:
            wrong[item.name] = str(error)
    return Reading(answers, wrong)


def read_answer(item: Item, given: list[str]) -> Answer:
    """Read what a form sent for a question.

    Returns:
        The answer; None when there is none.

    Raises:
        ValueError: with `missing`, `unreadable` or `too_long`, the key of what to say.
    """
    said = [text for text in (clean(one.replace("\r\n", "\n")) for one in given) if text]
    if not said:
        if item.required:
            raise ValueError("missing")
        return None
    match item:
        case LikertItem() | CheckItem():
            unscored = said[0] == NOT_APPLICABLE and item.may_not_apply
            return NOT_APPLICABLE if unscored else _number(said[0], {float(step) for step in item.steps})
        case SliderItem():
            value = _number(said[0], None)
            if not item.low <= value <= item.high:
                raise ValueError("unreadable")
            return value
        case ChoiceItem():
            return _chosen(said, list(item.options), several=item.several)
        case PreferItem():
            return _chosen(said, list(PREFERENCES if item.may_tie else PREFERENCES[:2]), several=False)
        case TextItem():
            if len(said[0]) > item.most:
                raise ValueError("too_long")
            return said[0]


def _chosen(said: list[str], options: list[str], *, several: bool) -> str:
    chosen = [name for name in options if name in said]
    if len(chosen) != len(set(said)) or (len(chosen) > 1 and not several):
        raise ValueError("unreadable")
    return " ".join(chosen)


def _number(text: str, allowed: set[float] | None) -> float:
    try:
        value = float(text)
    except ValueError:
        raise ValueError("unreadable") from None
    if not abs(value) < float("inf") or (allowed is not None and value not in allowed):
        raise ValueError("unreadable")
    return value


def keep(database: Database, participant: str, place: str, answers: Mapping[str, Answer]) -> None:
    """Keep a form that was handed in, in place of what it said before, and drop its draft."""
    rows = [(participant, place, name, msgspec.json.encode(value).decode(), now()) for name, value in answers.items()]
    with database.transaction() as connection:
        connection.executemany(_ANSWERED, rows)
        drop_draft(database, participant, place)
        form, _, position = place.partition(":")
        if form == "dialogue":
            connection.execute(
                "UPDATE talks SET rated = ? WHERE participant = ? AND position = ? AND ended IS NOT NULL",
                (now(), participant, int(position)),
            )


def handed_in(database: Database, participant: str) -> set[str]:
    """Return the places of the forms that a participant has handed in."""
    rows = database.connection.execute("SELECT DISTINCT place FROM answers WHERE participant = ?", (participant,))
    return {place for (place,) in rows}


def all_answers(database: Database) -> list[Given]:
    """Return all answers of all participants."""
    rows = database.connection.execute(
        "SELECT participant, place, item, value, given FROM answers ORDER BY participant, place, item"
    )
    return [Given(who, place, item, msgspec.json.decode(value), given) for who, place, item, value, given in rows]


def keep_draft(database: Database, participant: str, place: str, fields: Fields) -> None:
    """Keep what was typed and not sent; nothing typed keeps nothing."""
    typed = {name: texts for name, texts in fields.items() if any(texts)}
    if typed:
        database.connection.execute(
            "INSERT INTO drafts VALUES (?, ?, ?, ?) "
            "ON CONFLICT (participant, place) DO UPDATE SET fields = excluded.fields, saved = excluded.saved",
            (participant, place, msgspec.json.encode(typed).decode(), now()),
        )
    else:
        drop_draft(database, participant, place)


def draft(database: Database, participant: str, place: str) -> Fields:
    """Return what was typed and not sent."""
    row = database.connection.execute(
        "SELECT fields FROM drafts WHERE participant = ? AND place = ?", (participant, place)
    ).fetchone()
    return msgspec.json.decode(row[0], type=Fields) if row else {}


def drop_draft(database: Database, participant: str, place: str) -> None:
    """Forget what was typed."""
    database.connection.execute("DELETE FROM drafts WHERE participant = ? AND place = ?", (participant, place))
