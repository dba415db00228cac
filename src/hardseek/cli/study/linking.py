"""`hardseek study links`: who may come in."""

from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from hardseek.cli.console import errors, output
from hardseek.cli.study.place import PORT, Folder, Study, Url, home
from hardseek.study import Design
from hardseek.study.access import DAYS, Role, links, make_link, revoke
from hardseek.study.database import Database
from hardseek.study.people import people


def make_links(
    path: Study,
    folder: Folder = None,
    database: Url = None,
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
        f"http://127.0.0.1:{PORT}"
    ),
) -> None:
    """Make or end personal links. A link is shown once: only its hash is kept. Without options, list them."""
    design = Design.read(path)
    with Database(home(folder, design), design, url=database) as kept:
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
