"""`hardseek train data` on the command line."""

import json
import subprocess
from pathlib import Path

import pytest

from cli.commands import Here, hardseek
from hardseek.judging import Rating
from hardseek.training.dataset import load_dataset_folder
from training.stored import card, dialogue, seeker, stored, supporter, talk


def run_of(tmp_path: Path) -> Path:
    return stored(
        tmp_path / "run",
        [talk(str(n)) for n in range(10)],
        cards=[card(f"card-{n}") for n in range(10)],
        ratings={str(n): [Rating("people", "people: empathy", float(n % 3))] for n in range(10)},
    )


def test_a_dataset_is_made_and_its_table_told(here: Here, tmp_path: Path) -> None:
    run = run_of(tmp_path)
    done = here("train", "data", run, "--out", "data", "--bar", "relief>=0.5", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)[""]
    assert told["counts"]["train"]["supervised"] == 18
    assert told["dropped"] == {"turns: relief is not known, as no turn of the seeker's follows": 10}
    assert load_dataset_folder(tmp_path / "data").about.signature == told["signature"]
    shown = here("train", "data", run, "--out", "again", "--bar", "relief>=0.5")
    assert "Learnt turns" in shown.stdout
    assert told["signature"] in shown.stderr


def test_a_scorers_dataset_is_read_by_judge_train_as_it_is(here: Here, tmp_path: Path) -> None:
    dialogues = [talk(f"{n}", 2 + n % 4, system=f"s{n % 4}") for n in range(40)]
    ratings = {str(n): [Rating("people", "people: empathy", float(n % 4))] for n in range(40)}
    run = stored(tmp_path / "run", dialogues, ratings=ratings)
    done = here("train", "data", run, "--out", "data", "--kind", "scorer", "--valid", "0")
    assert done.returncode == 0, done.stderr
    trained = here(
        "judge", "train", "data/train.jsonl", "--items", "data/dialogues.jsonl", "--out", "s.json", "--draws", "100"
    )
    assert trained.returncode == 0, trained.stderr
    assert "40 dialogues, 40 ratings by 1 people" in " ".join(trained.stderr.split())


