"""`hardseek train prove-seeker` over two real validations of the scripted seeker."""

import json
from pathlib import Path

import pytest

from cli.commands import Here, hardseek


@pytest.fixture(scope="module")
def validated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prove-seeker")
    for name, seed in (("before", "1"), ("after", "2")):
        done = hardseek("validate", "seeker", "--only", "integrity", "--language", "en", "--cards", "2", "--seed", seed,
                        "--run", name, cwd=folder)  # fmt: skip
        assert done.returncode == 0, done.stderr
    return folder


def test_properties_and_drift_before_and_after(validated: Path, here: Here) -> None:
    same = json.loads(here("train", "prove-seeker", validated / "before", validated / "before", "--json").stdout)
    assert all(each["before"] == each["after"] for each in same["properties"])
    assert [each["change"] for each in same["drift"]] == [0, 0]
    done = here("train", "prove-seeker", validated / "before", validated / "after")
    assert done.returncode == 0, done.stderr
    assert "diverse/distinc" in done.stdout
    assert "kept" in done.stdout
    assert "100 or more tell something" in " ".join(done.stderr.split())
    other = json.loads(here("train", "prove-seeker", validated / "before", validated / "after", "--json").stdout)
    poor = 4 * 2 * 2  # systems, cards and conditions
    assert 0 < other["dialogues"][0] <= poor


def test_a_run_that_validates_nothing_is_refused(validated: Path, here: Here, tmp_path: Path) -> None:
    assert (
        here("run", "--out", "plain", "--cards", "1", "--system", "balanced-helper", "--language", "en").returncode == 0
    )
    done = here("train", "prove-seeker", "plain", validated / "after")
    assert done.returncode == 2
    assert "no validation of a seeker" in " ".join(done.stderr.split())
