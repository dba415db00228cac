"""`hardseek study`: people play seekers against blinded systems and rate them."""

import asyncio
import ipaddress
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.table import Table
from rich.text import Text

from hardseek.cli.console import errors, output
from hardseek.cli.files import begin_file
from hardseek.cli.runs.results import present
from hardseek.documents import packaged
from hardseek.errors import Refused
from hardseek.interop import replacing
from hardseek.judging import Bench, IndicatorJudge
from hardseek.mistakes import did_you_mean
from hardseek.runs import add_to, measure, writing
from hardseek.study import Design, plan_text
from hardseek.study.access import DAYS, Role, links, make_link, revoke
from hardseek.study.coding import as_yaml, read_codebook
from hardseek.study.coding.kept import codebook as current_codebook
from hardseek.study.coding.kept import keep_codebook
from hardseek.study.database import FILE, Database
from hardseek.study.export import export as export_study
from hardseek.study.people import people, withdraw
from hardseek.study.storage import URL_ENV
from hardseek.study.team import export_team

_PORT: Final = 8420
_Study = Annotated[Path, typer.Argument(metavar="STUDY", help="The study file.")]
_Folder = Annotated[Path | None, typer.Option(help="Where the study is kept; studies/NAME if not given.")]
_Url = Annotated[
    str | None,
    typer.Option(
        "--database", envvar=URL_ENV, show_envvar=True, show_default=False,
        help="A PostgreSQL server, postgresql://USER@HOST/DATABASE; as the study file says, or SQLite, if not given.",
    ),
]  # fmt: skip


def init(path: Annotated[Path, typer.Argument(help="The file to write.")] = Path("study.yaml")) -> None:
    """Write a commented study file to begin with."""
    begin_file(path, packaged("hardseek.study", "template.yaml"), f"hardseek study plan {path}")


