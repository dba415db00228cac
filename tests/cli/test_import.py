"""`hardseek import` on the reference corpora and on what it cannot read."""

import json
from collections import defaultdict
from pathlib import Path

import pytest

from cli.commands import hardseek, records
from hardseek.runs import Store

SHARED = Path(__file__).parents[3] / "shared" / "data"
corpus = pytest.mark.skipif(not SHARED.is_dir(), reason="the reference corpora are not here")


@pytest.mark.corpus
@corpus
def test_the_worst_case_release_comes_out_exactly(tmp_path: Path) -> None:
    done = hardseek("import", "worst-case", SHARED / "worst_case", "--out", "wc", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "950 dialogues imported" in done.stderr
    counted: dict[tuple[str, str], list[float]] = defaultdict(list)
    for path in [*SHARED.glob("worst_case/worst/*.jsonl"), *SHARED.glob("worst_case/average/*.jsonl")]:
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line:
                turns = json.loads(line)["dialogue"]
                key = (path.stem, path.parent.name)
                counted[key].append(sum(turn["speaker"] == "supporter" for turn in turns))
    with Store(tmp_path / "wc") as store:
        measured: dict[tuple[str, str], list[float]] = defaultdict(list)
        for row in store.measure_frame(["supporter_turns"]).iter_rows(named=True):
            measured[row["system"], row["condition"]].append(row["score"])
    assert {key: sorted(values) for key, values in measured.items()} == {
        key: sorted(values) for key, values in counted.items()
    }
    # Printed to two decimals: claude 15.18 on average, 6.84 at worst, 8.34 between.
    assert all(figure in done.stdout for figure in ("15.18", "6.84", "8.34"))


@pytest.mark.corpus
@corpus
@pytest.mark.parametrize(
    ("form", "path", "count"),
    [
        ("worst-case", "worst_case/train", 1399),
        ("esc-eval", "esc_eval/result", 12),
        ("esconv", "esconv/failed.jsonl", 98),
        ("vera-mh", "vera_mh", 35),
    ],
)
def test_other_releases(tmp_path: Path, form: str, path: str, count: int) -> None:
    done = hardseek("import", form, SHARED / path, "--out", "run", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert f"{count:,} dialogues imported" in done.stderr
    assert len(records(tmp_path / "run", tmp_path)) == count


@pytest.mark.corpus
@corpus
@pytest.mark.parametrize(
    ("path", "language"),
    [("esc_eval/card_high_en.jsonl", "en"), ("esc_eval/card_high_zh.jsonl", "zh"), ("worst_case/profiles.jsonl", "zh")],
)
def test_other_peoples_cards_are_played(tmp_path: Path, path: str, language: str) -> None:
    experiment = tmp_path / "cards.yaml"
    experiment.write_text(
        f"name: cards\nsystems: [balanced-helper]\nconditions: [average, worst]\nlanguages: [{language}]\n"
        f"cards: {{path: {SHARED / path}, limit: 5}}\njudges: []\n",
        encoding="utf-8",
    )
    done = hardseek("run", experiment, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found = records(tmp_path / "runs" / "cards", tmp_path)
    assert len(found) == 10
    assert all(dialogue["fault"] is None for dialogue in found)


def test_messages_round_trip_through_a_run(tmp_path: Path) -> None:
    lines = [
        {"system": system, "condition": condition, "card": f"c{card}", "messages": [
            {"role": "user", "content": f"i feel low {card}"}, {"role": "assistant", "content": "That sounds hard."},
        ] * turns}
        for card in range(3)
        for system in ("a", "b")
        for condition, turns in (("average", 3), ("worst", 1 + card))
    ]  # fmt: skip
    (tmp_path / "mine.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    done = hardseek("import", "messages", "mine.jsonl", "--out", "run", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found = records(tmp_path / "run", tmp_path)
    assert [dialogue["messages"] for dialogue in found] == [line["messages"] for line in lines]
    assert hardseek("report", "run", cwd=tmp_path).returncode == 0
    page = (tmp_path / "run" / "report.html").read_text(encoding="utf-8")
    assert "最难" in page, "conditions that are known by their names are called as ours are"
    assert "Planned" not in page, "nobody planned what was held elsewhere"


def test_a_bad_file_leaves_no_run(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text(
        '{"messages": [{"role": "user", "content": "hi"}], "system": "a", "condition": "b", "card": "c"}\n'
        '{"messages": 3}\n',
        encoding="utf-8",
    )
    refused = hardseek("import", "messages", "bad.jsonl", "--out", "run", cwd=tmp_path)
    assert refused.returncode == 2
    assert "bad.jsonl" in refused.stderr
    assert "2" in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["bad.jsonl"]


def test_an_unknown_format_names_the_nearest(tmp_path: Path) -> None:
    refused = hardseek("import", "worstcase", tmp_path, "--out", "run", cwd=tmp_path)
    assert refused.returncode == 2
    assert "did you mean worst-case?" in refused.stderr