def test_seekers_are_mixed_with_general_data_at_the_ratio(here: Here, tmp_path: Path) -> None:
    line = {"messages": [{"role": "user", "content": "Who goes there?"}, {"role": "assistant", "content": "A knight."}]}
    (tmp_path / "g.jsonl").write_text(f"{json.dumps(line)}\n" * 30, encoding="utf-8")
    done = here(
        "train", "data", run_of(tmp_path), "--out", "data", "--kind", "seeker-sft", "--general", "g.jsonl",
        "--general-ratio", "1.5", "--json",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    counts = json.loads(done.stdout)[""]["counts"].values()
    assert sum(each["by_condition"].get("average", 0) for each in counts) == 30  # three turns in each of ten
    assert sum(each["by_condition"].get("general", 0) for each in counts) == 15


def test_a_run_that_is_given_twice_counts_once(here: Here, tmp_path: Path) -> None:
    run = run_of(tmp_path)
    done = here("train", "data", run, run, "--out", "data", "--json")
    told = json.loads(done.stdout)[""]
    assert sum(counts["rows"] for counts in told["counts"].values()) == 10
    assert told["dropped"] == {"dialogues: the same one is in an earlier run, or was given twice": 10}


def test_general_data_is_held_against_the_evaluation_too(here: Here, tmp_path: Path) -> None:
    story = "after the fire we slept in the car for three weeks and nobody asked"
    lines = [
        {"messages": [{"role": "user", "content": "Well?"}, {"role": "assistant", "content": text}]}
        for text in (f"You know, {story}.", "A knight.")
    ]
    (tmp_path / "g.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    (tmp_path / "c.jsonl").write_text(card("eval", f"Says: {story}.").model_dump_json(), encoding="utf-8")
    done = here(
        "train", "data", run_of(tmp_path), "--out", "data", "--kind", "seeker-sft", "--general", "g.jsonl",
        "--general-ratio", "0.1", "--against", "c.jsonl", "--json",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)[""]["dropped"] == {
        "general dialogues: a run of 13 words stands in the evaluation's texts too": 1
    }


def test_experts_edits_are_preferred_to_what_was_said(here: Here, tmp_path: Path) -> None:
    edits = [{"dialogue": str(n), "turn": 3, "text": f"better {n}"} for n in range(5)]
    edits += [{"dialogue": "0", "turn": 2, "text": "x"}, {"dialogue": "none", "turn": 1, "text": "x"}]
    (tmp_path / "e.jsonl").write_text("\n".join(map(json.dumps, edits)), encoding="utf-8")
    done = here(
        "train", "data", run_of(tmp_path), "--out", "data", "--kind", "supporter-preference", "--edits", "e.jsonl",
        "--valid", "0",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    rows = [json.loads(row) for row in (tmp_path / "data" / "train.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(row["chosen"][0]["content"], row["rejected"][0]["content"]) for row in rows] == [
        (f"better {n}", f"{n} hears 1") for n in range(5)
    ]
    assert load_dataset_folder(tmp_path / "data").about.dropped == {
        "edits: the dialogue is in none of the runs, or was left out": 1,
        "edits: the turn is none of the supporter's": 1,
    }


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--bar", "relief>=9"], "nothing is left to learn: turns: not relief>=9 (20)"),
        (["--bar", "empathy>3"], "it should be NAME>=NUMBER"),
        (["--bar", "peple: empathy>=1"], "did you mean people: empathy?"),
        (["--condition", "worst"], "--condition worst: no dialogue of it; there are: average"),
        (["--system", "two"], "--system two: no dialogue of it; there are: one"),
        (["--arm", "worst"], "nothing is left of the condition worst; there is: average"),
        (["--arm", "average", "--arm", "average"], "two arms have the same name"),
        (["--kind", "supporter-preference"], "keeps no candidates"),
        (["--kind", "supporter-preference", "--edits", "none.jsonl"], "none.jsonl: cannot be read"),
        (["--edits", "e.jsonl"], "--edits is for supporter-preference data, and this is supporter-sft"),
        (["--even-length"], "--even-length is for supporter-preference data"),
        (["--kind", "scorer", "--judge", "esc"], "rated none of the dialogues; there are: people"),
        (["--kind", "seeker-sft", "--bar", "relief>=0"], "for seekers name a dialogue's rating"),
        (["--kind", "scorer", "--bar", "relief>=0"], "and this is scorer"),
        (["--valid", "0.6", "--test", "0.4"], "leave nothing to train on"),
        (["--against", "none"], "--against none: there is no such file or folder"),
        (["--against", "run"], "no dialogue is left: dialogues: the card is an evaluation card (10)"),
        (["--system-prompt", "none.txt"], "none.txt: there is no such file"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    here: Here, tmp_path: Path, words: list[str], why: str
) -> None:
    run_of(tmp_path)
    done = here("train", "data", "run", "--out", "data", *words)
    assert done.returncode == 2
    assert why in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["run"]


def test_dialogues_of_people_have_no_response_and_that_is_said(here: Here, tmp_path: Path) -> None:
    stored(tmp_path / "run", [dialogue(str(n), [seeker("a"), supporter("b"), seeker("c")]) for n in range(5)])
    done = here("train", "data", "run", "--out", "data", "--bar", "response>=0")
    assert done.returncode == 2
    assert "the seeker's response cannot be used" in " ".join(done.stderr.split())


def test_no_run_and_an_empty_one(here: Here, tmp_path: Path) -> None:
    done = here("train", "data", "nowhere", "--out", "data")
    assert (done.returncode, "holds no run" in done.stderr) == (2, True)
    stored(tmp_path / "run", [])
    done = here("train", "data", "run", "--out", "data")
    assert (done.returncode, "no finished dialogues" in done.stderr) == (2, True)


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], check=False, capture_output=True
    )
    if mounted.returncode != 0:
        pytest.skip("mounting a small disk takes rights that are not here")
    try:
        stored(tmp_path / "run", [talk(str(n), 20) for n in range(100)])
        done = hardseek("train", "data", "run", "--out", disk / "data", cwd=tmp_path)
        assert done.returncode == 3, done.stderr
        assert "make room and run the same command again" in " ".join(done.stderr.split())
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)
