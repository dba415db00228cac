"""Which study a command is about, and where it is kept."""

from pathlib import Path
from typing import Annotated, Final

import typer

from hardseek.errors import Refused
from hardseek.study import Design
from hardseek.study.database import FILE, Database
from hardseek.study.storage import URL_ENV

PORT: Final = 8420
"""Where it is served if nothing else is said."""
Study = Annotated[Path, typer.Argument(metavar="STUDY", help="The study file.")]
Folder = Annotated[Path | None, typer.Option(help="Where the study is kept; studies/NAME if not given.")]
Url = Annotated[
    str | None,
    typer.Option(
        "--database", envvar=URL_ENV, show_envvar=True, show_default=False,
        help="A PostgreSQL server, postgresql://USER@HOST/DATABASE; as the study file says, or SQLite, if not given.",
    ),
]  # fmt: skip


def home(folder: Path | None, design: Design) -> Path:
    """Return the folder in which a study is kept."""
    return folder or Path("studies") / design.study.name


def existing(folder: Path | None, design: Design, url: str | None) -> Database:
    """Open a study that is there already; a mistyped folder makes no new one."""
    where = home(folder, design)
    if (url or design.study.database) is None and not (where / FILE).is_file():
        raise Refused(f"{where}: holds no study (there is no {FILE} in it); say --folder, or begin with study serve")
    return Database(where, design, url=url)
