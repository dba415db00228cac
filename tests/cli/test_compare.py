"""`hardseek compare`: runs held against each other."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from shutil import copytree

import pytest

from cli.commands import hardseek


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hold a run with a poor system and a better one; the same after it was made worse; one with another seed."""
    folder = tmp_path_factory.mktemp("compare")
    words = (
        "--cards", "4", "--system", "balanced-helper", "--system", "cheerleader", "--condition", "average",
        "--condition", "worst", "--replicates", "1",
    )  # fmt: skip
    for name, seed in (("before", "1"), ("other-seed", "2")):
        done = hardseek("run", "--out", folder / name, "--seed", seed, *words, cwd=folder)
        assert done.returncode == 0, done.stderr
    copytree(folder / "before", folder / "after")
    with closing(sqlite3.connect(folder / "after" / "run.sqlite")) as connection, connection:
        # Each dialogue of one system a point worse, under the hard condition two.
        connection.execute(
            "UPDATE measures SET score = score - 1 - (SELECT condition = 'worst' FROM dialogues d "
            "WHERE d.number = measures.number) WHERE dimension = 'relief' AND number IN "
            "(SELECT number FROM dialogues WHERE system = 'cheerleader')"
        )
        connection.execute("UPDATE dialogues SET system = 'cheerleader-2' WHERE system = 'cheerleader'")
    return folder


def test_the_same_run_is_no_change(runs: Path) -> None:
    done = hardseek("compare", "before", "before", "--json", cwd=runs)
    assert done.returncode == 0, done.stderr
    (compared,) = json.loads(done.stdout)["runs"]
    assert compared["only"] == [[], []]
    assert (compared["unlike"], compared["differing"]) == ([], [])
    assert [change["change"] for change in compared["changes"]] == [0.0] * 4
    assert {change["verdict"] for change in compared["changes"]} == {"unclear"}
    assert {(change["pairs"], change["cards"]) for change in compared["changes"]} == {(8, 8)}


def test_a_run_against_itself_or_its_copy_is_remarked(runs: Path) -> None:
    copytree(runs / "before", runs / "copied", dirs_exist_ok=True)
    for words, says in (
        (("before", runs / "before"), "This is the first run itself"),
        (("before", "copied"), "Every score here is the same in both runs"),
    ):
        for form in ((), ("--markdown",)):
            done = hardseek("compare", *words, *form, cwd=runs)
            assert done.returncode == 0 and says in done.stdout, done.stdout
    assert "the same in both" not in hardseek("compare", "before", "other-seed", "--anyway", cwd=runs).stdout


def test_names_and_verdicts_are_whole_at_80_columns(runs: Path) -> None:
    """Rows stand condition by condition; how many pairs they have is said once where it is the same for all."""
    words = ("compare", "before", "after", "--system", "cheerleader=cheerleader-2")
    lines = hardseek(*words, cwd=runs).stdout.splitlines()
    assert max(map(len, lines)) <= 80
    rows = lines[lines.index("Pairs of dialogues in each row: 8") + 1 :]
    assert [line.split()[0] for line in rows if line.strip()] == [
        "System", "average", "balanced-helper", "cheerleader", "worst", "balanced-helper", "cheerleader",
    ]  # fmt: skip
    assert [line.split()[-1] for line in lines if line.startswith("cheerleader ")][1] == "worse"


def test_before_and_after_with_a_system_that_was_renamed(runs: Path) -> None:
    done = hardseek("compare", "before", "after", "--system", "cheerleader=cheerleader-2", "--json", cwd=runs)
    assert done.returncode == 0, done.stderr
    changes = json.loads(done.stdout)["runs"][0]["changes"]
    found = {(change["system"], change["condition"]): change for change in changes}
    worse = found["cheerleader", "worst"]
    assert worse["change"] == pytest.approx(-2.0)
    assert worse["other"] == pytest.approx(worse["first"] - 2)
    assert (worse["p"], worse["verdict"]) == (2 / 2**8, "worse")
    assert found["cheerleader", "average"]["change"] == pytest.approx(-1.0)
    assert found["balanced-helper", "worst"]["verdict"] == "unclear"


def test_the_change_of_a_drop(runs: Path) -> None:
    words = ("compare", "before", "after", "--drop", "--system", "cheerleader=cheerleader-2")
    done = hardseek(*words, "--markdown", cwd=runs)
    assert done.returncode == 0, done.stderr
    (row,) = [line for line in done.stdout.splitlines() if line.startswith("| cheerleader ")]
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[1:3] == ["worst", "relief"]
    assert cells[5] == "1.00"
    assert cells[-1] == "worse"


def test_a_system_without_a_counterpart_is_left_out_and_several_runs_are_shown(runs: Path) -> None:
    done = hardseek("compare", "before", "before", "after", "--by-language", "--dimension", "trust_gained", cwd=runs)
    assert done.returncode == 0, done.stderr
    assert "before against before" in done.stdout
    after = done.stdout[done.stdout.index("after against before") :]
    assert "In the first run alone, and left out: cheerleader\n" in after
    assert "In the other run alone, and left out: cheerleader-2\n" in after
    assert "cheerleader" not in after[after.index("Pairs") :]
    assert "(zh)" in after and "fewer than 8 cards" in after


def test_unlike_runs_are_refused_and_always_said_to_be_so(runs: Path) -> None:
    done = hardseek("compare", "before", "other-seed", cwd=runs)
    assert done.returncode == 2
    assert "What differs: seed (2, not 1)" in done.stderr
    done = hardseek("compare", "before", "other-seed", "--anyway", cwd=runs)
    assert done.returncode == 0, done.stderr
    assert "not alike. What differs: seed (2, not 1)" in done.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("before",), "two runs or more"),
        (("before", "after", "--dimension", "releif"), "did you mean relief?"),
        (("before", "after", "--system", "cheerleader"), "OLD=NEW"),
        (("before", "after", "--system", "cheerleader=cheerleder-2"), "did you mean cheerleader-2?"),
        (("before", "after", "--system", "nobody=cheerleader-2"), "the first run has no system 'nobody'"),
        (("before", "nowhere"), "holds no run"),
        (("before", "after", "--json", "--markdown"), "choose one"),
    ],
)
def test_mistakes_are_refused(runs: Path, words: tuple[str, ...], says: str) -> None:
    done = hardseek("compare", *words, cwd=runs)
    assert done.returncode == 2
    assert says in done.stderr
