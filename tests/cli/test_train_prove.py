"""`hardseek train prove` over real runs of built-in systems."""

import json
from pathlib import Path

import pytest

from cli.commands import Here, hardseek


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hold one run with three systems, and one that is like it but for the seed."""
    folder = tmp_path_factory.mktemp("prove")
    words = ("--cards", "4", "--condition", "average", "--condition", "worst", "--replicates", "1")
    systems = [
        word for name in ("cheerleader", "balanced-helper", "reflective-listener") for word in ("--system", name)
    ]
    for name, seed in (("all", "1"), ("other", "2")):
        done = hardseek("run", "--out", folder / name, "--seed", seed, *words, *systems, cwd=folder)
        assert done.returncode == 0, done.stderr
    return folder


def test_arms_stand_in_one_table_with_what_they_changed(runs: Path, here: Here) -> None:
    run = runs / "all"
    arms = [f"untrained={run}:cheerleader", f"mixed={run}:balanced-helper", f"worst-only={run}:reflective-listener"]
    done = here("train", "prove", *arms)
    assert done.returncode == 0, done.stderr
    for part in ("drop to worst", "change against untrained", "worst-only", "minimising", "Unclear is not"):
        assert part in done.stdout
    assert "held out is not known" in done.stderr
    told = json.loads(here("train", "prove", *arms, "--json").stdout)
    compared = json.loads(here("compare", run, run, "--system", "cheerleader=balanced-helper", "--json").stdout)
    (theirs,) = [each for each in compared["runs"][0]["changes"] if each["condition"] == "worst"
                 and each["system"] == "cheerleader"]  # fmt: skip
    (ours,) = [each for each in told["changes"] if each["condition"] == "worst" and each["arm"] == "mixed"
               and each["of"] == "score" and each["concern"] is None]  # fmt: skip
    assert {name: ours[name] for name in ("change", "low", "high", "p", "pairs")} == {
        name: theirs[name] for name in ("change", "low", "high", "p", "pairs")
    }  # one comparison, told in two ways
    assert (ours["verdict"], told["trained_on"]) == ("better", None)
    markdown = here("train", "prove", *arms, "--markdown", "--all").stdout
    assert "| mixed | worst |" in markdown


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("a=all:cheerleader",), "two arms or more"),
        (("all", "b=all"), "NAME=RUN or NAME=RUN:SYSTEM"),
        (("a=all:cheerleader", "a=all:balanced-helper"), "a: is given twice"),
        (("a=all", "b=all"), "say which: a=all:balanced-helper"),
        (("a=all:cheerleader", "b=other:cheerleader"), "seed (2, not 1)"),
        (("a=al:x", "b=all:x"), "holds no run"),
        (("a=all:cheerleader", "b=all:balanced-helper", "--data", "none"), "no such folder"),
        (("a=all:cheerleader", "b=all:balanced-helper", "--dimension", "releif"), "did you mean relief"),
    ],
)
def test_what_cannot_be_proved_is_told_in_words(runs: Path, words: tuple[str, ...], why: str) -> None:
    done = hardseek("train", "prove", *words, cwd=runs)
    assert done.returncode == 2
    assert why in " ".join(done.stderr.split())


def test_unlike_runs_are_told_with_the_table(runs: Path, here: Here) -> None:
    arms = [f"a={runs / 'all'}:cheerleader", f"b={runs / 'other'}:cheerleader"]
    done = here("train", "prove", *arms, "--anyway")
    assert done.returncode == 0, done.stderr
    assert "not alike. What differs: b: seed" in " ".join(done.stdout.split())
