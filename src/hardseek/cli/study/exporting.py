"""`hardseek study export` and `codebook`: what a study has gathered, taken out of it."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from hardseek.cli.console import errors
from hardseek.cli.runs.results import present
from hardseek.cli.study.place import Folder, Study, Url, existing
from hardseek.judging import Bench, IndicatorJudge
from hardseek.runs import add_to, measure
from hardseek.study import Design
from hardseek.study.coding import as_yaml, read_codebook
from hardseek.study.coding.kept import codebook as current_codebook
from hardseek.study.coding.kept import keep_codebook
from hardseek.study.export import export as export_study
from hardseek.study.team import export_team


def export(
    path: Study,
    out: Annotated[Path, typer.Option(help="The run folder to make.")],
    folder: Folder = None,
    database: Url = None,
) -> None:
    """Make a run folder: dialogues and ratings for report and judges, with answers and tables beside them."""
    design = Design.read(path)
    with existing(folder, design, database) as kept:
        count = export_study(kept, design, out)
        export_team(kept, design, out)
    with add_to(out) as store:
        asyncio.run(measure(store, Bench((IndicatorJudge(),))))
        present(out, store)
    errors.print(f"{count:,} dialogues in {out}; {out / 'dictionary.md'} says what its files hold", markup=False)


def codebook(
    path: Study,
    put: Annotated[
        Path | None, typer.Option("--set", help="Put this codebook (YAML) in its place, as a new version.")
    ] = None,
    folder: Folder = None,
    database: Url = None,
) -> None:
    """Print the codebook as YAML, or put another one in its place; marks and earlier versions stay."""
    design = Design.read(path)
    given = read_codebook(put) if put is not None else None
    with existing(folder, design, database) as kept:
        if given is None:
            typer.echo(as_yaml(current_codebook(kept)[1]), nl=False)
            return
        version = keep_codebook(kept, "command", given)
    errors.print(f"The codebook is now that of {put}, version {version}", markup=False)
