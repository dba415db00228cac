"""`hardseek generate`: replies tried offline and at a server, kept, gone on with, and made pairs of."""

import json
import random
import sqlite3
from pathlib import Path
from typing import Any

import pytest
import yaml

from cli.commands import Here, killed
from servers import Answer, Asked, Server, echo, error

OFFLINE = """
name: offline
systems: [balanced-helper, early-adviser, cheerleader]
conditions: [worst]
cards: {limit: 4}
exchanges: 5
candidates: {each: 2}
"""
SERVED = """
name: served
systems:
  - {{name: a, kind: chat, base_url: "{url}", model: a, price: {{input: 100000, output: 0}}}}
  - {{name: b, kind: chat, base_url: "{url}", model: b, price: {{input: 100000, output: 0}}}}
conditions: [worst]
cards: {{limit: 3}}
exchanges: 4
candidates: {{each: 2, filters: []}}
judges: []
concurrency: 4
"""
CANDIDATES = (
    "SELECT d.id, c.position, c.place, c.system, c.text, c.left_out, c.answer, c.trace, c.value, c.followed "
    "FROM candidates c JOIN dialogues d USING (number) ORDER BY 1, 2, 3"
)


def seeded(asked: Asked) -> Answer:
    """Depend on the messages, the model and the seed alone."""
    body = asked.body
    return echo(asked) if not body["seed"] % 2 else replies(f"{body['model']} {body['seed']}")


def replies(text: str) -> Answer:
    message = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    usage = {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}
    return Answer(json.dumps({"model": "served", "choices": [message], "usage": usage}).encode())


def candidates(run: Path) -> list[tuple[Any, ...]]:
    with sqlite3.connect(run / "run.sqlite") as connection:
        return connection.execute(CANDIDATES).fetchall()


def test_the_whole_way_without_a_model(here: Here, tmp_path: Path) -> None:
    (tmp_path / "g.yaml").write_text(OFFLINE, encoding="utf-8")
    dry = here("generate", "g.yaml", "--dry-run")
    assert "6 replies tried at each (240 in all)" in " ".join(dry.stdout.split())
    assert not (tmp_path / "runs").exists()
    done = here("generate", "g.yaml")
    assert done.returncode == 0, done.stderr
    rows = candidates(tmp_path / "runs" / "offline")
    assert {len([row for row in rows if row[:2] == key]) for key in {row[:2] for row in rows}} == {6}
    assert all(sum(row[-1] for row in rows if row[:2] == key) == 1 for key in {row[:2] for row in rows})
    assert f"{len(rows):,} replies were tried" in done.stderr
    made = here("train", "data", "runs/offline", "--out", "pairs", "--kind", "supporter-preference")
    assert made.returncode == 0, made.stderr
    pairs = [json.loads(line) for line in (tmp_path / "pairs" / "train.jsonl").read_text(encoding="utf-8").splitlines()]
    by_talk = {(row[0], row[1]): [each for each in rows if each[:2] == row[:2]] for row in rows}
    for pair in pairs:
        some = by_talk[pair["dialogue"], len(pair["prompt"])]
        value = {row[4]: row[8] for row in some if row[8] is not None}
        assert value[pair["chosen"][0]["content"]] == max(value.values())
        assert value[pair["rejected"][0]["content"]] == min(value.values())
    unjudged = here(
        "train", "data", "runs/offline", "--out", "j", "--kind", "supporter-preference", "--chosen-by", "judges"
    )  # fmt: skip
    assert (unjudged.returncode, "no judge rated the replies" in unjudged.stderr) == (2, True)
    again = here("generate", "g.yaml")
    assert again.returncode == 0
    assert candidates(tmp_path / "runs" / "offline") == rows


def test_the_response_of_hard_seekers_prefers_good_helpers(here: Here, tmp_path: Path) -> None:
    systems = "[balanced-helper, reflective-listener, early-adviser, cheerleader, template-repeater, interrogator]"
    text = f"name: six\nsystems: {systems}\nconditions: [worst]\ncards: {{limit: 4}}\ncandidates: {{each: 1}}"
    (tmp_path / "g.yaml").write_text(text, encoding="utf-8")
    assert here("generate", "g.yaml", "--out", "r").returncode == 0
    best, worst = [[max(some, key=lambda row: sign * row[8])[3] for some in states(tmp_path / "r")] for sign in (1, -1)]
    good = {"balanced-helper", "reflective-listener"}
    assert len(best) >= 30
    assert sum(system in good for system in best) >= 0.9 * len(best)
    assert sum(system in good for system in worst) <= 0.1 * len(worst)


def states(run: Path) -> list[list[tuple[Any, ...]]]:
    """The candidates with a value, turn by turn, where there are several."""
    found: dict[tuple[str, int], list[tuple[Any, ...]]] = {}
    for row in candidates(run):
        if row[8] is not None:
            found.setdefault(row[:2], []).append(row)
    return [some for some in found.values() if len(some) > 1]


