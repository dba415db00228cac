"""`hardseek init`, `systems`: what a new user needs to begin."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from hardseek.cli.console import output
from hardseek.cli.files import begin_file
from hardseek.cli.languages import language_of
from hardseek.documents import packaged
from hardseek.supporters.builtin import BUILTIN_NAMES, describe


def init(
    path: Annotated[Path, typer.Argument(help="The file to write.")] = Path("experiment.yaml"),
) -> None:
    """Write a commented experiment file to begin with."""
    begin_file(path, packaged("hardseek.cli.runs", "template.yaml"), f"hardseek run {path} --dry-run")


def systems(
    language: Annotated[str, typer.Option(help="Of the descriptions: en or zh.")] = "en",
) -> None:
    """List the built-in systems: controls of known quality."""
    spoken = language_of(language)
    table = _table("System", "What it does")
    for name in BUILTIN_NAMES:
        table.add_row(name, describe(name, spoken))
    output.print(table)


def _table(*headings: str) -> Table:
    """Make a table whose texts fold: Chinese has no blanks to break at, and would be cut off."""
    table = Table(box=None, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table
