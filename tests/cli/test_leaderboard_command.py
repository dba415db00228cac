"""`hardseek leaderboard` and `hardseek view` as their users call them."""

import json
import os
import signal
import socket
import sqlite3
from contextlib import closing
from pathlib import Path
from shutil import copytree
from urllib.request import urlopen

import pytest

from cli.commands import Here, hardseek, started


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hold a run; one that is alike, of another system; and one of a third system, signed with another seed."""
    folder = tmp_path_factory.mktemp("leaderboard")
    words = ("--cards", "2", "--condition", "average", "--condition", "worst", "--replicates", "1", "--exchanges", "3")
    done = hardseek("run", "--out", "a", "--system", "cheerleader", "--seed", "1", *words, cwd=folder)
    assert done.returncode == 0, done.stderr
    for name, system, seed in (("b", "balanced-helper", "1"), ("c", "interrogator", "2")):
        copytree(folder / "a", folder / name)
        with closing(sqlite3.connect(folder / name / "run.sqlite")) as connection, connection:
            connection.execute("UPDATE dialogues SET system = ?", (system,))
            connection.execute("UPDATE about SET value = json_set(value, '$.seed', ?) WHERE key = 'signature'", (seed,))
    return folder


def test_alike_runs_share_a_table_and_others_say_what_differs(runs: Path) -> None:
    done = hardseek("leaderboard", "c", "a", "b", "--out", "board", "--title", "Ours", cwd=runs)
    assert done.returncode == 0, done.stderr
    assert "2 tables" in done.stderr
    first, second = json.loads((runs / "board" / "leaderboard.json").read_text(encoding="utf-8"))["boards"]
    assert {row["system"] for row in first["standings"]} == {"cheerleader", "balanced-helper"}
    assert [run["slug"] for run in first["runs"]] == ["a", "b"] and first["unlike_the_first"] == []
    assert [row["system"] for row in second["standings"]] == ["interrogator"]
    assert second["unlike_the_first"] == ["seed (2, not 1)"]
    for slug in "abc":
        assert (runs / "board" / "runs" / slug / "report.html").stat().st_size > 10_000


def test_what_cannot_be_ranked_is_told(runs: Path, here: Here, tmp_path: Path) -> None:
    done = here("leaderboard", runs / "a", "--dimension", "relif", "--out", "no")
    assert done.returncode == 2 and "did you mean relief?" in done.stderr and not (tmp_path / "no").exists()
    done = here("leaderboard", "nowhere", "--out", "no")
    assert done.returncode == 2 and "holds no run" in done.stderr
    done = here("leaderboard", runs / "a", "--out", runs / "a")
    assert done.returncode == 2 and "choose another --out" in done.stderr


def test_a_view_is_served_until_it_is_interrupted(runs: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = started("view", ".", "--port", str(port), cwd=runs)
    assert process.stderr is not None
    line = process.stderr.readline()
    try:
        assert f"http://127.0.0.1:{port}/" in line
        with urlopen(f"http://127.0.0.1:{port}/", timeout=20) as answer:
            assert "/run/a/" in answer.read().decode()
        taken = hardseek("view", ".", "--port", str(port), cwd=runs)
        assert taken.returncode == 2 and f"port {port} is in use" in taken.stderr
    finally:
        os.killpg(process.pid, signal.SIGINT)
        _, told = process.communicate(timeout=30)
    assert process.returncode == 0 and told == ""


def test_a_folder_that_is_not_there_is_told(here: Here) -> None:
    done = here("view", "nowhere")
    assert done.returncode == 2 and "no such folder" in done.stderr
