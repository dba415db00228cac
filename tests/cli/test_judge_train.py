"""`hardseek judge train`: from a file of ratings to a judge of a run."""

import json
import sqlite3
from pathlib import Path

import msgspec
import pytest

from cli.commands import hardseek, records
from scorer_data import csv, made_up


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Write dialogues and ratings."""
    items, rows = made_up()
    lines = [
        json.dumps({"id": item, "messages": msgspec.to_builtins(transcript.messages)})
        for item, transcript in items.items()
    ]
    (tmp_path / "talks.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "ratings.csv").write_text(csv(rows), encoding="utf-8")
    return tmp_path


def _train(folder: Path, *more: str | Path) -> tuple[int, str, str]:
    done = hardseek(
        "judge", "train", "ratings.csv", "--items", "talks.jsonl", "--out", "warm.json", "--draws", "100", *more,
        cwd=folder,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def test_a_trained_scorer_is_told_of_and_rates_dialogues(data: Path) -> None:
    code, told, beside = _train(data)

    assert code == 0, beside
    assert "systems that it was not trained on, 160 dialogues" in told
    assert "Spearman within a system" in told
    assert "trained on 160 dialogues, 320 ratings by 2 people" in beside

    brought = hardseek("import", "messages", "talks.jsonl", "--out", "run", cwd=data)
    assert brought.returncode == 0, brought.stderr
    (data / "judges.yaml").write_text("judges: [{kind: scorer, path: warm.json}]", encoding="utf-8")
    for words in (("judge", "run", "judges.yaml"), ("judge", "rate", "run", "judges.yaml", "--again")):
        done = hardseek(*words, cwd=data)
        assert done.returncode == 0, done.stderr
    with sqlite3.connect(data / "run" / "run.sqlite") as database:
        rated = database.execute("SELECT score, unscored FROM measures WHERE dimension = 'warm/warmth'").fetchall()
    assert len(rated) == 160
    assert sum(score is not None for score, _ in rated) >= 156
    assert all("unlike" in why for score, why in rated if score is None)


def test_json_has_every_figure_and_lower_turns_the_scale(data: Path) -> None:
    code, told, beside = _train(data, "--json", "--lower", "warmth", "--licence", "CC0")

    assert code == 0, beside
    found = json.loads(told)["agreement"]["warmth"]
    assert {(each["scheme"], each["by"]) for each in found} == {
        (scheme, by) for scheme in ("unseen-system", "unseen-item") for by in ("scorer", "length", "majority")
    }
    kept = json.loads((data / "warm.json").read_text(encoding="utf-8"))
    assert kept["learnt"][0]["dimension"]["better"] == "lower"
    assert kept["provenance"]["licence"] == "CC0"


def test_items_may_be_a_run(data: Path) -> None:
    ran = hardseek("run", "--out", "held", "--cards", "3", "--replicates", "1", "--condition", "average", cwd=data)
    assert ran.returncode == 0, ran.stderr
    rows = [
        (each["id"], "ann", "long", float(min(5, len(each["messages"]) // 4)), each["system"])
        for each in records(data / "held", data)
    ]
    (data / "ratings.csv").write_text(csv(rows), encoding="utf-8")

    done = hardseek(
        "judge", "train", "ratings.csv", "--items", "held", "--out", "long.json", "--draws", "100", cwd=data
    )

    assert done.returncode == 0, done.stderr
    assert json.loads((data / "long.json").read_text())["domain"]["languages"] == ["en", "zh"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--lower", "warmht"), "nobody rated that; rated are warmth"),
        (("--out", "warm.pkl"), "ends in .json"),
        (("--items", "none.jsonl"), "there is no such file"),
    ],
)
def test_mistakes_are_told(data: Path, words: tuple[str, ...], said: str) -> None:
    code, _, beside = _train(data, *words)

    assert code == 2
    assert said in beside


def test_help_names_both_commands(tmp_path: Path) -> None:
    shown = hardseek("judge", "--help", cwd=tmp_path)

    assert shown.returncode == 0
    assert "train" in shown.stdout
    assert "rate" in shown.stdout
    assert hardseek("judge", "--again", "run", "none.yaml", cwd=tmp_path).returncode == 2
