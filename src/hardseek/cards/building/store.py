"""The build folder's database: every item with its stage; each step of an item is one transaction."""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, Self

import msgspec

from hardseek.cards.building.assembling import Failed
from hardseek.cards.building.filtering import Left
from hardseek.cards.building.prompting import Step
from hardseek.cards.building.source import Said, Source
from hardseek.cards.building.verifying import Field
from hardseek.cards.card import RoleCard
from hardseek.chat import Fault, Usage
from hardseek.documents import packaged
from hardseek.errors import HardseekError, Refused
from hardseek.language import Language

FILE: Final = "build.sqlite"
Stage = Literal["read", "passed", "extracted", "built", "filtered", "failed"]
Row = tuple[Any, ...]
_encode = msgspec.json.Encoder().encode
_decode_turns = msgspec.json.Decoder(tuple[Said, ...]).decode
_decode_quotes = msgspec.json.Decoder(tuple[str, ...]).decode
_PATIENCE: Final = 30
"""Seconds that one process waits for another's transaction: people review while a build goes on."""


class BuildStopped(HardseekError):
    """The database cannot be written any more, as when the disk is full; what was committed stands."""


class Item(NamedTuple):
    """One source and how far it is."""

    number: int
    source: Source
    stage: Stage


class Answered(NamedTuple):
    """What a call brought, to be kept beside what was made of it."""

    step: Step
    prompt: str
    """id.language@version."""
    seed: int
    usage: Usage
    answer: msgspec.Struct | None = None
    """None where none could be read."""
    repaired: bool = False


class Built(NamedTuple):
    """A finished card as the model has it."""

    number: int
    card: RoleCard
    category: str | None
    """The leaf that the model named; the card has none when it was not sure enough."""
    confidence: float | None


