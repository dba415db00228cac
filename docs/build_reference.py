"""Writes docs/reference/experiment.md and commands.md from the code, so that every field and option is documented.

python docs/build_reference.py           # write
python docs/build_reference.py --check   # exit 1 when a page is not what the code says
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from typer.main import get_command
from typer.testing import CliRunner

from hardseek.chat.endpoint import Endpoint, Price, Sampling
from hardseek.cli.app import app
from hardseek.judging.rubrics import Rubric, RubricDimension
from hardseek.judging.rubrics.rubric import Said
from hardseek.judging.spec import (
    EscRankSpec,
    IndicatorsSpec,
    JurySpec,
    MetricsSpec,
    ModelJudgeSpec,
    PairJudgeSpec,
    ScorerSpec,
)
from hardseek.runs.experiment import CardChoice, Experiment
from hardseek.seekers import BehaviourProfile, Condition
from hardseek.seekers.spec import ChatSeeker, EmotionPlannerSeeker, EscEvalSeeker, ScriptedSeeker
from hardseek.supporters.spec import BuiltinSystem, CallableSystem, ChatSystem, HookSystem, ReplaySystem

REFERENCE = Path(__file__).parent / "reference"
SECTIONS: dict[str, list[tuple[str, type[BaseModel]]]] = {
    "The file": [("", Experiment)],
    "`systems`": [
        ("`kind: chat`", ChatSystem),
        ("`kind: http`", HookSystem),
        ("`kind: python`", CallableSystem),
        ("`kind: builtin`", BuiltinSystem),
        ("`kind: replay`", ReplaySystem),
    ],
    "`seeker`": [
        ("`kind: scripted`", ScriptedSeeker),
        ("`kind: chat`", ChatSeeker),
        ("`kind: esc-eval`", EscEvalSeeker),
        ("`kind: emotion-planner`", EmotionPlannerSeeker),
    ],
    "`judges`": [
        ("`kind: indicators`", IndicatorsSpec),
        ("`kind: model`", ModelJudgeSpec),
        ("`kind: jury`", JurySpec),
        ("`kind: pairwise`", PairJudgeSpec),
        ("`kind: metrics`", MetricsSpec),
        ("`kind: scorer`", ScorerSpec),
        ("`kind: esc-rank`", EscRankSpec),
    ],
    "A rubric of your own (YAML)": [
        ("", Rubric),
        ("`dimensions`", RubricDimension),
    ],
    "`conditions`": [("A condition of your own", Condition), ("`profile`", BehaviourProfile)],
    "`cards`": [("", CardChoice)],
    "A chat endpoint (systems, seekers and judges that are chat models)": [
        ("", Endpoint),
        ("`sampling`", Sampling),
        ("`price`", Price),
    ],
}


_NAMES: dict[Any, str] = {
    str: "text", int: "whole number", float: "number", bool: "true/false", Path: "path", Any: "anything",
    type(None): "null", ScriptedSeeker: "see below", ChatSeeker: "see below", EscEvalSeeker: "see below",
    EmotionPlannerSeeker: "see below", Endpoint: "a chat endpoint, see below",
    ChatSystem: "see below", HookSystem: "see below", CallableSystem: "see below", BuiltinSystem: "see below",
    ReplaySystem: "see below", CardChoice: "see below", Condition: "see below", BehaviourProfile: "see below",
    Sampling: "see below", Price: "see below", IndicatorsSpec: "see below", ModelJudgeSpec: "see below",
    JurySpec: "see below", PairJudgeSpec: "see below", MetricsSpec: "see below", ScorerSpec: "see below",
    EscRankSpec: "see below", RubricDimension: "see below", Said: "text, or one for each of en and zh",
}  # fmt: skip


def experiment() -> str:
    """Return the page of the experiment file."""
    parts = [
        "# The experiment file\n\nYAML; `hardseek init` writes a commented one. Made by docs/build_reference.py.\n"
    ]
    for title, models in SECTIONS.items():
        parts.append(f"\n## {title}\n")
        for subtitle, model in models:
            parts.append(f"\n### {subtitle}\n" if subtitle else "")
            parts.append(f"\n{' '.join((model.__doc__ or '').split())}\n")
            parts.append("\n| field | type | default | what it is |\n|---|---|---|---|\n")
            parts.extend(
                _row(name, field) for name, field in model.model_fields.items() if not _told_elsewhere(model, name)
            )
    return "".join(parts)


def commands() -> str:
    """Return the page of the command line."""
    parts = ["# The command line\n\nMade by docs/build_reference.py from `--help`.\n"]
    for words in _commands(get_command(app)):
        shown = CliRunner().invoke(app, [*words, "--help"], prog_name="hardseek", env={"COLUMNS": "100"})
        lines = "\n".join(line.rstrip() for line in shown.output.strip().splitlines())
        parts.append(f"\n## hardseek {' '.join(words)}\n\n```\n{lines}\n```\n")
    return "".join(parts)


def _commands(group: Any) -> Iterator[tuple[str, ...]]:
    """Yield the words of every command, those of sub-groups in the place of the group."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from ((name, *words) for words in _commands(command))
        else:
            yield (name,)


def _told_elsewhere(model: type[BaseModel], name: str) -> bool:
    return name == "kind" or (model is not Endpoint and issubclass(model, Endpoint) and name in Endpoint.model_fields)


def _row(name: str, field: FieldInfo) -> str:
    default = "required" if field.is_required() else f"`{_shown(field.get_default(call_default_factory=True))}`"
    words = " ".join((field.description or "").split()).replace("|", "\\|")
    return f"| `{name}` | {_type(field.annotation)} | {default} | {words} |\n"


def _shown(value: Any) -> str:
    if isinstance(value, BaseModel):
        return "see there"
    if isinstance(value, tuple):
        return f"[{', '.join(str(item) for item in value)}]"
    return "null" if value is None else str(value)


def _type(annotation: Any) -> str:
    inside = [argument for argument in get_args(annotation) if argument is not Ellipsis]
    origin = get_origin(annotation)
    if hasattr(annotation, "__metadata__"):
        return _type(inside[0])
    if origin is Literal:
        return ", ".join(f"`{option}`" for option in inside)
    if origin in {tuple, list}:
        return f"list of {_type(inside[0])}"
    if origin is dict:
        return f"mapping of {_type(inside[0])} to {_type(inside[1])}"
    if origin is not None:
        return " or ".join(dict.fromkeys(_type(argument) for argument in inside))
    return _NAMES.get(annotation, getattr(annotation, "__name__", str(annotation)))


def main() -> None:
    """Write or check the pages."""
    for name, text in {"experiment.md": experiment(), "commands.md": commands()}.items():
        path = REFERENCE / name
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            sys.exit(f"{path} is not what the code says; run: python docs/build_reference.py")


if __name__ == "__main__":
    main()
