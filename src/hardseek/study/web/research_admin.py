"""The admin's page: personal links are made (and shown once) and ended. Researchers do without."""

import re
from typing import Final, get_args

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from hardseek.errors import Refused
from hardseek.study.access import DAYS, Role, links, make_link, revoke
from hardseek.study.people import people
from hardseek.study.web.site import Site, TurnedAway

_MOST_DAYS: Final = 365
_NUMBER: Final = re.compile(r"[0-9]{1,3}")
_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


def router(site: Site) -> APIRouter:
    """Return the routes."""
    routes = APIRouter()

    @routes.get("/admin")
    async def page(request: Request) -> Response:
        return _page(site, request)

    @routes.post("/admin/link")
    async def make(request: Request) -> Response:
        visiting = site.enter(request, "admin")
        fields = {name: "".join(given).strip() for name, given in (await site.form(request, visiting)).items()}
        code, days = fields.get("code", ""), fields.get("days", str(DAYS))
        roles: dict[str, Role] = {role: role for role in get_args(Role)}
        role = roles.get(fields.get("role", ""))
        if role is None or not _NUMBER.fullmatch(days) or not 1 <= int(days) <= _MOST_DAYS or not _CODE.fullmatch(code):
            return _page(site, request, wrong="link_wrong")
        try:
            token = make_link(site.database, role, code, days=int(days))
        except Refused:
            return _page(site, request, wrong="link_wrong")
        host = request.headers.get("host", "")
        made = f"{'https' if site.secure else 'http'}://{host}/in/{token}"
        return _page(site, request, made=made, whose=code)

    @routes.post("/admin/revoke")
    async def end(request: Request) -> Response:
        visiting = site.enter(request, "admin")
        code = "".join((await site.form(request, visiting)).get("code", []))
        if code == visiting.code:
            return _page(site, request, wrong="link_own")
        if code not in {link.code for link in links(site.database)}:
            raise TurnedAway(404, "not_found")
        revoke(site.database, code)
        return _page(site, request)

    return routes


def _page(
    site: Site, request: Request, wrong: str | None = None, made: str | None = None, whose: str | None = None
) -> Response:
    visiting = site.enter(request, "admin")
    return site.page(
        request, "admin", status=422 if wrong else 200, visiting=visiting, wrong=wrong, made=made, whose=whose,
        links=links(site.database), days=DAYS, roles=get_args(Role),
        participants=[person.code for person in people(site.database) if not person.stopped],
    )  # fmt: skip
