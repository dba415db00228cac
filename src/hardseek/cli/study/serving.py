"""`hardseek study serve`: the web application."""

import socket
from importlib.util import find_spec
from typing import Annotated

import typer

from hardseek.cli.console import errors
from hardseek.cli.study.place import PORT, Folder, Study, Url, home
from hardseek.errors import Refused
from hardseek.runs import writing
from hardseek.study import Design
from hardseek.study.database import Database
from hardseek.study.storage import is_here


def serve(
    path: Study,
    folder: Folder = None,
    database: Url = None,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The port to listen on; 0 takes any that is free.")
    ] = PORT,
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

    if not https and not is_here(host):
        errors.print(
            f"Careful: {host} can be reached by others, and without HTTPS what people write can be read on the way. "
            "Put a proxy with HTTPS before it and say --https; see docs/how-to/run-a-study.md.",
            markup=False,
        )
    design = Design.read(path)
    where = home(folder, design)
    with writing(where), Database(where, design, url=database) as kept:
        kept.hold()
        app = create_app(design, kept, secure=https, trial=trial)
        with _listening(host, port) as listening:
            reached = listening.getsockname()[1]
            errors.print(
                f"Serving {design.study.name} on http://{host}:{reached} (kept in {kept.connection.where})",
                markup=False,
            )
            errors.print(f"Make personal links with: hardseek study links {path} --all", markup=False)
            server_of(app, host=host, port=reached).run(sockets=[listening])


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise Refused(
            f"cannot listen on {host}, port {port}: {error.strerror or error}; choose another with --port or --host"
        ) from None
