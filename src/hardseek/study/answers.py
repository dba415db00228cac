"""What participants answer, and what they have typed so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from hardseek.study.database import Database, now
from hardseek.study.items import Answer, Item, read_answer

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


def keep(database: Database, participant: str, place: str, answers: Mapping[str, Answer]) -> None:
    """Keep a form that was handed in, in place of what it said before, and drop its draft."""
    rows = [(participant, place, name, msgspec.json.encode(value).decode(), now()) for name, value in answers.items()]
    with database.transaction() as connection:
        connection.executemany(_ANSWERED, rows)
        connection.execute("DELETE FROM drafts WHERE participant = ? AND place = ?", (participant, place))
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
    with database.transaction() as connection:
        if typed:
            connection.execute(
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
