"""The database of a study: what may change in a study that has begun, and what may not."""

import sqlite3
from pathlib import Path

import pytest

from hardseek.errors import Refused
from hardseek.study import Design
from hardseek.study.access import make_link
from hardseek.study.database import FILE, Database
from hardseek.study.people import agree, people, withdraw
from hardseek.study.talks import all_talks, begin, say, talks_of, turns
from study.browsing import study_file


def opened(folder: Path, **changes: object) -> Database:
    return Database(folder / "kept", Design.read(study_file(folder, **changes)))


def test_participants_may_be_added_at_any_time(tmp_path: Path) -> None:
    with opened(tmp_path) as database:
        agree(database, "P01", "x")
        before = all_talks(database)
    with opened(tmp_path, participants=4) as database:
        assert [person.code for person in people(database)] == ["P01", "P02", "P03", "P04"]
        assert all_talks(database)[: len(before)] == before
        assert len(talks_of(database, "P04")) == 2


def test_a_study_that_nobody_has_begun_may_be_changed(tmp_path: Path) -> None:
    with opened(tmp_path):
        pass
    with opened(tmp_path, systems=["cheerleader"]) as database:
        assert {talk.system for talk in all_talks(database)} == {"cheerleader"}


def test_a_study_that_has_begun_may_not_be_changed(tmp_path: Path) -> None:
    with opened(tmp_path) as database:
        agree(database, "P01", "x")
    with pytest.raises(Refused, match=r"1 participants have begun another study there. What differs: systems"):
        opened(tmp_path, systems=["cheerleader"])
    with opened(tmp_path, contact="somebody else") as database:  # what no result depends on
        assert len(all_talks(database)) == 4


def test_another_schema_is_refused(tmp_path: Path) -> None:
    with opened(tmp_path) as database:
        database.connection.execute("PRAGMA user_version = 99")
    with pytest.raises(Refused, match="made by another version of hardseek"):
        opened(tmp_path)


def test_what_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / FILE).write_bytes(b"no database, but long enough to be taken for one" * 10)
    with pytest.raises(Refused, match="cannot be opened as a study"):
        opened(tmp_path)


def test_a_transaction_is_whole_or_not_at_all(tmp_path: Path) -> None:
    with opened(tmp_path) as database:
        with pytest.raises(sqlite3.IntegrityError), database.transaction() as connection:
            connection.execute("UPDATE participants SET language = 'zh'")
            connection.execute("INSERT INTO participants (code, language) VALUES ('P01', 'en')")
        assert {person.language for person in people(database)} == {"en"}


def test_links_are_made_for_those_who_take_part_alone(tmp_path: Path) -> None:
    with opened(tmp_path) as database:
        with pytest.raises(Refused, match="no participant of this study is called so"):
            make_link(database, "participant", "P77")
        with pytest.raises(Refused, match="P01: is a participant's code"):
            make_link(database, "researcher", "P01")
        withdraw(database, "P01", delete=False)
        with pytest.raises(Refused, match="has withdrawn"):
            make_link(database, "participant", "P01")


def test_only_the_study_team_can_read_the_file(tmp_path: Path) -> None:
    with opened(tmp_path):
        assert (tmp_path / "kept" / FILE).stat().st_mode & 0o077 == 0


def test_a_backup_has_everything_and_overwrites_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as database:
        begin(database, 1)
        assert say(database, 1, 0, "Kept.")
        database.backup(tmp_path / "copy.sqlite")
        with pytest.raises(Refused, match="is there already"):
            database.backup(tmp_path / "copy.sqlite")
    home = tmp_path / "kept"
    (tmp_path / "copy.sqlite").replace(home / FILE)
    with opened(tmp_path) as database:
        assert [turn.text for turn in turns(database, 1)] == ["Kept."]
