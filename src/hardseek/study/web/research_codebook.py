"""The codebook's page: codes by theme, each to be changed, versions beside them."""

import re
from typing import Any, Final, get_args

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response

from hardseek.seekers import AXES, ResistanceForm
from hardseek.seekers.axes import axes
from hardseek.study.answers import Fields
from hardseek.study.coding.codebook import Code, Of
from hardseek.study.coding.kept import codebook, keep_code, marks, versions
from hardseek.study.web.site import Site, TurnedAway, go

_FIELDS: Final = ("name", "title", "definition", "theme", "of", "axis", "form")


def router(site: Site) -> APIRouter:
    """Return the routes."""
    routes = APIRouter()

    @routes.get("/codebook")
    async def page(request: Request) -> Response:
        return _page(site, request)

    @routes.post("/codebook")
    async def change(request: Request) -> Response:
        visiting = site.enter(request, "coder", "researcher", "admin")
        fields = await site.form(request, visiting)
        try:
            code = _code(fields)
        except ValidationError as error:
            wrong = str(error.errors()[0]["loc"][0]) if error.errors()[0]["loc"] else "form"
            return _page(site, request, wrong=wrong, typed=fields)
        had = codebook(site.database)[1].code(code.name)
        if "new" in fields and had is not None:
            return _page(site, request, wrong="taken", typed=fields)
        keep_code(site.database, visiting.code, code)
        back = "".join(fields.get("back", []))
        # Only a page of ours: a coder who adds a code while coding goes on where they were.
        return go(back if re.fullmatch(r"/coding/(talk|note)/\d{1,9}", back) else f"/codebook#{code.name}")

    return routes


def _page(site: Site, request: Request, wrong: str | None = None, typed: Fields | None = None) -> Response:
    visiting = site.enter(request, "coder", "researcher", "admin")
    every = versions(site.database)
    asked = request.query_params.get("version", "")
    latest, book = codebook(site.database)
    shown = next((each for each in every if str(each[0]) == asked), None)
    if asked and shown is None:
        raise TurnedAway(404, "not_found")
    counted: dict[str, int] = {}
    for one in marks(site.database):
        counted[one.code] = counted.get(one.code, 0) + 1
    return site.page(
        request, "codebook", status=422 if wrong else 200, visiting=visiting, version=shown[0] if shown else latest,
        latest=latest, versions=every, book=shown[3] if shown else book, counted=counted, wrong=wrong,
        typed={name: "".join(texts) for name, texts in (typed or {}).items()}, **choices(),
    )  # fmt: skip


def choices() -> dict[str, Any]:
    """Return what a code can be about, as pages offer it."""
    return {
        "ofs": get_args(Of),
        "axes": [(axis, axes()[axis].title) for axis in AXES],
        "forms": get_args(ResistanceForm),
    }


def _code(fields: Fields) -> Code:
    """Read a code from its form; raises ValidationError."""
    given: dict[str, Any] = {name: "".join(fields.get(name, [])).strip() for name in _FIELDS}
    lines = "".join(fields.get("examples", [])).replace("\r\n", "\n").split("\n")
    if not given["name"]:
        given["name"] = slug(given["title"])
    optional = {name: given[name] or None for name in ("theme", "axis", "form")}
    return Code.model_validate(
        {
            **given, **optional, "of": given["of"] or "any",
            "examples": [line.strip() for line in lines if line.strip()],
        }
    )  # fmt: skip


def slug(title: str) -> str:
    """Make a code's name of its title; nothing where it has no letter of the alphabet."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:40].lstrip("0123456789-")
