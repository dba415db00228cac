"""Coding as the database keeps it: versions of the codebook, marks, who is done, what was settled."""

from collections import defaultdict
from typing import Any, Final

import msgspec

from hardseek.dialogues import Speaker
from hardseek.language import detect
from hardseek.luck import Luck
from hardseek.study.coding.codebook import Code, Codebook
from hardseek.study.coding.marks import Coding, Mark, Settled, Source, Unit
from hardseek.study.database import Database, now
from hardseek.study.design import Design
from hardseek.study.interviews.notes import interviews, notes
from hardseek.study.replying import identity
from hardseek.study.talks import all_talks, turns

_REMARK: Final = 2_000


def codebook(database: Database) -> tuple[int, Codebook]:
    """Return the codebook as it is now, with its version; an empty one of version 0 at first."""
    row = database.connection.execute("SELECT number, codes FROM codebooks ORDER BY number DESC LIMIT 1").fetchone()
    return (row[0], Codebook.model_validate_json(row[1])) if row else (0, Codebook())


def keep_codebook(database: Database, author: str, book: Codebook) -> int:
    """Keep a codebook as a new version, unless it is as it was; returns the version. Earlier ones stay."""
    with database.transaction() as connection:
        version, had = codebook(database)
        if had == book and version:
            return version
        connection.execute(
            "INSERT INTO codebooks (author, made, codes) VALUES (?, ?, ?)", (author, now(), book.model_dump_json())
        )
        return int(connection.execute("SELECT max(number) FROM codebooks")[0][0])


def keep_code(database: Database, author: str, code: Code) -> int:
    """Add a code, or put it in the place of that of its name; returns the version."""
    return keep_codebook(database, author, codebook(database)[1].having(code))


def versions(database: Database) -> list[tuple[int, str, str, Codebook]]:
    """Return all versions of the codebook: number, author, time, codes."""
    rows = database.connection.execute("SELECT number, author, made, codes FROM codebooks ORDER BY number")
    return [(number, author, made, Codebook.model_validate_json(codes)) for number, author, made, codes in rows]


def mark(
    database: Database, coder: str, unit: Unit, code: str, passage: tuple[int, int] | None = None, *, on: bool
) -> None:
    """Give a code to a unit, or to a passage of it, or take it back; giving it twice gives it once.

    Args:
        database: the study's.
        coder: who.
        unit: the turn or note.
        code: by its name.
        passage: first character and the one after the last; None: all of the unit.
        on: whether it is given; taking it back takes it from all passages of the unit where `passage` is None.
    """
    begins, ends = passage or (None, None)
    where = "coder = ? AND source = ? AND place = ? AND code = ?"
    key: tuple[object, ...] = (coder, unit.source, unit.place, code)
    if passage is not None or on:
        same = "begins IS NULL" if passage is None else "begins = ? AND ends = ?"
        where, same_key = f"{where} AND {same}", (*key, *(passage or ()))
    else:
        same_key = key
    with database.transaction() as connection:
        connection.execute(f"DELETE FROM marks WHERE {where}", same_key)
        if on:
            version, _ = codebook(database)
            connection.execute(
                "INSERT INTO marks (coder, source, place, begins, ends, code, version, made) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (coder, unit.source, unit.place, begins, ends, code, version, now()),
            )


def unmark(database: Database, coder: str, number: int) -> None:
    """Take back one's own mark by its number."""
    with database.transaction() as connection:
        connection.execute("DELETE FROM marks WHERE number = ? AND coder = ?", (number, coder))


def finish(database: Database, coder: str, source: str, *, done: bool) -> None:
    """Enter that a coder has finished a source, or has not after all."""
    with database.transaction() as connection:
        connection.execute("DELETE FROM coded WHERE coder = ? AND source = ?", (coder, source))
        if done:
            connection.execute("INSERT INTO coded (coder, source, made) VALUES (?, ?, ?)", (coder, source, now()))


def settle(database: Database, author: str, unit: Unit, code: str, *, holds: bool | None, remark: str = "") -> None:
    """Enter what coders agreed on; None takes it back."""
    with database.transaction() as connection:
        key = (unit.source, unit.place, code)
        connection.execute("DELETE FROM settled WHERE source = ? AND place = ? AND code = ?", key)
        if holds is not None:
            connection.execute(
                "INSERT INTO settled (source, place, code, holds, author, made, remark) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*key, int(holds), author, now(), remark[:_REMARK]),
            )


def marks(database: Database, source: str | None = None) -> list[Mark]:
    """Return the marks of a source, or all, in the order in which they were given."""
    asked, values = ("", ()) if source is None else ("WHERE source = ?", (source,))
    rows = database.connection.execute(
        f"SELECT number, coder, source, place, begins, ends, code, version, made FROM marks {asked} ORDER BY number",
        values,
    )
    return [
        Mark(number=number, coder=coder, unit=Unit(of, place), first=first, last=last, code=code, version=version,
             made=made)
        for number, coder, of, place, first, last, code, version, made in rows
    ]  # fmt: skip


