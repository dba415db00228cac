"""Coding pages: a dialogue or a note, and the codes to mark it with. No system, condition or participant is named."""

from collections import defaultdict
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from hardseek.study.coding.codebook import Codebook
from hardseek.study.coding.kept import codebook, finish, finished, mark, marks, sources, texts, unmark
from hardseek.study.coding.marks import Mark, Source, Unit
from hardseek.study.web.research_codebook import choices
from hardseek.study.web.site import Site, TurnedAway, go, whole_number


def router(site: Site) -> APIRouter:
    """Return the routes."""
    routes = APIRouter()

    @routes.get("/coding")
    async def overview(request: Request) -> Response:
        visiting = site.enter(request, "coder", "researcher", "admin")
        done = finished(site.database)
        mine: dict[str, int] = defaultdict(int)
        for one in marks(site.database):
            mine[one.unit.source] += one.coder == visiting.code
        rows = [
            (number, source, visiting.code in done.get(source.name, ()), mine[source.name])
            for number, source in enumerate(sources(site.database, site.design), start=1)
        ]
        next_one = next((source for _, source, finished_it, _ in rows if not finished_it), None)
        return site.page(request, "coding", visiting=visiting, rows=rows, next=next_one, path_of=path_of)

    @routes.get("/coding/{kind}/{number}")
    async def one(request: Request, kind: str, number: int) -> Response:
        visiting = site.enter(request, "coder", "researcher", "admin")
        place, source, after = _source(site, f"{kind}:{number}", visiting.code)
        book = codebook(site.database)[1]
        given = [each for each in marks(site.database, source.name) if each.coder == visiting.code]
        return site.page(
            request, "coding_source", visiting=visiting, number=place, source=source, path_of=path_of, after=after,
            units=_units(texts(site.database, source.name), given, book), themes=book.themes,
            done=visiting.code in finished(site.database).get(source.name, ()),
            missed=request.query_params.get("missed"), **choices(),
        )  # fmt: skip

    @routes.post("/coding/{kind}/{number}")
    async def change(request: Request, kind: str, number: int) -> Response:
        visiting = site.enter(request, "coder", "researcher", "admin")
        fields = await site.form(request, visiting)
        _, source, _ = _source(site, f"{kind}:{number}", visiting.code)
        said = texts(site.database, source.name)
        place = _place(fields, len(said))
        unit, book = Unit(source.name, place), codebook(site.database)[1]
        wanted = [name for name in fields.get("code", []) if book.code(name)]
        passage = "".join(fields.get("passage", [])).replace("\r\n", "\n").strip()
        here = f"{path_of(source)}#u{place}"
        if "remove" in fields:
            unmark(site.database, visiting.code, whole_number("".join(fields["remove"])))
        elif "passage" in fields:
            start = said[place][1].find(passage) if passage else -1
            if start < 0 or not wanted:
                return go(f"{path_of(source)}?missed={place}#u{place}")
            for name in wanted:
                mark(site.database, visiting.code, unit, name, (start, start + len(passage)), on=True)
        else:
            had = {
                each.code
                for each in marks(site.database, source.name)
                if each.coder == visiting.code and each.unit == unit and each.first is None
            }
            for name in had.symmetric_difference(wanted):
                mark(site.database, visiting.code, unit, name, on=name in wanted)
        if "application/json" in request.headers.get("accept", ""):
            given = [each for each in marks(site.database, source.name) if each.coder == visiting.code]
            codes = dict.fromkeys(each.code for each in given if each.unit == unit)
            return JSONResponse({"codes": [_title(book, name) for name in codes]})
        return go(here)

    @routes.post("/coding/{kind}/{number}/done")
    async def done(request: Request, kind: str, number: int) -> Response:
        visiting = site.enter(request, "coder", "researcher", "admin")
        fields = await site.form(request, visiting)
        _, source, after = _source(site, f"{kind}:{number}", visiting.code)
        ready = "".join(fields.get("done", [])) == "yes"
        finish(site.database, visiting.code, source.name, done=ready)
        if not ready:
            return go(path_of(source))
        return go(path_of(after) if after is not None else "/coding")

    return routes


def path_of(source: Source) -> str:
    """Return the path of a source's page."""
    return f"/coding/{source.name.replace(':', '/')}"


def _source(site: Site, name: str, coder: str) -> tuple[int, Source, Source | None]:
    """Find a source, its number among all, and the next one that this coder has not finished."""
    known = sources(site.database, site.design)
    at = next((place for place, source in enumerate(known) if source.name == name), None)
    if at is None:
        raise TurnedAway(404, "not_found")
    done = finished(site.database)
    others = [*known[at + 1 :], *known[:at]]
    after = next((source for source in others if coder not in done.get(source.name, ())), None)
    return at + 1, known[at], after


def _units(said: list[tuple[str, str]], given: list[Mark], book: Codebook) -> list[dict[str, Any]]:
    """Return what the page shows of each unit."""
    units = []
    for place, (kind, text) in enumerate(said):
        mine = [each for each in given if each.unit.place == place]
        passages = [(each.number, _title(book, each.code), text[each.first : each.last]) for each in mine
                    if each.first is not None]  # fmt: skip
        units.append(
            {
                "place": place, "kind": kind, "text": text, "whole": {each.code for each in mine if each.first is None},
                "titles": list(dict.fromkeys(_title(book, each.code) for each in mine)), "passages": passages,
                "codes": [code for code in book.codes if code.of in {"any", kind}],
            }
        )  # fmt: skip
    return units


def _title(book: Codebook, name: str) -> str:
    code = book.code(name)
    return code.title if code is not None else name


def _place(fields: dict[str, list[str]], units: int) -> int:
    place = whole_number("".join(fields.get("place", [])))
    if place >= units:
        raise TurnedAway(404, "not_found")
    return place
