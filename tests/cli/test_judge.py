"""`hardseek judge`: other judges over a finished run, over a real connection; no dialogue is held again."""

import json
import re
import signal
import sqlite3
from pathlib import Path

import pytest

from cli.commands import exported, hardseek, started, until
from servers import Answer, Asked, Server, completion, error

JUDGES = """
judges:
  - {{kind: model, base_url: "{url}", model: gpt-judge, rubric: safety, calls: all, backoff: 0.001, retries: 1}}
  - kind: jury
    rubric: warmth.yaml
    members:
      - {{base_url: "{url}", model: one, backoff: 0.001, retries: 1}}
      - {{base_url: "{url}", model: two, backoff: 0.001, retries: 1, price: {{input: 1, output: 1}}}}
"""
WARMTH = """
id: warmth
version: 1
title: Warmth
source: a test
low: 0
high: 2
dimensions:
  - {name: warm, title: Warm, definition: Is it warm?, levels: {0: cold, 1: lukewarm, 2: warm}}
"""
SAFETY = ("risk_noticed", "risk_asked", "risk_supported", "risk_referred", "harmful_content", "boundaries")
DIALOGUES = 2 * 2 * 2


def script(asked: Asked) -> Answer:
    """Rate: safe where it applies, and warm or lukewarm by the member."""
    said: dict[str, object] = {"quotes": ["nobody said this"], "reason": "so it seems"}
    if asked.body["model"] == "gpt-judge":
        rated = {name: {**said, "score": None if name.startswith("risk") else 2} for name in SAFETY}
        return completion(json.dumps(rated))
    return completion(json.dumps({"warm": {**said, "score": 1 if asked.body["model"] == "one" else 2}}))


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """Hold eight dialogues of built-in systems."""
    (tmp_path / "warmth.yaml").write_text(WARMTH, encoding="utf-8")
    done = hardseek(
        "run", "--out", tmp_path / "run", "--cards", "1", "--system", "balanced-helper", "--system", "cheerleader",
        "--condition", "average", "--condition", "worst", "--replicates", "1", cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return tmp_path / "run"


def _judges(folder: Path, server: Server) -> Path:
    path = folder / "judges.yaml"
    path.write_text(JUDGES.format(url=server.base_url), encoding="utf-8")
    return path


def _scores(run: Path, dimension: str) -> list[tuple[float | None, str | None]]:
    with sqlite3.connect(run / "run.sqlite") as database:
        return database.execute("SELECT score, unscored FROM measures WHERE dimension = ?", (dimension,)).fetchall()


def test_a_finished_run_is_rated_and_its_dialogues_stay_as_they_are(run: Path, tmp_path: Path) -> None:
    before = exported(run, tmp_path)
    with Server(script) as server:
        done = hardseek("judge", run, _judges(tmp_path, server), cwd=tmp_path)
        calls = server.count

    assert done.returncode == 0, done.stderr
    assert calls == DIALOGUES * 3
    assert _scores(run, "safety/boundaries") == [(2.0, None)] * DIALOGUES
    assert _scores(run, "safety/risk_asked") == [(None, "does not apply")] * DIALOGUES
    assert _scores(run, "jury/warm") == [(1.5, None)] * DIALOGUES
    assert exported(run, tmp_path) == before
    page = (run / "report.html").read_text(encoding="utf-8")
    assert "jury/warm" in page or "Warm" in page
    assert re.search(r"judges:indicators@\w+\+safety@\w+\+\w+\+jury@\w+\+\w+", page)

    shown = hardseek("show", run, "0", "--ratings", cwd=tmp_path)
    assert "so it seems" in shown.stdout
    assert "1 of these quotes were not said" in shown.stdout
    assert "one: 1" in shown.stdout


def test_rating_again_asks_nothing_until_a_rubric_changes(run: Path, tmp_path: Path) -> None:
    with Server(script) as server:
        judges = _judges(tmp_path, server)
        hardseek("judge", run, judges, cwd=tmp_path)
        first = server.count
        hardseek("judge", run, judges, cwd=tmp_path)
        second = server.count
        (tmp_path / "warmth.yaml").write_text(WARMTH.replace("lukewarm", "tepid"), encoding="utf-8")
        hardseek("judge", run, judges, cwd=tmp_path)
        third = server.count
        hardseek("judge", run, judges, "--again", cwd=tmp_path)
        fourth = server.count

    assert (second - first, third - second, fourth - third) == (0, DIALOGUES * 2, DIALOGUES * 3)


def test_what_could_not_be_asked_is_asked_the_next_time(run: Path, tmp_path: Path) -> None:
    def failing(asked: Asked) -> Answer:
        return script(asked) if asked.number < 5 else error(500, "down")

    with Server(failing) as server:
        judges = _judges(tmp_path, server)
        stopped = hardseek("judge", run, judges, "--concurrency", "1", cwd=tmp_path)
        rated = len(_scores(run, "safety/boundaries")) + len(_scores(run, "jury/warm"))
        server.script = script
        done = hardseek("judge", run, judges, cwd=tmp_path)

    assert stopped.returncode == 1
    assert "could not be rated" in stopped.stderr
    assert "server-error" in stopped.stderr
    assert rated == 5
    assert done.returncode == 0
    assert _scores(run, "jury/warm") == [(1.5, None)] * DIALOGUES


def test_ctrl_c_keeps_what_was_rated(run: Path, tmp_path: Path) -> None:
    def slow(asked: Asked) -> Answer:
        answer = script(asked)
        return Answer(answer.body, latency=0.2)

    with Server(slow) as server:
        judges = _judges(tmp_path, server)
        process = started("judge", run, judges, "--concurrency", "1", cwd=tmp_path)
        until(lambda: server.count >= 3, process)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
        rated = len(_scores(run, "safety/boundaries"))
        server.script = script
        done = hardseek("judge", run, judges, cwd=tmp_path)

    assert process.returncode == 130
    assert "Run the same command to go on" in errors
    assert 1 <= rated < DIALOGUES
    assert done.returncode == 0
    assert _scores(run, "safety/boundaries") == [(2.0, None)] * DIALOGUES


def test_the_second_ctrl_c_waits_for_no_judge(run: Path, tmp_path: Path) -> None:
    with Server(lambda asked: script(asked).later(60)) as server:
        judges = _judges(tmp_path, server)
        process = started("judge", run, judges, "--concurrency", "1", cwd=tmp_path)
        until(lambda: server.count >= 1, process)
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        said = ""
        while "Ctrl-C again to stop at once" not in said and (line := process.stderr.readline()):
            said += " ".join(line.split()) + " "
        process.send_signal(signal.SIGINT)
        _, rest = process.communicate(timeout=30)

    assert process.returncode == 130, said + rest
    assert "Run the same command to go on" in rest and "Traceback" not in rest


def test_a_dry_run_says_what_would_be_asked(run: Path, tmp_path: Path) -> None:
    with Server(script) as server:
        done = hardseek("judge", run, _judges(tmp_path, server), "--dry-run", cwd=tmp_path)
        assert server.count == 0

    assert done.returncode == 0, done.stderr
    rows = [line.split() for line in done.stdout.splitlines() if line.strip().startswith("judge ")]
    assert [(row[1], row[2]) for row in rows] == [("safety", "8"), ("one", "8"), ("two", "8")]


def test_systems_are_compared_in_pairs_and_ranked(run: Path, tmp_path: Path) -> None:
    def prefers_the_longer(asked: Asked) -> Answer:
        talks = re.split("<talk |<对话 ", asked.messages[-1]["content"])
        better = "1" if len(talks[1]) >= len(talks[2]) else "2"
        return completion(json.dumps({"warm": {"reason": "it says more", "better": better}}))

    with Server(prefers_the_longer) as server:
        path = tmp_path / "pairs.yaml"
        path.write_text(
            f'judges: [{{kind: pairwise, base_url: "{server.base_url}", model: m, rubric: warmth.yaml}}]', "utf-8"
        )
        done = hardseek("judge", run, path, cwd=tmp_path)
        first = server.count
        again = hardseek("judge", run, path, cwd=tmp_path)

    assert done.returncode == again.returncode == 0, done.stderr
    assert (first, server.count) == (DIALOGUES, DIALOGUES)  # four pairs, in both orders; nothing the second time
    assert "warmth-pairs/warm (en, average): 1 pairs; in 0 the two orders gave different answers" in done.stdout
    assert re.search(r"balanced-helper +\+", done.stdout)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("judges: [indicator]", "did you mean indicators"),
        ("judges: [{kind: model, model: m}]", "base_url"),
        ("judges: [{kind: model, base_url: 'http://localhost:1/v1', model: m, rubric: wurst-case}]", "worst-case"),
        ("systems: []", "judges"),
        ("judges: [indicators, indicators]", "judges that sign alike: indicators"),
    ],
)
def test_mistakes_are_told_before_anything_is_asked(run: Path, tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "wrong.yaml").write_text(text, encoding="utf-8")

    done = hardseek("judge", run, tmp_path / "wrong.yaml", cwd=tmp_path)

    assert done.returncode == 2
    assert said in done.stderr
