"""Interviews: the guide beside what is noted; every note is kept as it is typed."""

from collections import defaultdict
from secrets import token_hex
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from hardseek.errors import Refused
from hardseek.study.interviews.notes import (
    LONGEST,
    Interview,
    Note,
    begin,
    come_back,
    end,
    interview,
    interviews,
    notes,
    save,
)
from hardseek.study.people import people
from hardseek.study.web.site import Site, TurnedAway, go

_LONGEST_MARK: Final = 40
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
"""Of an interview; what no database could hold is no page."""


def router(site: Site) -> APIRouter:
    """Return the routes."""
    routes = APIRouter()

    @routes.get("/research/interviews")
    async def overview(request: Request) -> Response:
        visiting = site.enter(request, "researcher", "admin")
        counted: dict[int, list[Note]] = defaultdict(list)
        for note in notes(site.database):
            counted[note.interview].append(note)
        held: dict[str, list[tuple[Interview, int, int]]] = defaultdict(list)
        for each in interviews(site.database):
            of = counted[each.number]
            held[each.participant].append((each, len(of), sum(note.later == 1 for note in of)))
        rows = [(person, held[person.code]) for person in people(site.database) if not person.deleted]
        return site.page(request, "research_interviews", visiting=visiting, rows=rows)

    @routes.post("/research/interviews")
    async def begin_one(request: Request) -> Response:
        visiting = site.enter(request, "researcher", "admin")
        fields = await site.form(request, visiting)
        try:
            number = begin(site.database, "".join(fields.get("participant", [])), visiting.code)
        except Refused:
            raise TurnedAway(404, "not_found") from None
        return go(f"/research/interviews/{number}")

    @routes.get("/research/interviews/{number}")
    async def one(request: Request, number: Number) -> Response:
        visiting = site.enter(request, "researcher", "admin")
        return site.page(request, "research_interview", visiting=visiting, **_shown(site, number))

    @routes.post("/research/interviews/{number}/note")
    async def keep(request: Request, number: Number) -> Response:
        visiting = site.enter(request, "researcher", "admin")
        fields = await site.form(request, visiting)
        mark, text = ("".join(fields.get(name, []))[:LONGEST] for name in ("mark", "text"))
        question, later = ("".join(fields.get(name, [])) for name in ("question", "later"))
        if interview(site.database, number) is None or not mark or len(mark) > _LONGEST_MARK:
            raise TurnedAway(404, "not_found")
        known = {each.name for each in _guide(site)}
        kept = save(site.database, number, mark, question if question in known else None, text)
        if later in {"0", "1", "2"}:
            come_back(site.database, number, mark, {"0": 0, "1": 1, "2": 2}[later])  # type: ignore[arg-type]
        if "application/json" in request.headers.get("accept", ""):
            return JSONResponse({"kept": kept})
        return go(f"/research/interviews/{number}#{question or 'beside'}")

    @routes.post("/research/interviews/{number}/end")
    async def end_one(request: Request, number: Number) -> Response:
        visiting = site.enter(request, "researcher", "admin")
        await site.form(request, visiting)
        end(site.database, number)
        return go("/research/interviews")

    return routes


def _guide(site: Site) -> tuple[Any, ...]:
    guide = site.design.study.interview
    return guide.questions if guide is not None else ()


def _shown(site: Site, number: int) -> dict[str, Any]:
    found = interview(site.database, number)
    if found is None:
        raise TurnedAway(404, "not_found")
    every = notes(site.database, number)
    known = {question.name for question in _guide(site)}
    by: dict[str, list[Note]] = defaultdict(list)
    for note in every:
        by[note.question if note.question and note.question in known else ""].append(note)
    guide = site.design.study.interview
    return {
        "interview": found,
        "guide": guide,
        "due": guide.due() if guide is not None else {},
        "by_question": by,
        "open": [note for note in every if note.later == 1],
        "every": every,
        "fresh": lambda: token_hex(8),
        "longest": LONGEST,
    }