def plan(
    path: _Study,
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


def serve(
    path: _Study,
    folder: _Folder = None,
    database: _Url = None,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on.")] = _PORT,
    trial: Annotated[
        bool, typer.Option("--trial", help="Try it before texts and crisis resources are checked; pages say so.")
    ] = False,
    https: Annotated[
        bool, typer.Option("--https", help="Browsers reach it by HTTPS, through a proxy that stands before it.")
    ] = False,
) -> None:
    """Serve the web application until Ctrl-C; everything is kept as it comes, and the same command goes on."""
    missing = [name for name in ("fastapi", "uvicorn", "python_multipart") if find_spec(name) is None]
    if missing:
        raise Refused(f"the web application needs {', '.join(missing)}; install it with: pip install 'hardseek[study]'")
    from hardseek.study.web import create_app, server_of

    if not https and not _is_local(host):
        errors.print(
            f"Careful: {host} can be reached by others, and without HTTPS what people write can be read on the way. "
            "Put a proxy with HTTPS before it and say --https; see docs/how-to/run-a-study.md.",
            markup=False,
        )
    design = Design.read(path)
    where = _home(folder, design)
    with writing(where), Database(where, design, url=database) as kept:
        kept.hold()
        app = create_app(design, kept, secure=https, trial=trial)
        errors.print(
            f"Serving {design.study.name} on http://{host}:{port} (kept in {kept.connection.where})", markup=False
        )
        errors.print(f"Make personal links with: hardseek study links {path} --all", markup=False)
        server_of(app, host=host, port=port).run()


def make_links(
    path: _Study,
    folder: _Folder = None,
    database: _Url = None,
    everyone: Annotated[bool, typer.Option("--all", help="For every participant who has no link that opens.")] = False,
    participant: Annotated[list[str] | None, typer.Option(help="For this participant. Repeatable.")] = None,
    researcher: Annotated[list[str] | None, typer.Option(help="For a researcher of this code. Repeatable.")] = None,
    coder: Annotated[
        list[str] | None, typer.Option(help="For a coder, who does not learn which system is which. Repeatable.")
    ] = None,
    admin: Annotated[
        list[str] | None, typer.Option(help="For an admin, who can make and end links on a page. Repeatable.")
    ] = None,
    revoked: Annotated[
        list[str] | None, typer.Option("--revoke", help="End the links and sessions of this code. Repeatable.")
    ] = None,
    days: Annotated[int, typer.Option(min=1, max=3650, help="How long new links open the study.")] = DAYS,
    url: Annotated[str, typer.Option(help="The address at which browsers reach the study.")] = (
        f"http://127.0.0.1:{_PORT}"
    ),
) -> None:
    """Make or end personal links. A link is shown once: only its hash is kept. Without options, list them."""
    design = Design.read(path)
    with Database(_home(folder, design), design, url=database) as kept:
        for code in revoked or ():
            errors.print(f"{code}: {revoke(kept, code)} links ended", markup=False)
        wanted: list[tuple[Role, str]] = [("participant", code) for code in participant or ()]
        if everyone:
            have = {link.code for link in links(kept) if link.opens}
            wanted += [
                ("participant", each.code) for each in people(kept) if each.code not in have and not each.stopped
            ]
        wanted += [("researcher", code) for code in researcher or ()]
        wanted += [("coder", code) for code in coder or ()]
        wanted += [("admin", code) for code in admin or ()]
        for role, code in wanted:
            typer.echo(f"{code}\t{url.rstrip('/')}/in/{make_link(kept, role, code, days=days)}")
        if not wanted and not revoked:
            _list(kept)


def export(
    path: _Study,
    out: Annotated[Path, typer.Option(help="The run folder to make.")],
    folder: _Folder = None,
    database: _Url = None,
) -> None:
    """Make a run folder: dialogues and ratings for report and judges, with answers and tables beside them."""
    design = Design.read(path)
    with _existing(folder, design, database) as kept:
        count = export_study(kept, design, out)
        export_team(kept, design, out)
    with add_to(out) as store:
        asyncio.run(measure(store, Bench((IndicatorJudge(),))))
        present(out, store)
    errors.print(f"{count:,} dialogues in {out}; {out / 'dictionary.md'} says what its files hold", markup=False)


def codebook(
    path: _Study,
    put: Annotated[
        Path | None, typer.Option("--set", help="Put this codebook (YAML) in its place, as a new version.")
    ] = None,
    folder: _Folder = None,
    database: _Url = None,
) -> None:
    """Print the codebook as YAML, or put another one in its place; marks and earlier versions stay."""
    design = Design.read(path)
    given = read_codebook(put) if put is not None else None
    with _existing(folder, design, database) as kept:
        if given is None:
            typer.echo(as_yaml(current_codebook(kept)[1]), nl=False)
            return
        version = keep_codebook(kept, "command", given)
    errors.print(f"The codebook is now that of {put}, version {version}", markup=False)


def erase(
    path: _Study,
    participant: Annotated[str, typer.Argument(help="The participant's code.")],
    folder: _Folder = None,
    database: _Url = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """End a participant's part and delete all they wrote, as they can do themselves; exports made before stay."""
    design = Design.read(path)
    with _existing(folder, design, database) as kept:
        codes = [each.code for each in people(kept)]
        if participant not in codes:
            raise Refused(f"{participant}: no such participant{did_you_mean(participant, codes)}")
        if not yes:
            typer.confirm(f"Delete everything that {participant} wrote? This cannot be undone.", abort=True)
        withdraw(kept, participant, delete=True)
    errors.print(f"{participant}: deleted; delete exports and backups made before as well", markup=False)


def backup(
    path: _Study,
    out: Annotated[Path, typer.Argument(help="The file to write.")],
    folder: _Folder = None,
    database: _Url = None,
) -> None:
    """Copy the study to a SQLite file while it is served, wherever it is kept; see restore."""
    design = Design.read(path)
    with _existing(folder, design, database) as kept:
        kept.backup(out)
    errors.print(f"Wrote {out}", markup=False)


def restore(
    path: _Study,
    copy: Annotated[Path, typer.Argument(help="A file that study backup wrote.")],
    folder: _Folder = None,
    database: _Url = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Put a backup in the place of all that the study holds, in SQLite or PostgreSQL; stop serving it before."""
    design = Design.read(path)
    where = _home(folder, design)
    if not yes:
        typer.confirm(f"Replace all that {design.study.name} holds by {copy}?", abort=True)
    with writing(where), Database(where, design, url=database) as kept:
        kept.hold()
        before = kept.restore(copy)
    errors.print(f"Restored {copy}. What was there before is in {before}; delete it if it is not needed.", markup=False)


def _list(database: Database) -> None:
    made = links(database)
    if not made:
        errors.print("No links yet. Make them with --all, --participant or --researcher.", markup=False)
        return
    table = Table("Code", "Role", "Made", "Expires", "State", box=None, pad_edge=False)
    for link in made:
        state = "revoked" if link.revoked else "open" if link.opens else "expired"
        table.add_row(Text(link.code), link.role, link.created[:10], link.expires[:10], state)
    output.print(table)


def _home(folder: Path | None, design: Design) -> Path:
    return folder or Path("studies") / design.study.name


def _existing(folder: Path | None, design: Design, url: str | None) -> Database:
    """Open a study that is there already; a mistyped folder makes no new one."""
    home = _home(folder, design)
    if (url or design.study.database) is None and not (home / FILE).is_file():
        raise Refused(f"{home}: holds no study (there is no {FILE} in it); say --folder, or begin with study serve")
    return Database(home, design, url=url)


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
