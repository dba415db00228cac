"""`hardseek validate judge`: from a file of ratings, or from what a run's judges said."""

import json
from pathlib import Path

from cli.commands import Here, hardseek, records
from servers import Answer, Asked, Server, completion

WARMTH = """
id: warmth
version: 1
title: Warmth
source: a test
low: 1
high: 5
dimensions:
  - {name: warm, title: Warm, definition: Is it warm?, levels: {1: a, 2: b, 3: c, 4: d, 5: e}}
"""
CSV = "item,rater,dimension,score,cluster\n"


def _ratings(folder: Path, rows: list[tuple[str, str, str, float]]) -> Path:
    path = folder / "ratings.csv"
    path.write_text(CSV + "".join(f"{','.join(map(str, row))},\n" for row in rows), encoding="utf-8")
    return path


def test_a_judge_in_the_file_is_held_against_people(tmp_path: Path) -> None:
    rows: list[tuple[str, str, str, float]] = [
        (f"i{place}", rater, "empathy", 1 + (place + shift) % 5)
        for place in range(40)
        for rater, shift in (("ann", 0), ("bob", 0), ("gpt", int(place % 4 == 0)))
    ]
    path = _ratings(tmp_path, rows)

    done = hardseek("validate", "judge", path, "--judge", "gpt", "--draws", "200", "--json", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    exact = next(made for made in found["properties"] if made["name"] == "exact")
    assert (exact["value"], exact["people"], exact["holds"]) == (0.75, 1.0, False)
    assert "judges:gpt" in found["signature"]
    assert "0.75" in hardseek("validate", "judge", path, "--judge", "gpt", "--draws", "200", cwd=tmp_path).stdout


def test_what_a_runs_judge_said_is_held_against_people(tmp_path: Path) -> None:
    ran = hardseek("run", "--out", "run", "--cards", "2", "--condition", "average", "--replicates", "1", cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    dialogues = records(tmp_path / "run", tmp_path)
    path = _ratings(tmp_path, [(d["id"], "ann", "supporter_turns", len(d["messages"]) // 2) for d in dialogues])

    done = hardseek("validate", "judge", path, "--run", "run", "--draws", "200", "--json", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    found = {made["name"]: made for made in json.loads(done.stdout)["properties"]}
    assert found["spearman"]["judge"] == "indicators"
    assert found["spearman"]["value"] > 0.95


def test_mistakes_are_told(tmp_path: Path) -> None:
    path = _ratings(tmp_path, [("i", "ann", "empathy", 1)])

    unknown = hardseek("validate", "judge", path, "--judge", "anne", cwd=tmp_path)
    alone = hardseek("validate", "judge", path, "--judge", "ann", cwd=tmp_path)
    nowhere = hardseek("validate", "judge", tmp_path / "none.csv", "--out", "no/page.html", cwd=tmp_path)

    assert (unknown.returncode, alone.returncode, nowhere.returncode) == (2, 2, 2)
    assert "--out no/page.html: its folder is not there" in nowhere.stderr  # before anything is read
    assert "did you mean ann?" in unknown.stderr
    assert "at least one rater has to be a person" in alone.stderr


def test_a_judge_that_likes_length_is_found_out_over_a_real_connection(tmp_path: Path) -> None:
    def by_length(asked: Asked) -> Answer:
        score = 5 if "everything is connected" in asked.messages[-1]["content"] else 2
        return completion(json.dumps({"warm": {"quotes": [], "reason": "long", "score": score}}))

    (tmp_path / "warmth.yaml").write_text(WARMTH, encoding="utf-8")
    ran = hardseek("run", "--out", "run", "--cards", "2", "--condition", "average", "--language", "en",
                   "--system", "balanced-helper", "--replicates", "1", cwd=tmp_path)  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    with Server(by_length) as server:
        (tmp_path / "j.yaml").write_text(
            f'judges: [{{kind: model, base_url: "{server.base_url}", model: m, rubric: warmth.yaml}}]', encoding="utf-8"
        )
        done = hardseek("validate", "sensitivity", "run", "j.yaml", "--json", cwd=tmp_path)
        seeds = [asked.body["seed"] for asked in server.asked]
        texts = [asked.messages[-1]["content"] for asked in server.asked]

    assert done.returncode == 0, done.stderr
    found = {made["name"]: made for made in json.loads(done.stdout)["properties"]}
    assert {name: made["value"] for name, made in found.items()} == {"padding": 3, "apology": 0, "names": 0, "again": 0}
    assert len(set(seeds)) == 2 * 5
    assert sum("Person A is the seeker, Person B the supporter." in text for text in texts) == 2


def test_all_measures_of_a_run_are_correlated_with_people(tmp_path: Path) -> None:
    ran = hardseek("run", "--out", "run", "--cards", "2", "--condition", "average", "--replicates", "1", cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    (tmp_path / "metrics.yaml").write_text("judges: [metrics]\n", encoding="utf-8")
    assert hardseek("judge", "run", "metrics.yaml", cwd=tmp_path).returncode == 0
    dialogues = records(tmp_path / "run", tmp_path)
    path = _ratings(tmp_path, [(d["id"], "ann", "patience", len(d["messages"]) // 2) for d in dialogues])

    done = hardseek("validate", "measures", path, "--run", "run", "--draws", "200", "--json", cwd=tmp_path)
    shown = hardseek("validate", "measures", path, "--run", "run", "--draws", "200", cwd=tmp_path)
    unknown = hardseek("validate", "measures", path, "--run", "run", "--measure", "metrics/distinct", cwd=tmp_path)
    others = _ratings(tmp_path, [("of-another-run", "ann", "patience", 1)])
    strangers = [hardseek("validate", by, others, "--run", "run", cwd=tmp_path) for by in ("measures", "judge")]

    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)["correlations"]
    turns = next(
        made for made in found if made["measure"] == "indicators/supporter_turns" and made["kind"] == "kendall"
    )
    assert turns["value"] > 0.95
    assert any(made["measure"] == "metrics/distinct_2" for made in found)
    assert "patience (en)" in shown.stdout
    assert (unknown.returncode, "did you mean metrics/distinct_" in unknown.stderr) == (2, True)
    told = "run: none of the rated items is a dialogue of this run; items have to be its dialogues' ids"
    assert [(each.returncode, told in each.stderr) for each in strangers] == [(2, True)] * 2


def test_a_run_that_nobody_judged_is_told_apart_from_one_of_others(here: Here, tmp_path: Path) -> None:
    (tmp_path / "bare.yaml").write_text(
        "systems: [cheerleader]\nconditions: [average]\nlanguages: [en]\ncards: {limit: 1}\njudges: []\n"
        "exchanges: 2\n", encoding="utf-8",
    )  # fmt: skip
    assert here("run", "bare.yaml", "--out", "run").returncode == 0
    path = _ratings(tmp_path, [("i", "ann", "empathy", 1)])
    done = here("validate", "measures", path, "--run", "run")
    assert (done.returncode, "no judge has rated anything in this run; `hardseek judge run" in done.stderr) == (2, True)
