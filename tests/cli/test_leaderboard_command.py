"""`hardseek leaderboard` and `hardseek view` as their users call them."""

import json
import os
import signal
import socket
from pathlib import Path
from urllib.request import urlopen

import pytest
from commands import hardseek, started


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hold two alike runs of two systems, and one with another seed."""
    folder = tmp_path_factory.mktemp("leaderboard")
    words = ("--cards", "2", "--condition", "average", "--condition", "worst", "--replicates", "1", "--exchanges", "3")
    for name, system, seed in (("a", "cheerleader", 1), ("b", "balanced-helper", 1), ("c", "interrogator", 2)):
        done = hardseek("run", "--out", name, "--system", system, "--seed", str(seed), *words, cwd=folder)
        assert done.returncode == 0, done.stderr
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


def test_what_cannot_be_ranked_is_told(runs: Path) -> None:
    done = hardseek("leaderboard", "a", "--dimension", "relif", "--out", "no", cwd=runs)
    assert done.returncode == 2 and "did you mean relief?" in done.stderr and not (runs / "no").exists()
    done = hardseek("leaderboard", "nowhere", "--out", "no", cwd=runs)
    assert done.returncode == 2 and "holds no run" in done.stderr
    done = hardseek("leaderboard", "a", "--out", "a", cwd=runs)
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


def test_a_folder_that_is_not_there_is_told(runs: Path) -> None:
    done = hardseek("view", "nowhere", cwd=runs)
    assert done.returncode == 2 and "no such folder" in done.stderr
