"""`hardseek view`: a folder of runs in the browser, live while a run goes on."""

import asyncio
import webbrowser
from pathlib import Path
from typing import Annotated, Final

import typer

from hardseek.cli.console import errors
from hardseek.cli.runs.results import view_of
from hardseek.errors import Refused
from hardseek.report import write_report
from hardseek.report.viewing import Taken, serve
from hardseek.runs import Store

_PORT: Final = 8421
_PORTS: Final = 65535


def view(
    folder: Annotated[Path, typer.Argument(help="A folder of runs, or one run.")] = Path("runs"),
    port: Annotated[int, typer.Option(help="Port; 0 takes any that is free.", min=0, max=_PORTS)] = _PORT,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Show runs in the browser: how far each is, what is being said, and its report, made on demand.

    It is reached from this machine alone, and changes nothing in the runs. Ctrl-C ends it.
    """
    if not folder.is_dir():
        raise Refused(f"{folder}: there is no such folder; runs are kept in runs/ where `hardseek run` was called")

    def ready(address: str) -> None:
        errors.print(f"{folder} at {address} (Ctrl-C ends it)", markup=False)
        if open_:
            webbrowser.open(address)

    try:
        asyncio.run(serve(folder, _write, port=port, ready=ready))
    except Taken:
        raise Refused(
            f"port {port} is in use, perhaps by another `hardseek view`: choose another with --port, or --port 0"
        ) from None


def _write(store: Store, path: Path) -> None:
    write_report(path, view_of(store))
