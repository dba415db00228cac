"""Pages that anybody may see: coming in by a personal link, leaving, places to turn to."""

from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from hardseek.documents import packaged
from hardseek.study.access import opens, sign_in, sign_out
from hardseek.study.web.site import SESSION, Site, TurnedAway, go, read_fields

_STATIC: Final = {
    "icon.svg": "image/svg+xml",
    "research.js": "text/javascript",
    "study.css": "text/css",
    "study.js": "text/javascript",
}
_MONTH: Final = 30 * 24 * 3600


def router(site: Site) -> APIRouter:
    """Return the routes."""
    routes = APIRouter()

    @routes.get("/in/{token}")
    async def link(request: Request, token: str) -> Response:
        # Opening a link signs nobody in: mail programs and messengers open links to preview them.
        if not opens(site.database, token):
            raise _wrong(site, request)
        return site.page(request, "sign_in", token=token)

    @routes.post("/in/{token}")
    async def come_in(request: Request, token: str) -> Response:
        await read_fields(request)
        session = sign_in(site.database, token)
        if session is None:
            raise _wrong(site, request)
        response = go("/")
        response.set_cookie(
            SESSION, session, max_age=_MONTH, httponly=True, samesite="lax", secure=site.secure, path="/"
        )
        return response

    @routes.post("/out")
    async def leave(request: Request) -> Response:
        visiting = site.visitor(request)
        if visiting is not None:
            await site.form(request, visiting)
            sign_out(site.database, request.cookies[SESSION])
        response = go("/")
        response.delete_cookie(SESSION, path="/")
        return response

    @routes.get("/help")
    async def places_to_turn_to(request: Request) -> Response:
        read = site.language(request)
        everywhere = sorted(site.design.study.crisis.items(), key=lambda places: places[0] != read)
        return site.page(request, "help", everywhere=everywhere)

    @routes.get("/static/{name}")
    async def static(name: str) -> Response:
        if name not in _STATIC:
            raise TurnedAway(404, "not_found")
        text = packaged("hardseek.study.web", "static", name)
        return Response(text, media_type=_STATIC[name], headers={"cache-control": "max-age=300"})

    return routes


def _wrong(site: Site, request: Request) -> TurnedAway:
    """Return what to say to a link that opens nothing: to stop, once many were tried from its address.

    A link that opens does so whatever else was tried: a whole house can stand behind one address, and counting cannot
    make it harder to guess 256 random bits.
    """
    who = request.client.host if request.client else "unknown"
    if not site.tries.allowed(who):
        return TurnedAway(429, "slow_down")
    site.tries.count(who)
    return TurnedAway(403, "link_dead")
