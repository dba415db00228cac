"""`hardseek study` as its users run it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

from cli.commands import Here, command, everything_in, surroundings
from hardseek.study.storage import URL_ENV
from study.browsing import Person, study_file

_TRIES: Final = 200


def served(folder: Path, port: int) -> subprocess.Popen[str]:
    """Serve the study of a folder and wait until it answers."""
    process = subprocess.Popen(
        command("study", "serve", "study.yaml", "--port", str(port)), cwd=folder, env=surroundings(None),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    for _ in range(_TRIES):
        try:
            with urlopen(f"http://127.0.0.1:{port}/help", timeout=5):
                return process
        except URLError:
            assert process.poll() is None, process.communicate()
            time.sleep(0.1)
    raise AssertionError("the study is not served")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def refused(here: Here, *words: str) -> str:
    """Run a command that is refused and return what it says."""
    done = here("study", *words)
    assert done.returncode == 2, done
    return " ".join(done.stderr.split())


def links(here: Here, *words: str) -> dict[str, str]:
    """Make links and return their tokens by code."""
    done = here("study", "links", "study.yaml", *words, "--url", "https://study.example/")
    assert done.returncode == 0, done.stderr
    found = dict(line.split("\t") for line in done.stdout.splitlines())
    assert all(url.startswith("https://study.example/in/") for url in found.values())
    return {code: url.rpartition("/")[2] for code, url in found.items()}


def test_a_killed_server_loses_nothing_that_was_sent_or_typed(tmp_path: Path, here: Here) -> None:
    study_file(tmp_path)
    port = free_port()
    process = served(tmp_path, port)
    try:
        tokens = links(here, "--all")
        assert sorted(tokens) == ["P01", "P02"]
        one, other = (Person(f"http://127.0.0.1:{port}").sign_in(tokens[code]).agree() for code in ("P01", "P02"))
        for person in (one, other):
            person.post("/talk/1/begin", {"distress_before": "9"})
        other.post("/draft", {"place": "talk:1", "text": "Half a sen"})
        one.post("/talk/1/say", {"turn": "0", "text": "A whole sentence."})
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        process = served(tmp_path, port)
        assert "Half a sen</textarea>" in other.get("/talk/1").text
        one.get("/talk/1")
        one.until_answered(1, 2)
        assert one.get("/talk/1").text.count("A whole sentence.") == 1
        one.post("/talk/1/leave", {"how": "not"})
        assert one.rate(1).path.startswith("/form/system/")
        # One server at a time adds to a study.
        assert "another hardseek is at work" in refused(here, "serve", "study.yaml", "--port", "0")
    finally:
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)
    assert "Traceback" not in told and not any(token in told for token in tokens.values())

    assert here("study", "export", "study.yaml", "--out", "run").returncode == 0
    assert (tmp_path / "run" / "report.html").is_file()
    assert here("report", "run").returncode == 0
    assert here("validate", "judge", "run/ratings.csv").returncode == 0
    kept = everything_in(tmp_path / "studies" / "small") + everything_in(tmp_path / "run")
    assert not any(token.encode() in kept for token in tokens.values())


def test_init_and_plan(tmp_path: Path, here: Here) -> None:
    assert here("study", "init").returncode == 0
    assert "is there already" in refused(here, "init")
    done = here("study", "plan", "study.yaml")
    assert done.returncode == 0 and "## Who plays what" in done.stdout
    assert here("study", "plan", "study.yaml", "--out", "plan.md").returncode == 0
    told = refused(here, "serve", "study.yaml")
    assert "not ready for participants" in told and "988" in told and "say --trial" in told
    assert (tmp_path / "plan.md").read_text(encoding="utf-8") == done.stdout


def test_links_erase_and_backup(tmp_path: Path, here: Here) -> None:
    here("study", "init")
    for words in (
        ("export", "study.yaml", "--out", "run"),
        ("erase", "study.yaml", "P01"),
        ("backup", "study.yaml", "b"),
    ):
        assert "holds no study" in refused(here, *words)
    assert here("study", "links", "study.yaml").returncode == 0
    assert sorted(links(here, "--participant", "P01", "--researcher", "R1", "--days", "2")) == ["P01", "R1"]
    assert sorted(links(here, "--all")) == [f"P{number:02}" for number in range(2, 9)]
    assert here("study", "links", "study.yaml", "--revoke", "P01").returncode == 0
    listed = here("study", "links", "study.yaml").stdout
    assert re.search(r"P01 +participant .* revoked", listed) and re.search(r"R1 +researcher .* open", listed)

    assert "did you mean P01?" in refused(here, "erase", "study.yaml", "P1", "--yes")
    assert here("study", "erase", "study.yaml", "P01", "--yes").returncode == 0
    assert "has withdrawn" in refused(here, "links", "study.yaml", "--participant", "P01")
    assert here("study", "backup", "study.yaml", "copy.sqlite").returncode == 0
    assert "no talk of this study has ended" in refused(here, "export", "study.yaml", "--out", "run")
    assert here("study", "restore", "study.yaml", "copy.sqlite", keys="n\n").returncode == 1
    links(here, "--researcher", "R9")
    done = here("study", "restore", "study.yaml", "copy.sqlite", "--yes")
    assert done.returncode == 0, done.stderr
    assert "R9" not in here("study", "links", "study.yaml").stdout
    (before,) = (tmp_path / "studies" / "my-study").glob("before-restoring-*.sqlite")
    here("study", "restore", "study.yaml", str(before), "--yes")
    assert "R9" in here("study", "links", "study.yaml").stdout


def test_an_address_that_is_none_is_refused_wherever_it_stands(here: Here) -> None:
    here("study", "init")
    assert "is no address of PostgreSQL" in refused(here, "links", "study.yaml", "--database", "mysql://x")
    given = here("study", "links", "study.yaml", env={URL_ENV: "postgresql://me:secret@127.0.0.1:1/x"})
    assert given.returncode == 2 and "cannot be opened as a study" in given.stderr and "secret" not in given.stderr


def test_serving_without_https_to_others_is_warned_of(tmp_path: Path, here: Here) -> None:
    study_file(tmp_path, systems=[{"kind": "python", "name": "gone", "target": "no_such_module:reply"}])
    done = here("study", "serve", "study.yaml", "--host", "0.0.0.0")
    assert done.returncode == 2 and "Careful" in done.stderr and "no_such_module" in done.stderr


def test_a_port_that_is_taken_is_told(tmp_path: Path, here: Here) -> None:
    study_file(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = refused(here, "serve", "study.yaml", "--port", str(port))
    assert f"cannot listen on 127.0.0.1, port {port}" in told and "--port" in told and "Serving" not in told


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    study_file(tmp_path)
    code = (
        "import sys; sys.modules['fastapi'] = None; sys.argv = ['hardseek', 'study', 'serve', 'study.yaml'];"
        "from hardseek.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "pip install 'hardseek[study]'" in done.stderr
    assert "Traceback" not in done.stderr
