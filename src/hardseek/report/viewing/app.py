"""The server of `hardseek view`: reads, and lets nobody but this machine's own browser read with it."""

import asyncio
import errno
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from urllib.parse import quote

from aiohttp import web

from hardseek.errors import HardseekError
from hardseek.report.viewing.pages import Page, run_page, runs_page, waiting_page
from hardseek.report.viewing.reports import Make, Reports
from hardseek.report.viewing.runs import Listed, Runs
from hardseek.runs import REPORT

HOST: Final = "127.0.0.1"
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Taken(HardseekError):
    """The port is in use."""


async def serve(root: Path, make: Make, *, port: int, ready: Callable[[str], None]) -> None:
    """Serve the runs of a folder on loopback until the process is told to end (Ctrl-C).

    Args:
        root: the folder of runs, or a run.
        make: writes a run's report.
        port: 0 for any that is free.
        ready: called with the address once it can be opened.

    Raises:
        Taken: somebody else listens on the port.
        HardseekError: it cannot be listened on for another reason.
    """
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for told in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError, RuntimeError):  # not on Windows, not on other threads than the main one
            loop.add_signal_handler(told, ended.set)
    with TemporaryDirectory(prefix="hardseek-view-") as home:
        runner = web.AppRunner(application(root, make, Path(home)), access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        try:
            site = web.TCPSite(runner, HOST, port)
            try:
                await site.start()
            except OSError as error:
                if error.errno == errno.EADDRINUSE:
                    raise Taken(f"port {port}: somebody listens on it already") from None
                raise HardseekError(f"port {port}: cannot be listened on: {error.strerror or error}") from None
            ready(f"http://{HOST}:{runner.addresses[0][1]}/")
            await ended.wait()
        finally:
            await runner.cleanup()


def application(root: Path, make: Make, home: Path) -> web.Application:
    """Return the application; reports are kept in the folder `home`."""
    runs, reports = Runs(root), Reports(make, home)

    async def found(request: web.Request) -> Listed:
        """Find the run by its key among those that there are: no address leads anywhere else."""
        listed = (await asyncio.to_thread(runs.look)).get(request.match_info["key"])
        if listed is None:
            raise web.HTTPNotFound(text="There is no such run (any more); / lists them.")
        return listed

    def answer(request: web.Request, page: Page) -> web.Response:
        return _html(page.part if "part" in request.query else page.whole)

    async def listing(request: web.Request) -> web.Response:
        there = await asyncio.to_thread(runs.look)
        return answer(request, await asyncio.to_thread(runs_page, root, there))

    async def run(request: web.Request) -> web.Response:
        return answer(request, await asyncio.to_thread(run_page, await found(request)))

    async def report(request: web.Request) -> web.Response:
        listed = await found(request)
        try:
            there = await asyncio.to_thread(reports.ready, listed.folder)
        except HardseekError as error:
            return _html(waiting_page(listed, str(error)), status=500)
        if there:
            raise web.HTTPSeeOther(f"/run/{quote(listed.key, safe='')}/{REPORT}")
        return _html(waiting_page(listed), status=202, headers={"Refresh": "1"})

    async def file(request: web.Request) -> web.StreamResponse:
        listed = await found(request)
        path = reports.file(listed.folder, request.match_info["file"])
        if path is not None:
            return web.FileResponse(path)
        if request.match_info["file"] == REPORT:
            raise web.HTTPSeeOther(f"/run/{quote(listed.key, safe='')}/report")
        raise web.HTTPNotFound(text="That belongs to an earlier report of this run; load the page again.")

    async def no_icon(_: web.Request) -> web.Response:
        return web.Response(status=204)  # browsers ask for one

    app = web.Application(middlewares=[_guard])
    beside = f"{Path(REPORT).stem}.data"
    app.add_routes(
        [
            web.get("/", listing),
            web.get("/favicon.ico", no_icon),
            web.get("/run/{key}/", run),
            web.get("/run/{key}/report", report),
            web.get(f"/run/{{key}}/{{file:{REPORT}}}", file),
            web.get(f"/run/{{key}}/{beside}/{{file}}", file),
        ]
    )
    return app


@web.middleware
async def _guard(request: web.Request, handler: _Handler) -> web.StreamResponse:
    """Turn away whoever came by another name than this machine's own: a page elsewhere whose name was turned to us."""
    name, _, _ = request.host.rpartition(":") if ":" in request.host else (request.host, "", "")
    if name not in {HOST, "localhost"}:
        response: web.StreamResponse = web.Response(status=421, text="This server answers to its own address alone.")
    else:
        try:
            response = await handler(request)
        except web.HTTPException as raised:
            raised.headers.update(_HEADERS)
            raise
        except HardseekError as error:
            response = web.Response(status=500, text=str(error))
    response.headers.update(_HEADERS)
    return response


def _html(text: str, *, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    return web.Response(text=text, content_type="text/html", charset="utf-8", status=status, headers=headers)
