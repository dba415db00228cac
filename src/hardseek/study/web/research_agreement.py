"""What coding shows: agreement, what coders do not agree on, codes by system and behaviour."""

from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from hardseek.study.coding import code_agreement, code_counts, disagreements
from hardseek.study.coding.kept import coding, settle, settlements, texts
from hardseek.study.coding.marks import Coding, Unit
from hardseek.study.web.research_coding import path_of
from hardseek.study.web.site import Site, TurnedAway, go, whole_number


def router(site: Site) -> APIRouter:
    """Return the routes."""
    routes = APIRouter()

    @routes.get("/research/agreement")
    async def agreement(request: Request) -> Response:
        visiting = site.enter(request, "researcher", "admin")
        found = coding(site.database, site.design)
        # Draws take a moment, and participants chat meanwhile.
        agreed = await run_in_threadpool(code_agreement, found)
        measured: dict[str | None, dict[str, Any]] = {}
        for one in agreed:
            measured.setdefault(one.code, {})[one.measure] = one
        return site.page(
            request, "research_agreement", visiting=visiting, measured=measured, rows=_disagreements(site, found),
            titles={code.name: code.title for code in found.codes},
        )  # fmt: skip

    @routes.post("/research/agreement")
    async def settled(request: Request) -> Response:
        visiting = site.enter(request, "researcher", "admin")
        fields = {name: "".join(given) for name, given in (await site.form(request, visiting)).items()}
        holds = {"yes": True, "no": False, "open": None}
        source, place, code = fields.get("source", ""), fields.get("place", ""), fields.get("code", "")
        found = coding(site.database, site.design)
        units = next((len(each.units) for each in found.sources if each.name == source), 0)
        known = any(one.name == code for one in found.codes)
        if not known or whole_number(place) >= units or fields.get("holds") not in holds:
            raise TurnedAway(404, "not_found")
        settle(
            site.database, visiting.code, Unit(source, whole_number(place)), code, holds=holds[fields["holds"]],
            remark=fields.get("remark", ""),
        )  # fmt: skip
        return go(f"/research/agreement#{source.replace(':', '-')}-{place}-{code}")

    @routes.get("/research/codes")
    async def codes(request: Request) -> Response:
        visiting = site.enter(request, "researcher", "admin")
        found = coding(site.database, site.design)
        counted = await run_in_threadpool(code_counts, found)
        tables = []
        for by in ("system", "condition", "both", "notes"):
            rows = [one for one in counted if one.by == by]
            columns = list(dict.fromkeys((one.system, one.condition) for one in rows))
            if rows:
                tables.append((by, columns, {(one.code, one.system, one.condition): one for one in rows}))
        return site.page(request, "research_codes", visiting=visiting, tables=tables, codes=found.codes)

    return routes


def _disagreements(site: Site, found: Coding) -> list[dict[str, Any]]:
    sources = {source.name: source for source in found.sources}
    remarks = {(one.unit, one.code): one.remark for one in settlements(site.database)}
    told: dict[str, list[tuple[str, str]]] = {}
    rows = []
    for one in disagreements(found):
        name = one.unit.source
        said = told.setdefault(name, texts(site.database, name))
        rows.append(
            {
                "one": one, "source": name, "place": one.unit.place, "path": path_of(sources[name]),
                "kind": said[one.unit.place][0], "text": said[one.unit.place][1],
                "remark": remarks.get((one.unit, one.code), ""),
                "before": said[one.unit.place - 1][1] if one.unit.place else "",
            }
        )  # fmt: skip
    return rows
