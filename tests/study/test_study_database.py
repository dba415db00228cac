"""The database of a study: what may change in a study that has begun, what may not, and copies of it."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hardseek.documents import packaged
from hardseek.errors import Refused
from hardseek.study import Design
from hardseek.study.access import links, make_link
from hardseek.study.answers import all_answers, draft, keep, keep_draft
from hardseek.study.database import FILE, Database
from hardseek.study.people import agree, people, withdraw
from hardseek.study.storage import LATEST, StorageError
from hardseek.study.talks import all_talks, begin, leave, say, talks_of, turns
from study.browsing import study_file
from study.postgres import Postgres

Opened = Callable[..., Database]


@pytest.fixture
def opened(tmp_path: Path, url: str | None) -> Opened:
    """Open the database of a study that is changed as is said."""

    def of(**changes: Any) -> Database:
        return Database(tmp_path / "kept", Design.read(study_file(tmp_path, **changes)), url=url)

    return of


def held(database: Database) -> tuple[object, ...]:
    """Return all that people wrote."""
    talks = all_talks(database)
    said = [turns(database, talk.number) for talk in talks]
    return talks, said, all_answers(database), people(database), links(database), draft(database, "P02", "talk:1")


def lived_in(database: Database) -> None:
    """Let something of every kind be in a study."""
    agree(database, "P01", "x")
    begin(database, 1)
    assert say(database, 1, 0, "It’s “me”: 我; DROP TABLE talks; -- ?")
    assert leave(database, 1, helped=False)
    keep(database, "P01", "dialogue:1", {"understood": 3.0, "why": None, "more": "a\nb"})
    keep_draft(database, "P02", "talk:1", {"text": ["Half a sen"]})
    make_link(database, "participant", "P01")
    make_link(database, "researcher", "R")


def test_participants_may_be_added_at_any_time(opened: Opened) -> None:
    with opened() as database:
        agree(database, "P01", "x")
        before = all_talks(database)
    with opened(participants=4) as database:
        assert [person.code for person in people(database)] == ["P01", "P02", "P03", "P04"]
        assert all_talks(database)[: len(before)] == before
        assert len(talks_of(database, "P04")) == 2


def test_people_stand_in_the_order_of_the_file(opened: Opened) -> None:
    with opened(participants=["B", "A"]) as database:
        assert [person.code for person in people(database)] == ["B", "A"]
    with opened(participants=["C", "B", "A"]) as database:
        assert [person.code for person in people(database)] == ["C", "B", "A"]


def test_a_study_that_nobody_has_begun_may_be_changed(opened: Opened) -> None:
    with opened():
        pass
    with opened(systems=["cheerleader"]) as database:
        assert {talk.system for talk in all_talks(database)} == {"cheerleader"}


def test_a_study_that_has_begun_may_not_be_changed(opened: Opened) -> None:
    with opened() as database:
        agree(database, "P01", "x")
    with pytest.raises(Refused, match=r"1 participants have begun another study there. What differs: systems"):
        opened(systems=["cheerleader"])
    with opened(contact="somebody else") as database:  # what no result depends on
        assert len(all_talks(database)) == 4


def test_a_newer_schema_is_refused(opened: Opened) -> None:
    with opened() as database:
        database.connection.version = 99
    with pytest.raises(Refused, match=rf"was made by a newer hardseek \(version 99 .* knows {LATEST}\)"):
        opened()


def test_a_transaction_is_whole_or_not_at_all(opened: Opened) -> None:
    with opened() as database:
        with pytest.raises(StorageError, match=r"(?i)unique"), database.transaction() as connection:
            connection.execute("UPDATE participants SET language = 'zh'")
            connection.execute("INSERT INTO participants (code, language) VALUES ('P01', 'en')")
        assert {person.language for person in people(database)} == {"en"}
        with pytest.raises(StorageError, match=r"(?i)foreign key"):
            keep_draft(database, "nobody", "talk:1", {"text": ["x"]})


def test_links_are_made_for_those_who_take_part_alone(opened: Opened) -> None:
    with opened() as database:
        with pytest.raises(Refused, match="no participant of this study is called so"):
            make_link(database, "participant", "P77")
        with pytest.raises(Refused, match="P01: is a participant's code"):
            make_link(database, "researcher", "P01")
        withdraw(database, "P01", delete=False)
        with pytest.raises(Refused, match="has withdrawn"):
            make_link(database, "participant", "P01")


def test_what_is_kept_is_what_was_typed(opened: Opened) -> None:
    with opened() as database:
        lived_in(database)
    with opened() as database:
        assert turns(database, 1)[0].text == "It’s “me”: 我; DROP TABLE talks; -- ?"
        assert {one.item: one.value for one in all_answers(database)} == {
            "understood": 3.0,
            "why": None,
            "more": "a\nb",
        }
        assert draft(database, "P02", "talk:1") == {"text": ["Half a sen"]}


def test_a_backup_has_everything_and_overwrites_nothing(opened: Opened, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    with opened() as database:
        lived_in(database)
        before = held(database)
        database.backup(copy)
        with pytest.raises(Refused, match="is there already"):
            database.backup(copy)
        with pytest.raises(Refused, match="cannot be written"):
            database.backup(tmp_path / "study.yaml" / "copy.sqlite")
        assert copy.stat().st_mode & 0o077 == 0
        withdraw(database, "P01", delete=True)
        saved = database.restore(copy)
        assert held(database) == before
        # Numbers go on after those that were restored.
        make_link(database, "researcher", "S")
        assert [link.number for link in links(database)] == [1, 2, 3]
        database.restore(saved)
        assert people(database)[0].deleted and all_answers(database) == []


def test_what_is_no_backup_of_this_study_changes_nothing(opened: Opened, tmp_path: Path) -> None:
    (tmp_path / "text").write_bytes(b"no database, but long enough to be taken for one" * 10)
    sqlite3.connect(tmp_path / "empty.sqlite").execute("CREATE TABLE x (y)").connection.close()
    with opened(name="other") as other:
        other.backup(tmp_path / "other.sqlite")
    if (tmp_path / "kept" / FILE).exists():
        (tmp_path / "kept" / FILE).unlink()
    with opened() as database:
        lived_in(database)
        before = held(database)
        for name, why in {
            "gone": "there is no such file",
            "text": "is no backup of a study, nor any SQLite file",
            "empty.sqlite": "is no backup of a study",
            "other.sqlite": "is a backup of another study. What differs: study",
        }.items():
            with pytest.raises(Refused, match=why):
                database.restore(tmp_path / name)
        assert held(database) == before


def test_a_study_moves_from_a_file_to_a_server_and_back(tmp_path: Path, server: Postgres) -> None:
    design = Design.read(study_file(tmp_path))
    with Database(tmp_path / "file", design) as here:
        lived_in(here)
        before = held(here)
        here.backup(tmp_path / "one.sqlite")
    with Database(tmp_path / "none", design, url=server.new()) as there:
        there.restore(tmp_path / "one.sqlite")
        assert held(there) == before
        there.backup(tmp_path / "two.sqlite")
    with Database(tmp_path / "again", design) as back:
        back.restore(tmp_path / "two.sqlite")
        assert held(back) == before


def made_by_the_first_version(path: Path, design: Design) -> None:
    """Write a study as the first version of the schema had it, with somebody who has begun."""
    path.parent.mkdir()
    with sqlite3.connect(path) as file:
        file.executescript(packaged("hardseek.study.storage", "schema", "1.sql"))
        file.execute("INSERT INTO participants (code, language, consent) VALUES ('P01', 'en', 'digest')")
        file.execute("PRAGMA user_version = 1")
    file.close()


def test_an_older_study_is_migrated_and_copied_before(tmp_path: Path) -> None:
    design = Design.read(study_file(tmp_path))
    made_by_the_first_version(tmp_path / "kept" / FILE, design)
    with Database(tmp_path / "kept", design) as database:
        assert database.connection.version == LATEST
        assert [person.code for person in people(database)] == ["P01", "P02"]
        assert people(database)[0].consent == "digest"
    (copy,) = (tmp_path / "kept").glob("study-version-1-*.sqlite")
    with sqlite3.connect(copy) as file:
        assert file.execute("PRAGMA user_version").fetchone() == (1,)
        assert file.execute("SELECT code, consent FROM participants").fetchall() == [("P01", "digest")]
    file.close()
    with Database(tmp_path / "kept", design):
        assert len(list((tmp_path / "kept").glob("study-version-*"))) == 1


def test_a_backup_of_an_older_study_is_restored(tmp_path: Path, url: str | None) -> None:
    design = Design.read(study_file(tmp_path))
    old = tmp_path / "old" / FILE
    made_by_the_first_version(old, design)
    with sqlite3.connect(old) as file:
        file.execute("INSERT INTO about VALUES ('parts', ?)", (json.dumps(design.parts),))
    file.close()
    bytes_before = old.read_bytes()
    with Database(tmp_path / "kept", design, url=url) as database:
        database.restore(old)
        assert people(database)[0].consent == "digest" and len(talks_of(database, "P02")) == 2
    assert old.read_bytes() == bytes_before


def test_what_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / FILE).write_bytes(b"no database, but long enough to be taken for one" * 10)
    with pytest.raises(Refused, match="cannot be opened as a study"):
        Database(tmp_path / "kept", Design.read(study_file(tmp_path)))


def test_only_the_study_team_can_read_the_file(tmp_path: Path) -> None:
    with Database(tmp_path / "kept", Design.read(study_file(tmp_path))):
        assert (tmp_path / "kept" / FILE).stat().st_mode & 0o077 == 0
