"""`hardseek init`, `systems`: what a new user needs to begin."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from hardseek.cli.console import output
from hardseek.cli.files import begin_file
from hardseek.documents import packaged
from hardseek.errors import Refused
from hardseek.language import Language
from hardseek.supporters.builtin import BUILTIN_NAMES, describe

_LanguageOption = Annotated[str, typer.Option("--language", help="Of the descriptions: en or zh.")]


def init(
    path: Annotated[Path, typer.Argument(help="The file to write.")] = Path("experiment.yaml"),
) -> None:
    """Write a commented experiment file to begin with."""
    begin_file(path, packaged("hardseek.cli.runs", "template.yaml"), f"hardseek run {path} --dry-run")


def systems(language: _LanguageOption = "en") -> None:
    """List the built-in systems: controls of known quality."""
    table = _table("System", "What it does")
    for name in BUILTIN_NAMES:
        table.add_row(name, describe(name, _language(language)))
    output.print(table)


def _table(*headings: str) -> Table:
    """Make a table whose texts fold: Chinese has no blanks to break at, and would be cut off."""
    table = Table(box=None, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _language(name: str) -> Language:
    if name == "zh":
        return "zh"
    if name == "en":
        return "en"
    raise Refused(f"--language: found {name!r}; allowed: en, zh")
