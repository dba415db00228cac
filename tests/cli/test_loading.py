"""Commands are loaded on demand: each is there, says what it does, and waits for no other."""

import json
import subprocess
import sys
from typing import Any

import pytest
from typer.main import get_command

from cli.commands import hardseek
from hardseek.cli.app import app


def _every(group: Any) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for name, command in group.commands.items():
        found += [(name, *words) for words in _every(command)] if hasattr(command, "commands") else [(name,)]
    return found


@pytest.mark.parametrize("words", _every(get_command(app)), ids=" ".join)
def test_every_command_stands_where_the_tables_say_and_has_help(words: tuple[str, ...]) -> None:
    shown = hardseek(*words, "--help")
    assert shown.returncode == 0, shown.stderr
    assert f"Usage: hardseek {' '.join(words)}" in shown.stdout


@pytest.mark.parametrize(
    ("word", "loaded"), [("systems", "hardseek.cli.runs.starting"), ("--help", "hardseek.cli.groups")]
)
def test_a_command_does_not_wait_for_what_only_others_need(word: str, loaded: str) -> None:
    code = (
        f"import sys, json\nfrom hardseek.cli import main\nsys.argv = ['hardseek', '{word}']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "sys.stderr.write(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    found = set(json.loads(done.stderr))
    assert loaded in found
    assert not found & {"hardseek.cli.study.serving", "hardseek.cli.validate.seeker", "sklearn", "scipy", "polars"}


def test_a_name_that_is_nearly_a_command_is_answered_with_the_command() -> None:
    shown = hardseek("vaidate")
    assert shown.returncode == 2
    assert "validate" in shown.stderr


def test_help_says_what_each_command_does_and_loads_none() -> None:
    words = " ".join(hardseek("--help").stdout.split())
    assert (
        "run Hold the dialogues of an experiment and measure them; the same command goes on where it stopped." in words
    )
    assert "cards Role cards: the packaged library, and other people's." in words
