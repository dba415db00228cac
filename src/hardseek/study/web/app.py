"""The web application, put together."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from hardseek.errors import Refused
from hardseek.language import LANGUAGES
from hardseek.study.database import Database
from hardseek.study.design import Design
from hardseek.study.readiness import unready
from hardseek.study.replying import Replies
from hardseek.study.web import (
    entering,
    participant,
    research,
    research_admin,
    research_agreement,
    research_codebook,
    research_coding,
    research_interviews,
    talking,
)
from hardseek.study.web.guard import Guard
from hardseek.study.web.site import Site, TurnedAway, go

_log = logging.getLogger(__name__)
_MISSING = 404
_WRONG_WAY = 405


def create_app(design: Design, database: Database, *, secure: bool = False, trial: bool = False) -> ASGIApp:
    """Return the application as ASGI.

    Args:
        design: the study.
        database: its database; who opened it closes it.
        secure: whether browsers reach it by HTTPS.
        trial: whether it is served to be tried, whatever of the template has not been replaced.

    Raises:
        Refused: a system cannot be built, as when its key is missing, or the study is not ready for participants.
    """
    missing = unready(design.study)
    if missing and not trial:
        raise Refused(
            "the study is not ready for participants:\n  " + "\n  ".join(missing) + "\nTo try it yourself, say --trial."
        )
    site = Site(design, database, Replies(database, design), secure, trial)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await site.replies.close()

    # No pages of documentation: they would load scripts from elsewhere, and tell what there is.
    app = FastAPI(lifespan=lifespan, openapi_url=None, docs_url=None, redoc_url=None)
    team = (research, research_interviews, research_coding, research_codebook, research_agreement, research_admin)
    for routes in (entering, participant, talking, *team):
        app.include_router(routes.router(site))

    @app.exception_handler(TurnedAway)
    async def turned_away(request: Request, error: TurnedAway) -> Response:
        return site.page(request, "notice", status=error.status, what=error.what)

    @app.exception_handler(RequestValidationError)
    async def unreadable(request: Request, _: RequestValidationError) -> Response:
        return site.page(request, "notice", status=_MISSING, what="not_found")

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        if error.status_code == _WRONG_WAY and request.method == "GET":
            return _page_of_a_form(request)
        what = "not_found" if error.status_code == _MISSING else "stale"
        return site.page(request, "notice", status=error.status_code, what=what)

    @app.exception_handler(Exception)
    async def broken(request: Request, error: Exception) -> Response:
        # The path stays out of the log: it may be a personal link.
        _log.error("a page could not be made: %s", type(error).__name__)
        request.state.visitor = None  # the database may be what is broken: it is not asked again
        return site.page(request, "notice", status=500, what="broken")

    return Guard(app, secure=secure)


def _page_of_a_form(request: Request) -> Response:
    """Lead from the address that a form is sent to, opened as a page, to the form's own page, one level up.

    Browsers come there from a form that was not complete: by its link to the other language, or by a bookmark.
    """
    path = request.url.path.rpartition("/")[0] or "/"
    spoken = request.query_params.get("lang")
    return go(f"{path}?lang={spoken}" if spoken in LANGUAGES else path)
