"""`hardseek gate`: a verdict on a run, for people and for continuous integration."""

import json
import sqlite3
from pathlib import Path
from shutil import copytree
from xml.etree import ElementTree as Xml

import pytest

from cli.commands import hardseek

RULES = """
rules:
  - {kind: mean, dimension: relief, condition: average, at_least: 0, by: point, name: helps}
  - {kind: count, dimension: minimising, above: 0.9, at_most: 0}
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hold eight dialogues: a good system and a poor one."""
    folder = tmp_path_factory.mktemp("gate")
    done = hardseek(
        "run", "--out", folder / "run", "--cards", "1", "--system", "balanced-helper", "--system", "cheerleader",
        "--condition", "average", "--condition", "worst", "--replicates", "1", cwd=folder,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder / "run"


def rules(folder: Path, text: str = RULES) -> Path:
    path = folder / "rules.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_broken_rule_is_told_and_fails(run: Path, tmp_path: Path) -> None:
    done = hardseek("gate", run, "--rules", rules(tmp_path), "--junit", tmp_path / "out.xml", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert "helps: at least 0" in done.stdout
    assert "broken" in done.stdout and "cheerleader, average" in done.stdout
    assert "3 kept, 3 broken" in done.stdout
    root = Xml.parse(tmp_path / "out.xml").getroot()
    failures = {case.get("name") for case in root.iter("testcase") if case.find("failure") is not None}
    assert failures == {"cheerleader, average", "cheerleader, worst"}
    assert root.get("failures") == "3"


def test_rules_that_are_kept_pass(run: Path, tmp_path: Path) -> None:
    kept = RULES.replace("dimension:", "system: balanced-helper, dimension:")
    done = hardseek("gate", run, "--rules", rules(tmp_path, kept), "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    said = json.loads(done.stdout)
    assert said["kept"] is True
    assert {each["verdict"] for each in said["checks"]} == {"kept"}
    assert "seed:" in said["signature"]


def test_a_run_that_is_not_finished_is_not_known_to_keep_anything(run: Path, tmp_path: Path) -> None:
    copytree(run, tmp_path / "part")
    with sqlite3.connect(tmp_path / "part" / "run.sqlite") as connection:
        connection.execute("UPDATE dialogues SET finished = 0, ending = NULL WHERE number = 0")
    connection.close()
    kept = "rules:\n  - {kind: mean, dimension: relief, at_least: -10, by: point}\n"
    done = hardseek("gate", tmp_path / "part", "--rules", rules(tmp_path, kept), cwd=tmp_path)
    assert done.returncode == 1
    assert "1 of 8 dialogues are not finished" in " ".join(done.stdout.split())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (RULES.replace("relief", "releif"), "did you mean relief?"),
        (RULES.replace("at_least", "at_leest"), "did you mean at_least?"),
        ("rules: []\n", "at least one"),
    ],
)
def test_mistakes_in_the_rules_are_refused(run: Path, tmp_path: Path, text: str, says: str) -> None:
    done = hardseek("gate", run, "--rules", rules(tmp_path, text), cwd=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr
    assert "rules.yaml" in done.stderr
