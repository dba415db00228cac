"""The examples are refused by nothing, and the one that needs no server runs."""

from pathlib import Path

import pytest

from cli.commands import hardseek

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_an_example_is_understood(tmp_path: Path, path: Path) -> None:
    done = hardseek("run", path, "--dry-run", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "dialogues" in done.stdout


def test_a_function_of_ones_own_is_measured(tmp_path: Path) -> None:
    done = hardseek("run", EXAMPLES / "own-function.yaml", "--cards", "2", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "mine" in done.stdout
