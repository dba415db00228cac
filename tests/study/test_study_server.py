"""A study on a PostgreSQL server: its address, its password, and a server that goes away."""

import threading
from pathlib import Path

import pytest

from hardseek.errors import Refused
from hardseek.study import Design
from hardseek.study.database import Database
from hardseek.study.people import agree, people
from hardseek.study.storage import URL_ENV, StorageError
from hardseek.study.storage.addresses import address
from hardseek.study.talks import begin, say, turns
from study.browsing import serving, study_file
from study.postgres import Postgres


def opened(folder: Path, url: str, **changes: object) -> Database:
    return Database(folder / "kept", Design.read(study_file(folder, **changes)), url=url)


def test_several_studies_share_a_database(tmp_path: Path, server: Postgres) -> None:
    url = server.new()
    with opened(tmp_path, url) as one, opened(tmp_path, url, name="other", participants=5) as other:
        agree(one, "P01", "x")
        assert len(people(one)) == 2 and len(people(other)) == 5
        assert not any(person.consented for person in people(other))
    database = url.rpartition("/")[2]
    found = server.ask("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'hardseek%' ORDER BY 1", database)
    assert found == [["hardseek other"], ["hardseek small"]]


def test_a_server_that_was_away_is_found_again(tmp_path: Path, server: Postgres) -> None:
    with opened(tmp_path, server.new()) as database:
        agree(database, "P01", "x")
        server.stop()
        try:
            with pytest.raises(StorageError, match="the server has gone"):
                people(database)
        finally:
            server.start()
        assert people(database)[0].consent == "x"
        with pytest.raises(StorageError, match="the server has gone"), database.transaction() as connection:
            connection.execute("UPDATE participants SET language = 'zh'")
            server.stop()
            server.start()
            connection.execute("UPDATE participants SET consent = 'y'")
        assert {(person.language, person.consent) for person in people(database)} == {("en", "x"), ("en", None)}


def test_pages_come_again_after_the_server_was_away(tmp_path: Path, server: Postgres) -> None:
    with serving(study_file(tmp_path), server.new()) as served:
        person = served.visitor().agree()
        person.post("/talk/1/begin", {"distress_before": "5"})
        server.stop()
        try:
            assert person.get("/talk/1").status == 500
        finally:
            server.start()
        assert person.get("/talk/1").status == 200


def test_one_server_holds_a_study_until_it_ends(tmp_path: Path, server: Postgres) -> None:
    url = server.new()
    with opened(tmp_path, url, name="other") as other, opened(tmp_path, url) as late:
        with opened(tmp_path, url) as one:
            one.hold()
            one.hold()
            other.hold()  # another study
            with pytest.raises(Refused, match="another hardseek serves this study"):
                late.hold()
        late.hold()


def test_two_processes_say_a_turn_once(tmp_path: Path, server: Postgres) -> None:
    url = server.new()
    with opened(tmp_path, url) as one, opened(tmp_path, url) as other:
        begin(one, 1)
        kept: list[bool] = []
        writers = [
            threading.Thread(target=lambda base=base, n=n: kept.append(say(base, 1, 0, f"{n}")))
            for n, base in enumerate((one, other))
        ]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join(20)
        assert sorted(kept) == [False, True] and len(turns(one, 1)) == 1


def test_no_password_is_told_or_kept(
    tmp_path: Path, server: Postgres, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = server.new()
    wrong = server.url(url.rpartition("/")[2], "a-secret-word")
    with pytest.raises(Refused, match="password authentication failed") as told:
        opened(tmp_path, wrong)
    with pytest.raises(Refused, match="holds a password") as refused:
        opened(tmp_path, url, database=wrong)
    assert "a-secret-word" not in f"{told.value} {refused.value} {caplog.text}"
    # The address in the file, the password in the environment.
    bare = url.replace(":an%20unlikely%20password@", "@")
    monkeypatch.setenv("PGPASSWORD", "an unlikely password")
    with Database(tmp_path / "kept", Design.read(study_file(tmp_path, database=bare))) as database:
        assert "unlikely" not in database.connection.where and len(people(database)) == 2
    everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"unlikely" not in everything


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("mysql://a@b/c", "is no address of PostgreSQL"),
        ("study.sqlite", "is no address of PostgreSQL"),
        ("postgresql://a@b:port/c", "the port of the address"),
        ("postgresql://a@localhost/c?sslmode=maybe", "sslmode maybe is not known"),
        ("postgresql://a@localhost/c?pool=3", "pool is not known"),
        ("postgresql://a:secret@127.0.0.1:1/c", "cannot be opened as a study: .*refused"),
    ],
)
def test_addresses_that_cannot_be_used(tmp_path: Path, url: str, why: str) -> None:
    with pytest.raises(Refused, match=why) as told:
        opened(tmp_path, url)
    assert "secret" not in str(told.value)


def test_an_address_is_read() -> None:
    assert address("postgresql://me@host:5433/base?sslmode=require").port == 5433
    assert URL_ENV == "HARDSEEK_STUDY_DATABASE"
