"""`hardseek study` as its users run it."""

import json
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

import pytest
from commands import command, everything_in, hardseek, surroundings

sys.path.insert(0, str(Path(__file__).parents[1] / "study"))
from browsing import Person, study_file

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


def links(folder: Path, port: int, *words: str) -> dict[str, str]:
    done = hardseek("study", "links", "study.yaml", *words, "--url", f"http://127.0.0.1:{port}/", cwd=folder)
    assert done.returncode == 0, done.stderr
    found = dict(line.split("\t") for line in done.stdout.splitlines())
    assert all(url.startswith(f"http://127.0.0.1:{port}/in/") for url in found.values())
    return {code: url.rpartition("/")[2] for code, url in found.items()}


def test_a_killed_server_loses_nothing_that_was_sent_or_typed(tmp_path: Path) -> None:
    study_file(tmp_path)
    port = free_port()
    process = served(tmp_path, port)
    try:
        tokens = links(tmp_path, port, "--all")
        assert sorted(tokens) == ["P01", "P02"]
        person = Person(f"http://127.0.0.1:{port}").sign_in(tokens["P01"]).agree()
        person.post("/talk/1/begin", {"distress_before": "9"})
        person.post("/draft", {"place": "talk:1", "text": "Half a sen"})
        assert hardseek("study", "serve", "study.yaml", "--port", "0", cwd=tmp_path).returncode == 2  # one at a time
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        process = served(tmp_path, port)
        page = person.get("/talk/1")
        assert page.status == 200 and "Half a sen</textarea>" in page.text
        person.post("/talk/1/say", {"turn": "0", "text": "Half a sentence."})
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        process = served(tmp_path, port)
        person.get("/talk/1")
        person.until_answered(1, 2)
        assert person.get("/talk/1").text.count("Half a sentence.") == 1
        person.post("/talk/1/leave", {"how": "not"})
        assert person.rate(1).path.startswith("/form/system/")
    finally:
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)
    assert process.returncode in {0, 130} and "Traceback" not in told
    assert not any(token in told for token in tokens.values())

    done = hardseek("study", "export", "study.yaml", "--out", "run", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "1 dialogues in run" in done.stderr and (tmp_path / "run" / "report.html").is_file()
    assert hardseek("report", "run", cwd=tmp_path).returncode == 0
    done = hardseek("validate", "judge", "run/ratings.csv", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    kept = everything_in(tmp_path / "studies" / "small") + everything_in(tmp_path / "run")
    assert not any(token.encode() in kept for token in tokens.values())


def test_init_plan_links_erase_and_backup(tmp_path: Path) -> None:
    assert hardseek("study", "init", cwd=tmp_path).returncode == 0
    assert "is there already" in hardseek("study", "init", cwd=tmp_path).stderr
    done = hardseek("study", "plan", "study.yaml", cwd=tmp_path)
    assert done.returncode == 0 and "## Who plays what" in done.stdout
    assert hardseek("study", "plan", "study.yaml", "--out", "plan.md", cwd=tmp_path).returncode == 0
    assert (tmp_path / "plan.md").read_text(encoding="utf-8") == done.stdout

    for words in (
        ("export", "study.yaml", "--out", "run"),
        ("erase", "study.yaml", "P01"),
        ("backup", "study.yaml", "b"),
    ):
        refused = hardseek("study", *words, cwd=tmp_path)
        assert refused.returncode == 2 and "holds no study" in refused.stderr

    assert "No links yet" in hardseek("study", "links", "study.yaml", cwd=tmp_path).stderr
    assert len(links(tmp_path, 80, "--participant", "P01", "--researcher", "R1", "--days", "2")) == 2
    assert sorted(links(tmp_path, 80, "--all")) == [f"P{number:02}" for number in range(2, 9)]
    assert "P01: 1 links ended" in hardseek("study", "links", "study.yaml", "--revoke", "P01", cwd=tmp_path).stderr
    listed = hardseek("study", "links", "study.yaml", cwd=tmp_path).stdout
    assert re.search(r"P01 +participant .* revoked", listed) and re.search(r"R1 +researcher .* open", listed)

    assert "did you mean P01?" in hardseek("study", "erase", "study.yaml", "P1", "--yes", cwd=tmp_path).stderr
    assert hardseek("study", "erase", "study.yaml", "P01", "--yes", cwd=tmp_path).returncode == 0
    done = hardseek("study", "links", "study.yaml", "--participant", "P01", cwd=tmp_path)
    assert done.returncode == 2 and "has withdrawn" in done.stderr
    assert hardseek("study", "backup", "study.yaml", "copy.sqlite", cwd=tmp_path).returncode == 0
    nothing = hardseek("study", "export", "study.yaml", "--out", "run", cwd=tmp_path)
    assert nothing.returncode == 2 and "no talk of this study has ended" in nothing.stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "example.invalid"])
def test_serving_without_https_to_others_is_warned_of(tmp_path: Path, host: str) -> None:
    study_file(tmp_path, systems=[{"kind": "python", "name": "gone", "target": "no_such_module:reply"}])
    done = hardseek("study", "serve", "study.yaml", "--host", host, cwd=tmp_path)
    assert done.returncode == 2 and "Careful" in done.stderr and "no_such_module" in done.stderr


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    study_file(tmp_path)
    code = (
        "import sys; sys.modules['fastapi'] = None; sys.argv = ['hardseek', 'study', 'serve', 'study.yaml'];"
        "from hardseek.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "pip install 'hardseek[study]'" in done.stderr
    assert json.dumps("Traceback")[1:-1] not in done.stderr