class BuildStore:
    """A build's database; opened for reading it has to be there."""

    def __init__(self, folder: Path, *, new: bool = False) -> None:
        """Open it, making it when `new`; raises Refused when there is none, or none that can be read."""
        self._path = folder / FILE
        if not new and not self._path.is_file():
            raise Refused(f"{folder}: holds no build (there is no {FILE} in it); see `hardseek cards build --help`")
        try:
            self._database = sqlite3.connect(self._path, isolation_level=None, timeout=_PATIENCE)
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute("PRAGMA synchronous = NORMAL")
            if new:
                self._database.executescript(packaged("hardseek.cards.building", "schema.sql"))
            self._database.execute("SELECT count(*) FROM about").fetchone()
        except sqlite3.Error as error:
            raise Refused(f"{self._path}: cannot be opened as a build: {error}") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Make one transaction of what is written inside; raises BuildStopped when it cannot be written."""
        try:
            self._database.execute("BEGIN IMMEDIATE")
            with self._database:
                yield self._database
        except sqlite3.OperationalError as error:
            raise BuildStopped(
                f"{self._path}: cannot be written: {error}. What was finished before is kept; make room (or mend the "
                "disk) and run the same command to go on."
            ) from None

    def rows(self, statement: str, *values: object) -> list[Row]:
        """Return what a query finds."""
        return self._database.execute(statement, values).fetchall()

    # -- what the build is -----------------------------------------------------------------------------------------

    def note(self, key: str, value: object) -> None:
        """Keep a fact about the build as JSON."""
        with self.writing() as database:
            database.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (key, _encode(value).decode()))

    def noted(self, key: str) -> Any:
        """Return a fact about the build, or None."""
        found = self.rows("SELECT value FROM about WHERE key = ?", key)
        return msgspec.json.decode(found[0][0]) if found else None

    # -- items -----------------------------------------------------------------------------------------------------

    def begin(self, sources: Sequence[tuple[Source, Counter[str]]], about: dict[str, object]) -> None:
        """Keep all that was read, with what was taken out of it, and the facts about the build; all or nothing."""
        with self.writing() as database:
            database.executemany(
                "INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, 'read', NULL, NULL)",
                (
                    (number, source.id, source.where, source.language, _json(source.turns), _json(dict(masked)))
                    for number, (source, masked) in enumerate(sources)
                ),
            )
            database.executemany("INSERT INTO about VALUES (?, ?)", ((k, _json(v)) for k, v in about.items()))

    def items(self, *stages: Stage) -> Iterator[Item]:
        """Yield the items at these stages, in their order."""
        return map(self.item, self.numbers(*stages))

    def numbers(self, *stages: Stage) -> list[int]:
        """Return the numbers of the items at these stages, in their order."""
        wanted = ", ".join("?" * len(stages))
        found = self.rows(f"SELECT number FROM items WHERE stage IN ({wanted}) ORDER BY number", *stages)
        return [number for (number,) in found]

    def item(self, number: int) -> Item:
        """Return an item."""
        ((identity, place, language, turns, stage),) = self.rows(
            "SELECT id, place, language, turns, stage FROM items WHERE number = ?", number
        )
        return Item(number, Source(identity, place, _language(language), _decode_turns(turns)), stage)

    def filtered(self, verdicts: Sequence[tuple[int, Left | None]]) -> None:
        """Keep what the filter says of items."""
        rows = [
            ("passed" if left is None else "filtered", left and left.reason, left and left.detail, number)
            for number, left in verdicts
        ]
        with self.writing() as database:
            database.executemany("UPDATE items SET stage = ?, reason = ?, detail = ? WHERE number = ?", rows)

    # -- what the model said ---------------------------------------------------------------------------------------

    def extracted(
        self, number: int, answered: Answered, fields: Sequence[Field], made: RoleCard | Failed
    ) -> None:  # fmt: skip
        """Keep an extraction, what was verified of it, and the card, or why there is none."""
        with self.writing() as database:
            _keep_answer(database, number, answered)
            _keep_fields(database, number, fields)
            if isinstance(made, RoleCard):
                database.execute("INSERT OR REPLACE INTO cards VALUES (?, ?, NULL, NULL, NULL)", (number, _card(made)))
                _move(database, number, "extracted")
            else:
                _move(database, number, "failed", made.reason, made.detail)

    def failed(self, number: int, answered: Answered, fault: Fault) -> None:
        """Keep that a model's answer could not be read: that is final, as to ask until it can would select."""
        with self.writing() as database:
            _keep_answer(database, number, answered)
            _move(database, number, "failed", fault.kind, fault.detail)

    def built(self, built: Built, answered: Answered | None = None, fields: Sequence[Field] = ()) -> None:
        """Keep a finished card; `fields` where it was not extracted before."""
        with self.writing() as database:
            if answered is not None:
                _keep_answer(database, built.number, answered)
            if fields:
                _keep_fields(database, built.number, fields)
            row = (built.number, _card(built.card), built.card.grade, built.category, built.confidence)
            database.execute("INSERT OR REPLACE INTO cards VALUES (?, ?, ?, ?, ?)", row)
            _move(database, built.number, "built")

    def faulted(self, number: int, step: Step, fault: Fault, usage: Usage) -> None:
        """Keep that the server could not be asked; the item stays where it is."""
        row = (number, step, fault.kind, fault.detail, usage.tokens_in, usage.tokens_out, usage.attempts)
        with self.writing() as database:
            database.execute("INSERT INTO faults VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def card(self, number: int) -> RoleCard:
        """Return an item's card as the model has it."""
        ((card,),) = self.rows("SELECT card FROM cards WHERE number = ?", number)
        return RoleCard.model_validate_json(card)

    def fields(self, number: int) -> tuple[Field, ...]:
        """Return what was extracted of an item, the rejected entries too."""
        found = self.rows(
            "SELECT name, value, quotes, rejected, depth, feeling FROM fields WHERE number = ? ORDER BY place", number
        )
        return tuple(Field(row[0], row[1], _decode_quotes(row[2]), *row[3:]) for row in found)

    def cards(self) -> Iterator[Built]:
        """Yield the finished cards, in the order of their sources."""
        for number, card, category, confidence in self.rows(
            "SELECT number, card, category, confidence FROM cards WHERE grade IS NOT NULL ORDER BY number"
        ):
            yield Built(number, RoleCard.model_validate_json(card), category, confidence)


def _keep_answer(database: sqlite3.Connection, number: int, answered: Answered) -> None:
    step, prompt, seed, usage, answer, repaired = answered
    row = (number, step, None if answer is None else _json(answer), repaired, prompt, seed, *_used(usage))
    database.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)


def _keep_fields(database: sqlite3.Connection, number: int, fields: Sequence[Field]) -> None:
    database.executemany(
        "INSERT OR REPLACE INTO fields VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (number, place, field.name, field.value, _json(field.quotes), field.rejected, field.depth, field.feeling)
            for place, field in enumerate(fields)
        ),
    )


def _move(
    database: sqlite3.Connection, number: int, stage: Stage, reason: str | None = None, detail: str | None = None
) -> None:
    database.execute(
        "UPDATE items SET stage = ?, reason = ?, detail = ? WHERE number = ?", (stage, reason, detail, number)
    )


def _used(usage: Usage) -> Row:
    return usage.model, usage.finish_reason, usage.tokens_in, usage.tokens_out, usage.latency, usage.attempts


def _json(value: object) -> str:
    return _encode(value).decode()


def _card(card: RoleCard) -> str:
    return card.model_dump_json()


def _language(name: str) -> Language:
    return "zh" if name == "zh" else "en"