def finished(database: Database) -> dict[str, frozenset[str]]:
    """Return who has finished each source."""
    found: dict[str, set[str]] = {}
    for coder, source in database.connection.execute("SELECT coder, source FROM coded ORDER BY source, coder"):
        found.setdefault(source, set()).add(coder)
    return {source: frozenset(coders) for source, coders in found.items()}


def settlements(database: Database) -> list[Settled]:
    """Return all that was settled."""
    rows = database.connection.execute(
        "SELECT source, place, code, holds, author, made, remark FROM settled ORDER BY source, place, code"
    )
    return [
        Settled(unit=Unit(source, place), code=code, holds=bool(holds), author=author, made=made, remark=remark)
        for source, place, code, holds, author, made, remark in rows
    ]


def texts(database: Database, source: str) -> list[tuple[str, str]]:
    """Return the units of a source as kind (seeker, supporter, note) and text; nothing where there is none of it."""
    kind, _, number = source.partition(":")
    if not number.isdecimal():
        return []
    if kind == "talk":
        return [(turn.speaker, turn.text) for turn in turns(database, int(number))]
    row = database.connection.execute("SELECT text FROM notes WHERE number = ?", (int(number),)).fetchone()
    return [("note", row[0])] if row and kind == "note" else []


def sources(database: Database, design: Design) -> list[Source]:
    """Return what there is to code, in an order drawn by luck: all coders take the same way.

    Talks that have ended without having failed, and notes. So whoever codes only a part codes what others do too.
    """
    found = []
    speakers: dict[int, list[Speaker]] = defaultdict(list)
    for number, speaker in database.connection.execute("SELECT talk, speaker FROM turns ORDER BY talk, position"):
        speakers[number].append(speaker)
    for talk in all_talks(database):
        if talk.ended is None or talk.ending == "failed" or talk.position == 0:  # 0: it was for practice
            continue
        said = speakers[talk.number]
        name = f"talk:{talk.number}"
        found.append(
            Source(
                name, tuple(Unit(name, place) for place in range(len(said))), tuple(said),
                talk.language, talk.participant, talk.system, talk.condition, identity(design, talk),
            )
        )  # fmt: skip
    held = {each.number: each for each in interviews(database)}
    for note in notes(database):
        participant = held[note.interview].participant
        name = f"note:{note.number}"
        language = detect(note.text) or design.participants[participant].language
        found.append(Source(name, (Unit(name, 0),), ("note",), language, participant))
    return sorted(found, key=lambda source: _drawn(design, source.name))


def coding(database: Database, design: Design) -> Coding:
    """Gather all that was coded."""
    book = codebook(database)[1]
    known = sources(database, design)
    names = {source.name for source in known}
    return Coding(
        codes=book.codes,
        sources=tuple(known),
        done={source: coders for source, coders in finished(database).items() if source in names},
        marks=tuple(one for one in marks(database) if one.unit.source in names and book.code(one.code)),
        settled=tuple(one for one in settlements(database) if one.unit.source in names),
    )


def _drawn(design: Design, name: str) -> float:
    return Luck.of(seed=design.study.seed, card=name, condition="coding", replicate=0).unit(0, "order of coding")


def code_rows(database: Database, design: Design) -> list[dict[str, Any]]:
    """Return all marks as rows of an export, one a mark, with the passage that it is about."""
    book = codebook(database)[1]
    known = {source.name: source for source in sources(database, design)}
    told = {name: texts(database, name) for name in known}
    done, agreed = finished(database), {(one.unit, one.code): one.holds for one in settlements(database)}
    rows = []
    for one in marks(database):
        source, code = known.get(one.unit.source), book.code(one.code)
        if source is None or code is None or one.unit.place >= len(told[source.name]):
            continue
        kind, text = told[source.name][one.unit.place]
        rows.append(
            {
                "source": source.name, "dialogue": source.dialogue, "participant": source.participant,
                "system": source.system, "condition": source.condition, "language": source.language,
                "turn": one.unit.place if kind != "note" else None, "speaker": kind, "coder": one.coder,
                "finished": one.coder in done.get(source.name, ()), "code": one.code, "title": code.title,
                "theme": code.theme, "axis": code.axis, "settled": agreed.get((one.unit, one.code)),
                "codebook": one.version, "made": one.made, "first": one.first, "last": one.last,
                "text": text if one.first is None else text[one.first : one.last],
            }
        )  # fmt: skip
    return rows


def as_json(coding: Coding) -> str:
    """Write all of a coding, as `from_json` reads it."""
    return msgspec.json.encode(coding, enc_hook=lambda code: code.model_dump(mode="json")).decode() + "\n"


def from_json(text: str) -> Coding:
    """Read what `as_json` wrote; raises msgspec.ValidationError."""
    return msgspec.json.decode(text, type=Coding, dec_hook=lambda _, code: Code.model_validate(code))
