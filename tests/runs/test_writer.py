"""The writer: order, batches, and what stands when nothing can be written any more."""

import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardseek.runs import Store, StoreFailed
from hardseek.runs import writer as writing
from hardseek.runs.writer import Writer, connect
from runs.run_cast import dialogue, turns

INSERT = "INSERT INTO rows (value) VALUES (?)"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with closing(connect(tmp_path / "some.sqlite")) as connection:
        connection.execute("CREATE TABLE rows (place INTEGER PRIMARY KEY, value)")
    return tmp_path / "some.sqlite"


def rows(path: Path) -> list[int]:
    with closing(sqlite3.connect(path)) as connection:
        return [value for (value,) in connection.execute("SELECT value FROM rows ORDER BY place")]


def test_what_is_flushed_is_there_for_everyone(path: Path) -> None:
    writer = Writer(path)
    writer.write(INSERT, (1,))
    writer.flush()
    assert rows(path) == [1]
    writer.close()


def test_what_waits_is_written_before_it_closes(path: Path) -> None:
    writer = Writer(path)
    for value in range(1000):
        writer.write(INSERT, (value,))
    writer.close()
    assert rows(path) == list(range(1000))


@settings(max_examples=10)
@given(statements=st.lists(st.sampled_from(("add", "double", "drop")), max_size=30), batch=st.integers(1, 5))
def test_writes_are_done_in_the_order_in_which_they_came(
    tmp_path_factory: pytest.TempPathFactory, statements: list[str], batch: int
) -> None:
    path = tmp_path_factory.mktemp("order") / "some.sqlite"
    with closing(connect(path)) as connection:
        connection.execute("CREATE TABLE rows (place INTEGER PRIMARY KEY, value)")
    sql = {"add": INSERT, "double": "UPDATE rows SET value = value * ?", "drop": "DELETE FROM rows WHERE value % ? = 0"}
    expected: list[int] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "_BATCH", batch)
        patch.setattr(writing, "_LINGER", 0)
        writer = Writer(path)
        for place, statement in enumerate(statements):
            value = {"add": place + 1, "double": 2, "drop": 3}[statement]
            writer.write(sql[statement], (value,))
            if statement == "add":
                expected.append(value)
            elif statement == "double":
                expected = [old * 2 for old in expected]
            else:
                expected = [old for old in expected if old % 3]
        writer.close()
    assert rows(path) == expected


def test_many_writes_share_a_commit(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commits: list[str] = []

    def watched(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        connection.set_trace_callback(lambda sql: commits.append(sql) if sql == "COMMIT" else None)
        return connection

    monkeypatch.setattr(writing, "connect", watched)
    writer = Writer(path)
    for value in range(2000):
        writer.write(INSERT, (value,))
    writer.close()
    assert len(rows(path)) == 2000
    assert 1 <= len(commits) <= 20, "a commit for each write would let dialogues wait for the disk"


def test_a_flush_waits_for_what_came_before_it_only(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held_up = threading.Event()

    def slow(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        connection.create_function("hold_up", 1, lambda value: held_up.wait(10) and value)
        return connection

    monkeypatch.setattr(writing, "connect", slow)
    monkeypatch.setattr(writing, "_BATCH", 1)
    monkeypatch.setattr(writing, "_LINGER", 0.1)
    writer = Writer(path)
    writer.write(INSERT, (1,))
    flushed = threading.Thread(target=writer.flush)
    flushed.start()
    time.sleep(0.02)
    writer.write("INSERT INTO rows (value) VALUES (hold_up(?))", (2,))
    flushed.join(5)
    assert not flushed.is_alive(), "it waits for what others brought later, and they never end"
    assert rows(path) == [1]
    held_up.set()
    writer.close()
    assert rows(path) == [1, 2]


@pytest.mark.parametrize("value", ["\ud800", 2**63, -(2**63) - 1])
def test_a_value_that_cannot_be_kept_is_refused_at_once_and_costs_no_other_write(path: Path, value: object) -> None:
    writer = Writer(path)
    with pytest.raises(ValueError, match=r"surrogate|64 bits"):
        writer.write(INSERT, (value,))
    writer.write(INSERT, (2**63 - 1,))
    writer.close()
    assert rows(path) == [2**63 - 1]


def test_a_write_that_fails_is_told_to_whoever_comes_next(path: Path) -> None:
    writer = Writer(path)
    writer.write(INSERT, (1,))
    writer.flush()
    writer.write("INSERT INTO nowhere VALUES (?)", (2,))
    with pytest.raises(StoreFailed, match=r"some\.sqlite: cannot be written: no such table: nowhere"):
        writer.flush()
    with pytest.raises(StoreFailed):
        writer.write(INSERT, (3,))
    with pytest.raises(StoreFailed):
        writer.close()
    assert rows(path) == [1]


def test_a_store_that_cannot_be_opened_is_told_too(tmp_path: Path) -> None:
    writer = Writer(tmp_path / "no such folder" / "some.sqlite")
    with pytest.raises(StoreFailed, match="unable to open"):
        writer.write(INSERT, (1,))
        writer.flush()


@contextmanager
def little_room(folder: Path) -> Iterator[Path]:
    """A disk of 256 kB, where the system lets us have one."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "none", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"a disk of little room takes the right to mount: {mounted.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def fill(store: Store) -> None:
    """Write dialogues, turn by turn and all at once, until there is no room."""
    for position in range(1000):
        for number in range(5):
            if not position:
                store.begin(number, dialogue(str(number)))
            store.keep(number, position, turns(position + 1)[-1])
        if not position % 50:
            store.writer.flush()
    store.writer.flush()


def test_on_a_full_disk_the_beginning_of_every_dialogue_stands(tmp_path: Path) -> None:
    with little_room(tmp_path / "disk") as folder:
        store = Store(folder, writable=True)
        with pytest.raises(StoreFailed, match=r"(full|disk I/O error).*make room.*run the same command to go on"):
            fill(store)
        with pytest.raises(StoreFailed):
            store.close()
        check_beginnings(folder)


def test_at_the_end_of_a_quota_the_beginning_of_every_dialogue_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def limited(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        connection.execute("PRAGMA max_page_count = 30")
        return connection

    monkeypatch.setattr(writing, "connect", limited)
    store = Store(tmp_path, writable=True)
    with pytest.raises(StoreFailed, match="database or disk is full"):
        fill(store)
    with pytest.raises(StoreFailed):
        store.close()
    check_beginnings(tmp_path)


def check_beginnings(folder: Path) -> None:
    with Store(folder) as store:
        kept = [store.turns(number) for number in range(5)]
    lengths = [len(stands) for stands in kept]
    assert 50 <= min(lengths) < 1000, "something was kept, not everything"
    assert max(lengths) - min(lengths) <= 1, "turns were handed in over all dialogues in turn"
    for stands in kept:
        assert tuple(stands) == turns(len(stands))
