"""The documents say what the code does."""

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from typer.main import get_command

from hardseek.chat.endpoint import Endpoint, Price, Sampling
from hardseek.cli import app
from hardseek.runs import CardChoice, Experiment
from hardseek.seekers import BehaviourProfile, Condition
from hardseek.supporters.spec import BuiltinSystem, CallableSystem, ChatSystem, HookSystem, ReplaySystem

ROOT = Path(__file__).parents[1]
FILES = [
    Experiment, CardChoice, Condition, BehaviourProfile, Endpoint, Sampling, Price,
    ChatSystem, HookSystem, CallableSystem, BuiltinSystem, ReplaySystem,
]  # fmt: skip
PLAIN = {"kind", "temperature", "top_p", "max_tokens", "stop", "presence_penalty", "frequency_penalty", "target",
         "method", "model", "input", "output", "url"}  # fmt: skip
"""Fields whose names say it all, and those told by their type's documentation."""


def test_the_reference_is_what_the_code_says() -> None:
    done = subprocess.run(
        [sys.executable, "docs/build_reference.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("model", FILES)
def test_every_field_of_the_experiment_file_is_documented(model: type[BaseModel]) -> None:
    silent = [name for name, field in model.model_fields.items() if not field.description and name not in PLAIN]
    assert silent == []


@pytest.mark.parametrize("page", sorted(ROOT.glob("*.md")) + sorted(ROOT.glob("docs/**/*.md")), ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    local = [target for target in targets if "://" not in target]
    missing = [target for target in local if not (page.parent / target).exists()]
    assert missing == []


@pytest.mark.parametrize("page", sorted(ROOT.glob("*.md")) + sorted(ROOT.glob("docs/**/*.md")), ids=lambda p: p.name)
def test_command_lines_are_taken_as_they_stand(page: Path) -> None:
    text = re.sub(r"\\\n\s*", " ", page.read_text(encoding="utf-8"))
    lines = re.findall(r"^(?:    |- run: )(?:.* -m )?hardseek (.+)", text, re.MULTILINE)
    words = [shlex.split(line.partition(" > ")[0], comments=True) for line in lines]
    wrong = {" ".join(given): why for given in words if "..." not in given and (why := refused(given))}
    assert wrong == {}


def refused(words: list[str]) -> str | None:
    """Have the command line read these words without doing anything; says what it does not take."""
    command: Any = get_command(app.app)
    while hasattr(command, "commands"):
        if not words:
            return None
        name = "rate" if command.name == "judge" and words[0] not in command.commands else words[0]
        if name not in command.commands:
            return f"no command {name}"
        words = words[1:] if name == words[0] else words
        command = command.commands[name]
    try:
        command.make_context(command.name, [word for word in words if word != "--help"])
    except Exception as error:  # noqa: BLE001 - whatever it is, the page says what cannot be said
        return None if "--help" in words else f"{type(error).__name__}: {error}"
    return None
