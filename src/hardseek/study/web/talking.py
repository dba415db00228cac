"""A participant's talk: reading the part, writing with the system, leaving, answering what is asked of it."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from hardseek.report.safe import visible
from hardseek.study.access import Visitor
from hardseek.study.acting import acting, tellable
from hardseek.study.answers import Fields, draft, drop_draft, keep_draft
from hardseek.study.talks import MOST, StudyTalk, ask_again, begin, leave, say, turns
from hardseek.study.web.course import Course, Place
from hardseek.study.web.participant import course, form_page, receive_form
from hardseek.study.web.site import Site, go


def router(site: Site) -> APIRouter:
    """Return the routes. A talk is named by its place in its participant's own order: nobody can name another's."""
    routes = APIRouter()
    _around(site, routes)
    _within(site, routes)
    return routes


def _around(site: Site, routes: APIRouter) -> None:
    """Add the pages before and after a talk, and the talk's own."""

    @routes.get("/talk/{position:int}")
    async def talk_page(request: Request, position: int) -> Response:
        visiting = site.enter(request, "participant")
        way, talk = _current(site, visiting, position)
        if talk is None:
            return go(way.next() or "/")
        if talk.step == "rating":
            place = way.of_talk(talk, "dialogue")
            typed = draft(site.database, visiting.code, place.key)
            return form_page(site, request, visiting, place, typed=typed, talk=talk)
        if talk.step == "waiting":
            place = way.of_talk(talk, "before")
            typed = draft(site.database, visiting.code, place.key)
            return _part_page(site, request, visiting, talk, place=place, typed=typed)
        return _talk_page(site, request, visiting, talk)

    @routes.post("/talk/{position:int}/begin")
    async def begun(request: Request, position: int) -> Response:
        visiting = site.enter(request, "participant")
        fields = await site.form(request, visiting)
        way, talk = _current(site, visiting, position)
        if talk is not None and talk.step == "waiting":
            place = way.of_talk(talk, "before")
            reading = receive_form(site, visiting, place, fields)
            if reading.wrong:
                return _part_page(site, request, visiting, talk, place=place, typed=fields, wrong=reading.wrong)
            begin(site.database, talk.number)
        return go(f"/talk/{position}")

    @routes.post("/talk/{position:int}/leave")
    async def left(request: Request, position: int) -> Response:
        visiting = site.enter(request, "participant")
        fields = await site.form(request, visiting)
        _, talk = _current(site, visiting, position)
        if talk is not None and fields.get("how") in (["helped"], ["not"]):
            leave(site.database, talk.number, helped=fields["how"] == ["helped"])
        return go(f"/talk/{position}")

    @routes.post("/talk/{position:int}")
    async def rated(request: Request, position: int) -> Response:
        visiting = site.enter(request, "participant")
        fields = await site.form(request, visiting)
        way, talk = _current(site, visiting, position)
        if talk is not None and talk.step == "rating":
            place = way.of_talk(talk, "dialogue")
            reading = receive_form(site, visiting, place, fields)
            if reading.wrong:
                return form_page(site, request, visiting, place, typed=fields, wrong=reading.wrong, talk=talk)
        return go(way.next() or "/")


def _within(site: Site, routes: APIRouter) -> None:
    """Add what happens while a talk goes on."""

    @routes.post("/talk/{position:int}/say")
    async def said(request: Request, position: int) -> Response:
        visiting = site.enter(request, "participant")
        fields = await site.form(request, visiting)
        _, talk = _current(site, visiting, position)
        if talk is not None and talk.step == "talking":
            text, turn = "".join(fields.get("text", [])), "".join(fields.get("turn", []))
            if turn.isascii() and turn.isdecimal() and say(site.database, talk.number, int(turn[:4]), text):
                drop_draft(site.database, visiting.code, f"talk:{position}")
            elif text.strip() not in {turn.text for turn in turns(site.database, talk.number)}:
                # Sent from a second window: nothing is said out of turn, and nothing typed is lost.
                keep_draft(site.database, visiting.code, f"talk:{position}", {"text": [text]})
            site.replies.see_to(talk.number)
        return _back(site, request, visiting, position)

    @routes.post("/talk/{position:int}/again")
    async def again(request: Request, position: int) -> Response:
        visiting = site.enter(request, "participant")
        await site.form(request, visiting)
        _, talk = _current(site, visiting, position)
        if talk is not None and talk.step == "talking":
            ask_again(site.database, talk.number)
            site.replies.see_to(talk.number)
        return _back(site, request, visiting, position)

    @routes.get("/talk/{position:int}/state")
    async def state(request: Request, position: int) -> Response:
        visiting = site.enter(request, "participant")
        return JSONResponse(_state(site, visiting, position))


def _current(site: Site, visiting: Visitor, position: int) -> tuple[Course, StudyTalk | None]:
    """Return a participant's way, and the talk at this position if it is the one that is on."""
    way = course(site, visiting)
    talk = way.talk if way.consented and way.due() is None else None
    return way, talk if talk is not None and talk.position == position else None


def _back(site: Site, request: Request, visiting: Visitor, position: int) -> Response:
    """Answer a script with what is new, and a plain form with the page."""
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse(_state(site, visiting, position))
    return go(f"/talk/{position}")


def _state(site: Site, visiting: Visitor, position: int) -> dict[str, object]:
    """Tell how a talk stands; no more of it than its participant has seen or is to see."""
    _, talk = _current(site, visiting, position)
    if talk is None or talk.step != "talking":
        return {"over": True}
    heard = turns(site.database, talk.number)
    waiting = site.replies.see_to(talk.number)
    return {
        "over": False,
        "turns": [{"speaker": turn.speaker, "text": visible(turn.text)} for turn in heard],
        "waiting": waiting,
        "failed": talk.fault is not None,
        "left": site.design.study.exchanges - (len(heard) + 1) // 2,
    }


def _told(site: Site, talk: StudyTalk) -> dict[str, Any]:
    """Return what a participant reads of their part: in the language of the card, as it is what they are to play."""
    card = site.design.cards[talk.card]
    condition = site.design.conditions[talk.condition]
    return {
        "talk": talk,
        "card": card,
        "acting": acting(condition, talk.language),
        "tellable": tellable(card, talk.language),
        "exchanges": site.design.study.exchanges,
        "instructions": site.design.study.instructions,
    }


def _part_page(
    site: Site, request: Request, visiting: Visitor, talk: StudyTalk, *, place: Place, typed: Fields,
    wrong: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    return site.page(
        request, "part", status=422 if wrong else 200, visiting=visiting, place=place, typed=typed, wrong=wrong or {},
        **_told(site, talk),
    )  # fmt: skip


def _talk_page(site: Site, request: Request, visiting: Visitor, talk: StudyTalk) -> Response:
    typed = draft(site.database, visiting.code, f"talk:{talk.position}")
    state = _state(site, visiting, talk.position)
    return site.page(
        request, "talk", visiting=visiting, **_told(site, talk), state=state, most=MOST,
        typed="".join(typed.get("text", [])),
    )  # fmt: skip
