"""The study team's page: who is where, what fails, who plays what, and what there is to download."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from hardseek.study.access import links
from hardseek.study.database import Database, now
from hardseek.study.design import Design
from hardseek.study.files import STUDY_FILES
from hardseek.study.formats import as_json_lines
from hardseek.study.people import Person, people
from hardseek.study.tables import dialogue_records
from hardseek.study.talks import StudyTalk, all_talks
from hardseek.study.team import TEAM_FILES
from hardseek.study.web.course import Course
from hardseek.study.web.site import Site, TurnedAway

_ENDINGS: Final = ("resolved", "withdrew", "limit", "failed")
_FILES: Final[dict[str, tuple[str, Callable[[Database, Design], str]]]] = {
    **STUDY_FILES,
    "dialogues.jsonl": (
        "application/jsonl",
        lambda database, design: as_json_lines(dialogue_records(database, design)),
    ),
    **TEAM_FILES,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One participant as the study team sees them."""

    person: Person
    state: str
    done: int
    """Talks that are done."""
    read: int
    """Dialogues that are read and rated."""
    readings: int
    talks: list[StudyTalk]
    current: StudyTalk | None
    links: int


def router(site: Site) -> APIRouter:
    """Return the routes."""
    routes = APIRouter()

    @routes.get("/research")
    async def overview(request: Request) -> Response:
        visiting = site.enter(request, "researcher", "admin")
        return site.page(request, "research", visiting=visiting, **_overview(site))

    @routes.get("/research/export/{name}")
    async def download(request: Request, name: str) -> Response:
        site.enter(request, "researcher", "admin")
        if name not in _FILES:
            raise TurnedAway(404, "not_found")
        kind, make = _FILES[name]
        text = make(site.database, site.design)
        # Always saved, never shown: what people typed is no page of this site.
        headers = {"content-disposition": f'attachment; filename="{name}"'}
        return Response(text, media_type=f"{kind}; charset=utf-8", headers=headers)

    return routes


def _overview(site: Site) -> dict[str, Any]:
    talks = all_talks(site.database)
    open_links = Counter(link.code for link in links(site.database) if link.opens)
    rows = [_row(site, person, open_links[person.code]) for person in people(site.database)]
    planned = Counter((talk.system, talk.condition) for talk in talks)
    endings = Counter((talk.system, talk.condition, talk.ending) for talk in talks if talk.ended)
    cells = [
        (system, condition, count, [endings[system, condition, ending] for ending in _ENDINGS])
        for (system, condition), count in sorted(planned.items())
    ]
    stuck = [talk for talk in talks if talk.fault_kind is not None and talk.ended is None]
    return {"rows": rows, "cells": cells, "endings": _ENDINGS, "stuck": stuck, "files": list(_FILES), "when": now()}


def _row(site: Site, person: Person, open_links: int) -> Row:
    way = Course(site.design, site.database, person.code)
    talks = way.talks
    done = sum(talk.step == "done" for talk in talks)
    if person.deleted or person.stopped:
        state = "deleted" if person.deleted else "stopped"
    elif not person.consented:
        state = "new"
    else:
        state = "part" if way.next() else "done"
    current = way.talk if state == "part" else None
    return Row(person, state, done, way.read, len(way.readings()), talks, current, open_links)