def test_flags_change_what_the_file_says(here: Here, tmp_path: Path) -> None:
    (tmp_path / "g.yaml").write_text(OFFLINE, encoding="utf-8")
    done = here(
        "generate", "g.yaml", "--out", "r", "--each", "1", "--follow", "first", "--cards", "1", "--language", "zh",
        "--exchanges", "2", "--condition", "average", "--seed", "0",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    rows = candidates(tmp_path / "r")
    assert len({row[0] for row in rows}) == 1
    assert {row[3] for row in rows if row[-1]} == {"balanced-helper"}
    kept = yaml.safe_load((tmp_path / "r" / "experiment.yaml").read_text(encoding="utf-8"))
    assert (kept["seed"], [each["name"] for each in kept["conditions"]]) == (0, ["average"])
    other = here("generate", "g.yaml", "--out", "r")
    assert (other.returncode, "holds another run" in other.stderr) == (2, True)


def test_a_killed_generation_goes_on_to_the_same_end(here: Here, tmp_path: Path) -> None:
    moments = random.Random(1)
    with Server(lambda asked: seeded(asked).later(0.01)) as server:
        (tmp_path / "g.yaml").write_text(SERVED.format(url=server.base_url), encoding="utf-8")
        for _ in range(2):
            killed("generate", "g.yaml", cwd=tmp_path, server=server, after=moments.uniform(0, 0.3))
        last = here("generate", "g.yaml")
        assert last.returncode == 0, last.stderr
        assert here("generate", "g.yaml", "--out", "unbroken").returncode == 0
    for run in ("runs/served", "unbroken"):
        assert here("export", run, "--out", f"{Path(run).name}.jsonl", "--traces").returncode == 0
    assert candidates(tmp_path / "runs" / "served") == candidates(tmp_path / "unbroken")
    assert (tmp_path / "served.jsonl").read_bytes() == (tmp_path / "unbroken.jsonl").read_bytes()


def test_a_budget_stops_it_and_a_higher_one_goes_on(here: Here, tmp_path: Path) -> None:
    with Server(seeded) as server:
        (tmp_path / "g.yaml").write_text(SERVED.format(url=server.base_url), encoding="utf-8")
        # 7 tokens a call at 0.1 each: 0.7, four calls a turn, 2.8.
        first = here("generate", "g.yaml", "--budget", "20")
        assert first.returncode == 130
        assert "The budget is reached" in first.stderr
        calls = server.count
        assert 20 <= calls * 0.7 <= 20 + 4 * 2.8, "at most a turn of each dialogue in progress beyond it"
        second = here("generate", "g.yaml", "--budget", "20")
        assert second.returncode == 130
        assert server.count == calls, "what was spent before counts"
        last = here("generate", "g.yaml", "--budget", "1000")
        assert last.returncode == 0, last.stderr
        assert f"{server.count * 0.7:,.2f} spent in all" in " ".join(last.stderr.split())
        whole = here("generate", "g.yaml", "--out", "whole")
        assert whole.returncode == 0
    assert candidates(tmp_path / "runs" / "served") == candidates(tmp_path / "whole")


def test_a_server_that_is_down_fails_dialogues_and_is_asked_again(here: Here, tmp_path: Path) -> None:
    text = SERVED.replace("model: a,", "model: a, retries: 0,").replace("model: b,", "model: b, retries: 0,")
    with Server(lambda _: error(500)) as server:
        (tmp_path / "g.yaml").write_text(text.format(url=server.base_url), encoding="utf-8")
        failed = here("generate", "g.yaml")
        assert failed.returncode == 1
        assert "6 dialogues failed" in failed.stderr
        server.script = seeded
        assert here("generate", "g.yaml").returncode == 0


@pytest.mark.parametrize(
    ("text", "words", "why"),
    [
        ("systems: [balanced-helper]", [], "conditions: missing"),
        ("systems: [balanced-helper]\nconditions: [worst]\ncandidates: {each: 0}", [], "candidates.each"),
        ("systems: [balanced-helper]\nconditions: [worst]", ["--each", "65"], "candidates.each"),
        ("systems: [balanced-helper]\nconditions: [worst]", ["--budget", "1"], "nothing would ever be spent"),
        ("- 1", [], "g.yaml"),
    ],
)
def test_what_does_not_fit_is_refused(here: Here, tmp_path: Path, text: str, words: list[str], why: str) -> None:
    (tmp_path / "g.yaml").write_text(text, encoding="utf-8")
    done = here("generate", "g.yaml", *words)
    assert (done.returncode, why in " ".join(done.stderr.split())) == (2, True), done.stderr
    assert not (tmp_path / "runs").exists()
    assert here("generate", "none.yaml").returncode == 2
