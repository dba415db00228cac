"""The documents say what the code does."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import BaseModel

from hardseek.chat.endpoint import Endpoint, Price, Sampling
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
