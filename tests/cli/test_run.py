"""`hardseek run` as a user meets it."""

import json
from pathlib import Path

from cli.commands import exported, hardseek, records, started
from hardseek.seekers.axes import axes
from hardseek.supporters.builtin import BUILTIN_NAMES, describe

SMALL = """
name: small
systems: [balanced-helper, early-adviser]
conditions: [average, worst]
languages: [en, zh]
cards: {limit: 2}
exchanges: 4
seed: 7
"""


def small(folder: Path, text: str = SMALL) -> Path:
    path = folder / "small.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_run_leaves_its_folder_and_says_what_came_out(tmp_path: Path) -> None:
    done = hardseek("run", small(tmp_path), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    run = tmp_path / "runs" / "small"
    assert {"run.sqlite", "experiment.yaml", "cards.jsonl", "report.html"} <= {path.name for path in run.iterdir()}
    assert (run / "experiment.yaml").read_text() == SMALL
    for shown in ("balanced-helper", "early-adviser", "Worst", "seed:7"):
        assert shown in done.stdout.replace("\n", "")
    dialogues = records(run, tmp_path)
    assert len(dialogues) == 2 * 2 * 4
    assert {dialogue["language"] for dialogue in dialogues} == {"en", "zh"}
    for dialogue in dialogues:
        roles = [message["role"] for message in dialogue["messages"]]
        assert roles == ["user", "assistant"] * (len(roles) // 2)
        assert 1 <= len(roles) // 2 <= 4
        assert dialogue["ending"] in {"resolved", "withdrew", "limit"}


def test_the_same_command_again_has_nothing_to_do_and_says_the_same(tmp_path: Path) -> None:
    first = hardseek("run", small(tmp_path), cwd=tmp_path)
    before = exported(tmp_path / "runs" / "small", tmp_path)
    again = hardseek("run", small(tmp_path), cwd=tmp_path)
    assert (again.returncode, again.stdout) == (0, first.stdout)
    assert exported(tmp_path / "runs" / "small", tmp_path) == before


def test_concurrency_and_the_order_of_systems_in_time_change_nothing(tmp_path: Path) -> None:
    for name, concurrency in (("one", 1), ("many", 64)):
        done = hardseek("run", small(tmp_path), "--concurrency", str(concurrency), "--out", name, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    assert exported(tmp_path / "one", tmp_path) == exported(tmp_path / "many", tmp_path)


def test_another_seed_is_another_run_and_is_not_mixed_in(tmp_path: Path) -> None:
    assert hardseek("run", small(tmp_path), cwd=tmp_path).returncode == 0
    refused = hardseek("run", small(tmp_path), "--seed", "8", cwd=tmp_path)
    assert refused.returncode == 2
    assert "seed (8, not 7)" in refused.stderr
    other = hardseek("run", small(tmp_path), "--seed", "8", "--out", "other", cwd=tmp_path)
    assert other.returncode == 0
    assert exported(tmp_path / "other", tmp_path) != exported(tmp_path / "runs" / "small", tmp_path)


def test_all_systems_meet_the_same_seeker(tmp_path: Path) -> None:
    assert hardseek("run", small(tmp_path), cwd=tmp_path).returncode == 0
    openings: dict[tuple[str, str], set[str]] = {}
    for dialogue in records(tmp_path / "runs" / "small", tmp_path):
        key = (dialogue["card"], dialogue["condition"])
        openings.setdefault(key, set()).add(dialogue["messages"][0]["content"])
    assert all(len(said) == 1 for said in openings.values())


def test_a_dry_run_tells_what_would_run_and_writes_nothing(tmp_path: Path) -> None:
    text = SMALL.replace("systems: [", "systems: [{name: far, kind: chat, base_url: 'http://x/v1', model: m, "
                         "price: {input: 1, output: 2}}, ")  # fmt: skip
    done = hardseek("run", small(tmp_path, text), "--dry-run", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "24 dialogues" in done.stdout
    # 8 dialogues of this system with 4 calls each.
    assert "far" in done.stdout
    assert "32" in done.stdout
    assert not (tmp_path / "runs").exists()


def test_flags_override_fields_and_are_kept(tmp_path: Path) -> None:
    done = hardseek(
        "run", small(tmp_path), "--language", "zh", "--condition", "average", "--system", "cheerleader",
        "--cards", "1", "--replicates", "3", "--exchanges", "2", "--out", "flags", cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = records(tmp_path / "flags", tmp_path)
    assert [(d["system"], d["condition"], d["language"], d["replicate"]) for d in found] == [
        ("cheerleader", "average", "zh", replicate) for replicate in range(3)
    ]
    again = hardseek("run", tmp_path / "flags" / "experiment.yaml", "--out", "flags", cwd=tmp_path)
    assert again.returncode == 0, again.stderr


def test_mistakes_are_refused_before_anything_runs(tmp_path: Path) -> None:
    wrong = SMALL.replace("early-adviser", "early-advisor").replace("exchanges: 4", "exchangs: 4")
    refused = hardseek("run", small(tmp_path, wrong.replace("worst]", "worts]")), cwd=tmp_path)
    assert refused.returncode == 2
    said = refused.stderr
    assert "line 3" in said
    assert "did you mean early-adviser?" in said
    assert "line 4" in said
    assert "did you mean worst?" in said
    assert "line 7: exchangs: no such field" in said
    assert "did you mean exchanges?" in said
    assert "Traceback" not in said
    assert not (tmp_path / "runs").exists()


def test_a_missing_file_names_the_nearest(tmp_path: Path) -> None:
    small(tmp_path)
    refused = hardseek("run", "smal.yaml", cwd=tmp_path)
    assert refused.returncode == 2
    assert "did you mean small.yaml?" in refused.stderr


def test_the_written_experiment_runs(tmp_path: Path) -> None:
    assert hardseek("init", cwd=tmp_path).returncode == 0
    again = hardseek("init", cwd=tmp_path)
    assert again.returncode == 2
    assert "is there already" in again.stderr
    done = hardseek("run", "experiment.yaml", "--cards", "1", cwd=tmp_path)
    assert done.returncode == 0, done.stderr


def test_looking_at_a_run(tmp_path: Path) -> None:
    assert hardseek("run", small(tmp_path), cwd=tmp_path).returncode == 0
    run = tmp_path / "runs" / "small"
    status = hardseek("status", run, cwd=tmp_path)
    assert "16 of 16 finished" in status.stdout
    dialogue = records(run, tmp_path)[5]
    shown = hardseek("show", run, dialogue["id"][:12], "--trace", cwd=tmp_path)
    assert dialogue["messages"][0]["content"][:30] in shown.stdout
    assert "distress" in shown.stdout
    assert hardseek("show", run, "5", cwd=tmp_path).stdout.splitlines()[0] == shown.stdout.splitlines()[0]
    assert hardseek("show", run, "nothing-like-it", cwd=tmp_path).returncode == 2
    assert hardseek("status", tmp_path, cwd=tmp_path).returncode == 2
    printed = hardseek("export", run, cwd=tmp_path).stdout
    assert [json.loads(line)["id"] for line in printed.splitlines()] == [d["id"] for d in records(run, tmp_path)]


def test_no_judges_leaves_outcomes_only(tmp_path: Path) -> None:
    done = hardseek("run", small(tmp_path, SMALL + "judges: []\n"), cwd=tmp_path)
    assert done.returncode == 0, done.stderr


def test_what_is_told_in_chinese_is_not_cut_off(tmp_path: Path) -> None:
    narrow = {"COLUMNS": "60"}
    told = {
        "systems": [describe(name, "zh") for name in BUILTIN_NAMES],
        "behaviours": [guide.definition.zh for guide in axes().values()],
    }
    for command, texts in told.items():
        shown = hardseek(command, "--language", "zh", cwd=tmp_path, env=narrow)
        assert shown.returncode == 0, shown.stderr
        whole = "".join(shown.stdout.split())
        assert [text for text in texts if "".join(text.split()) not in whole] == []


def test_where_no_terminal_is_no_line_is_broken(tmp_path: Path) -> None:
    long = Path(*["a-folder-with-a-long-name"] * 8)
    (tmp_path / long).mkdir(parents=True)
    process = started("init", long / "e.yaml", cwd=tmp_path)
    assert process.communicate()[1] == f"Wrote {long}/e.yaml. Try: hardseek run {long}/e.yaml --dry-run\n"


def test_a_file_is_begun_in_a_folder_that_is_there(tmp_path: Path) -> None:
    done = hardseek("init", Path("nowhere") / "e.yaml", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (
        2,
        "hardseek: nowhere/e.yaml: there is no folder nowhere; make it first\n",
    )


def test_a_dry_run_that_asks_nobody_says_so(tmp_path: Path) -> None:
    small = ("--system", "cheerleader", "--condition", "average", "--language", "en", "--cards", "1")
    assert hardseek("run", *small, "--out", "small", cwd=tmp_path).returncode == 0
    (tmp_path / "offline.yaml").write_text("judges: [indicators, metrics]\n", encoding="utf-8")
    for words in (("run", *small), ("judge", "small", "offline.yaml")):
        done = hardseek(*words, "--dry-run", cwd=tmp_path)
        assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "No calls to any model server.")


def test_the_signature_stands_on_one_line(tmp_path: Path) -> None:
    done = hardseek("run", "--system", "cheerleader", "--cards", "1", "--out", "one", cwd=tmp_path)
    (signature,) = [line for line in done.stdout.splitlines() if line.startswith("Signature: ")]
    assert len(signature) > 100 and signature.rstrip().rpartition("|")[2].startswith("judges:indicators@")
    assert max(len(line) for line in done.stdout.splitlines() if line != signature) <= 100
