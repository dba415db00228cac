"""Writes docs/reference/experiment.md and commands.md from the code, so that every field and option is documented.

    python docs/build_reference.py           # write
    python docs/build_reference.py --check   # exit 1 when a page is not what the code says
"""

import sys
from pathlib import Path
from typing import Any, get_args, get_origin

import typer.main
from click import Context, Group
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from hardseek.chat.endpoint import Endpoint, Price, Sampling
from hardseek.cli.app import app
from hardseek.runs.experiment import CardChoice, Experiment
from hardseek.seekers import BehaviourProfile, Condition
from hardseek.seekers.spec import ChatSeeker, EscEvalSeeker, ScriptedSeeker
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
    ],
    "`conditions`": [("A condition of your own", Condition), ("`profile`", BehaviourProfile)],
    "`cards`": [("", CardChoice)],
    "A chat endpoint (systems and seekers of `kind: chat`)": [
        ("", Endpoint),
        ("`sampling`", Sampling),
        ("`price`", Price),
    ],
}


def experiment() -> str:
    """Return the page of the experiment file."""
    parts = ["# The experiment file\n\nYAML; `hardseek init` writes a commented one. Made by docs/build_reference.py.\n"]
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
    group = typer.main.get_command(app)
    assert isinstance(group, Group)
    for name, command in group.commands.items():
        context = Context(command, info_name=f"hardseek {name}", terminal_width=100, max_content_width=100)
        parts.append(f"\n## hardseek {name}\n\n```\n{command.get_help(context)}\n```\n")
    return "".join(parts)


def _told_elsewhere(model: type[BaseModel], name: str) -> bool:
    return model is not Endpoint and issubclass(model, Endpoint) and name in Endpoint.model_fields


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
    if hasattr(annotation, "__metadata__"):
        return _type(get_args(annotation)[0])
    if get_origin(annotation) is not None:
        inside = [argument for argument in get_args(annotation) if argument is not Ellipsis]
        if str(get_origin(annotation)).endswith("Literal"):
            return ", ".join(f"`{option}`" for option in inside)
        if get_origin(annotation) in {tuple, list}:
            return f"list of {_type(inside[0])}"
        if get_origin(annotation) is dict:
            return f"mapping of {_type(inside[0])} to {_type(inside[1])}"
        return " or ".join(dict.fromkeys(_type(argument) for argument in inside))
    if annotation is type(None):
        return "null"
    names = {str: "text", int: "whole number", float: "number", bool: "true/false", Path: "path", Any: "anything"}
    return names.get(annotation, getattr(annotation, "__name__", str(annotation)))


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
