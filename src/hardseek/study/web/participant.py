"""A participant's pages: overview, consent, forms, stopping."""

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from hardseek.study.access import Visitor
from hardseek.study.answers import Fields, Reading, draft, keep, keep_draft, read_form
from hardseek.study.people import agree, withdraw
from hardseek.study.talks import StudyTalk, turns
from hardseek.study.web.course import Course, Place, consent_digest
from hardseek.study.web.site import SESSION, Site, TurnedAway, go


def course(site: Site, visiting: Visitor) -> Course:
    """Return a participant's way through the study."""
    return Course(site.design, site.database, visiting.code)


def router(site: Site) -> APIRouter:
    """Return the routes."""
    routes = APIRouter()

    @routes.get("/")
    async def home(request: Request) -> Response:
        visiting = site.visitor(request)
        if visiting is not None and visiting.role != "participant":
            return go("/coding" if visiting.role == "coder" else "/research")
        visiting = site.enter(request, "participant")
        way = course(site, visiting)
        talks = way.talks
        done = sum(talk.step == "done" for talk in talks)
        return site.page(
            request, "home", visiting=visiting, talks=talks, done=done, next=way.next(), read=way.read,
            readings=len(way.readings()), pairs=len(way.pairs()), compared=way.compared,
        )  # fmt: skip

    @routes.get("/consent")
    async def consent(request: Request) -> Response:
        visiting = site.enter(request, "participant")
        way = course(site, visiting)
        return site.page(
            request, "consent", visiting=visiting, text=site.design.study.consent, consented=way.consented, wrong=False
        )

    @routes.post("/consent")
    async def consented(request: Request) -> Response:
        visiting = site.enter(request, "participant")
        fields = await site.form(request, visiting)
        if fields.get("agree") != ["yes"]:
            text = site.design.study.consent
            return site.page(request, "consent", status=422, visiting=visiting, text=text, consented=False, wrong=True)
        agree(site.database, visiting.code, consent_digest(site.design))
        return go(course(site, visiting).next() or "/")

    @routes.get("/form/{name:path}")
    async def form(request: Request, name: str) -> Response:
        visiting = site.enter(request, "participant")
        way = course(site, visiting)
        place = _due(way, name)
        if place is None:
            return go(way.next() or "/")
        typed = draft(site.database, visiting.code, place.key)
        return form_page(site, request, visiting, place, typed=typed)

    @routes.post("/form/{name:path}")
    async def hand_in(request: Request, name: str) -> Response:
        visiting = site.enter(request, "participant")
        fields = await site.form(request, visiting)
        way = course(site, visiting)
        place = _due(way, name)
        if place is not None:
            reading = receive_form(site, visiting, place, fields)
            if reading.wrong:
                return form_page(site, request, visiting, place, typed=fields, wrong=reading.wrong)
        return go(way.anew().next() or "/")

    @routes.post("/draft")
    async def typed(request: Request) -> Response:
        visiting = site.enter(request, "participant")
        fields = await site.form(request, visiting)
        place = "".join(fields.pop("place", []))
        found = course(site, visiting).drafted().get(place)
        if found is None:
            raise TurnedAway(404, "stale")
        key, names = found
        keep_draft(site.database, visiting.code, key, {name: fields[name] for name in names if name in fields})
        return Response(status_code=204)

    @routes.get("/stop")
    async def stop(request: Request) -> Response:
        return site.page(request, "stop", visiting=site.enter(request, "participant"), wrong=False)

    @routes.post("/stop")
    async def stopped(request: Request) -> Response:
        visiting = site.enter(request, "participant")
        fields = await site.form(request, visiting)
        if fields.get("sure") != ["yes"] or fields.get("how") not in (["keep"], ["delete"]):
            return site.page(request, "stop", status=422, visiting=visiting, wrong=True)
        delete = fields["how"] == ["delete"]
        withdraw(site.database, visiting.code, delete=delete)
        response = site.page(request, "stopped", visiting=None, deleted=delete)
        response.delete_cookie(SESSION, path="/")
        return response

    return routes


def receive_form(site: Site, visiting: Visitor, place: Place, fields: Fields) -> Reading:
    """Keep a form if it is complete, and otherwise what of it has been typed."""
    reading = read_form(place.items, fields)
    if reading.wrong:
        names = {item.name for item in place.items}
        keep_draft(site.database, visiting.code, place.key, {name: fields[name] for name in names if name in fields})
    else:
        keep(site.database, visiting.code, place.key, reading.answers)
    return reading


def form_page(
    site: Site, request: Request, visiting: Visitor, place: Place, *, typed: Fields,
    wrong: Mapping[str, str] | None = None, talk: StudyTalk | None = None,
) -> Response:  # fmt: skip
    """Make the page of a form, with what has been typed, and the talk that it is about."""
    said = turns(site.database, talk.number) if talk is not None else []
    if place.dialogue is not None:
        said = list(place.dialogue.turns)
    used_up = talk is not None and talk.ending == "limit" and place.form == "dialogue"
    return site.page(
        request, "form", status=422 if wrong else 200, visiting=visiting, place=place, typed=typed, wrong=wrong or {},
        said=said, used_up=used_up,
    )  # fmt: skip


def _due(way: Course, name: str) -> Place | None:
    """Return the form that is due if it is the one of this name; None otherwise."""
    place = way.due() if way.consented else None
    return place if place is not None and place.path == f"/form/{name}" else None
