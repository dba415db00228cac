"""`hardseek study erase`, `backup` and `restore`: what is kept of people, and copies of it."""

from pathlib import Path
from typing import Annotated

import typer

from hardseek.cli.console import errors
from hardseek.cli.study.place import Folder, Study, Url, existing, home
from hardseek.errors import Refused
from hardseek.mistakes import did_you_mean
from hardseek.runs import writing
from hardseek.study import Design
from hardseek.study.database import Database
from hardseek.study.people import people, withdraw


def erase(
    path: Study,
    participant: Annotated[str, typer.Argument(help="The participant's code.")],
    folder: Folder = None,
    database: Url = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """End a participant's part and delete all they wrote, as they can do themselves; exports made before stay."""
    design = Design.read(path)
    with existing(folder, design, database) as kept:
        codes = [each.code for each in people(kept)]
        if participant not in codes:
            raise Refused(f"{participant}: no such participant{did_you_mean(participant, codes)}")
        if not yes:
            typer.confirm(f"Delete everything that {participant} wrote? This cannot be undone.", abort=True)
        withdraw(kept, participant, delete=True)
    errors.print(f"{participant}: deleted; delete exports and backups made before as well", markup=False)


def backup(
    path: Study,
    out: Annotated[Path, typer.Argument(help="The file to write.")],
    folder: Folder = None,
    database: Url = None,
) -> None:
    """Copy the study to a SQLite file while it is served, wherever it is kept; see restore."""
    design = Design.read(path)
    with existing(folder, design, database) as kept:
        kept.backup(out)
    errors.print(f"Wrote {out}", markup=False)


def restore(
    path: Study,
    copy: Annotated[Path, typer.Argument(help="A file that study backup wrote.")],
    folder: Folder = None,
    database: Url = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Put a backup in the place of all that the study holds, in SQLite or PostgreSQL; stop serving it before."""
    design = Design.read(path)
    where = home(folder, design)
    if not yes:
        typer.confirm(f"Replace all that {design.study.name} holds by {copy}?", abort=True)
    with writing(where), Database(where, design, url=database) as kept:
        kept.hold()
        before = kept.restore(copy)
    errors.print(f"Restored {copy}. What was there before is in {before}; delete it if it is not needed.", markup=False)
