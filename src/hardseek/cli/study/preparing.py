"""`hardseek study init` and `plan`: before a study begins."""

from pathlib import Path
from typing import Annotated

import typer

from hardseek.cli.console import errors
from hardseek.cli.files import begin_file
from hardseek.cli.study.place import Study
from hardseek.documents import packaged
from hardseek.interop import replacing
from hardseek.study import Design, plan_text


def init(path: Annotated[Path, typer.Argument(help="The file to write.")] = Path("study.yaml")) -> None:
    """Write a commented study file to begin with."""
    begin_file(path, packaged("hardseek.study", "template.yaml"), f"hardseek study plan {path}")


def plan(
    path: Study,
    out: Annotated[Path | None, typer.Option(help="Write it to this file (Markdown) instead of printing it.")] = None,
) -> None:
    """Show who plays what, in which order, and how even that is; it names the systems."""
    text = plan_text(Design.read(path))
    if out is None:
        typer.echo(text, nl=False)
        return
    with replacing(out) as part:
        part.write_text(text, encoding="utf-8")
    errors.print(f"Wrote {out}", markup=False)
