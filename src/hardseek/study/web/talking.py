"""A participant's talk: reading the part, writing with the system, leaving, answering what is asked of it."""

import math
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from hardseek.report.safe import visible
from hardseek.study.access import Visitor
from hardseek.study.acting import acting, tellable
from hardseek.study.answers import Fields, draft, drop_draft, keep_draft
from hardseek.study.talks import MOST, StudyTalk, ask_again, begin, leave, say, time_is_up, time_left, turns
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
            turn = way.of_turn(talk)
            if turn is not None:
                typed = draft(site.database, visiting.code, turn.key)
                return form_page(site, request, visiting, turn, typed=typed, talk=talk)
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
        visiting, fields, way, talk = await _sent(site, request, position)
        if talk is not None and talk.step == "waiting":
            place = way.of_talk(talk, "before")
            reading = receive_form(site, visiting, place, fields)
            if reading.wrong:
                return _part_page(site, request, visiting, talk, place=place, typed=fields, wrong=reading.wrong)
            begin(site.database, talk.number)
        return go(f"/talk/{position}")

    @routes.post("/talk/{position:int}/leave")
    async def left(request: Request, position: int) -> Response:
        _, fields, _, talk = await _sent(site, request, position)
        if talk is not None and fields.get("how") in (["helped"], ["not"]):
            leave(site.database, talk.number, helped=fields["how"] == ["helped"])
        return go(f"/talk/{position}")

    @routes.post("/talk/{position:int}")
    async def rated(request: Request, position: int) -> Response:
        visiting, fields, way, talk = await _sent(site, request, position)
        unrated = talk is not None and way.of_turn(talk) is not None
        if talk is not None and talk.step == "rating" and not unrated:
            place = way.of_talk(talk, "dialogue")
            reading = receive_form(site, visiting, place, fields)
            if reading.wrong:
                return form_page(site, request, visiting, place, typed=fields, wrong=reading.wrong, talk=talk)
        return go(way.anew().next() or "/")


def _within(site: Site, routes: APIRouter) -> None:
    """Add what happens while a talk goes on."""

    @routes.post("/talk/{position:int}/say")
    async def said(request: Request, position: int) -> Response:
        visiting, fields, way, talk = await _sent(site, request, position)
        if talk is not None and way.of_turn(talk) is not None:
            # Its last answer is to be rated first; nothing typed is lost.
            keep_draft(site.database, visiting.code, f"talk:{position}", {"text": fields.get("text", [])})
        elif talk is not None and talk.step == "talking":
            text, turn = "".join(fields.get("text", [])), "".join(fields.get("turn", []))
            if turn.isascii() and turn.isdecimal() and say(site.database, talk.number, int(turn[:4]), text):
                drop_draft(site.database, visiting.code, f"talk:{position}")
            elif text.strip() not in {turn.text for turn in turns(site.database, talk.number)}:
                # Sent from a second window: nothing is said out of turn, and nothing typed is lost.
                keep_draft(site.database, visiting.code, f"talk:{position}", {"text": [text]})
            site.replies.see_to(talk.number)
        return _back(site, request, visiting, position)

    @routes.post("/talk/{position:int}/turn")
    async def turn_rated(request: Request, position: int) -> Response:
        visiting, fields, way, talk = await _sent(site, request, position)
        place = way.of_turn(talk) if talk is not None else None
        # Sent from an old window, answers are not taken for those about another turn.
        if talk is not None and place is not None and fields.pop("about", []) == [place.key]:
            reading = receive_form(site, visiting, place, fields)
            if reading.wrong and talk.step == "rating":
                return form_page(site, request, visiting, place, typed=fields, wrong=reading.wrong, talk=talk)
            if reading.wrong:
                return _talk_page(site, request, visiting, talk, wrong=reading.wrong)
        return go(f"/talk/{position}")

    @routes.post("/talk/{position:int}/again")
    async def again(request: Request, position: int) -> Response:
        visiting, _, _, talk = await _sent(site, request, position)
        if talk is not None and talk.step == "talking":
            ask_again(site.database, talk.number)
            site.replies.see_to(talk.number)
        return _back(site, request, visiting, position)

    @routes.get("/talk/{position:int}/state")
    async def state(request: Request, position: int) -> Response:
        visiting = site.enter(request, "participant")
        return JSONResponse(_state(site, visiting, position))


async def _sent(site: Site, request: Request, position: int) -> tuple[Visitor, Fields, Course, StudyTalk | None]:
    """Read what a participant sends about a talk: who they are, what it says, and where they stand."""
    visiting = site.enter(request, "participant")
    fields = await site.form(request, visiting)
    return visiting, fields, *_current(site, visiting, position)


def _current(site: Site, visiting: Visitor, position: int) -> tuple[Course, StudyTalk | None]:
    """Return a participant's way, and the talk at this position if it is the one that is on."""
    way = course(site, visiting)
    talk = way.talk if way.consented and way.due() is None else None
    if talk is None or talk.position != position:
        return way, None
    if talk.step == "talking" and time_left(talk, site.design.minutes(position)) == 0:
        # An answer that is under way is waited for; nothing more can be said meanwhile.
        if not site.replies.see_to(talk.number):
            time_is_up(site.database, talk.number)
            way = way.anew()
        return way, way.talk
    return way, talk


def _back(site: Site, request: Request, visiting: Visitor, position: int) -> Response:
    """Answer a script with what is new, and a plain form with the page."""
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse(_state(site, visiting, position))
    return go(f"/talk/{position}")


def _state(site: Site, visiting: Visitor, position: int) -> dict[str, object]:
    """Tell how a talk stands; no more of it than its participant has seen or is to see."""
    way, talk = _current(site, visiting, position)
    return {"over": True} if talk is None or talk.step != "talking" else _going_on(site, way, talk)


def _going_on(site: Site, way: Course, talk: StudyTalk) -> dict[str, object]:
    position = talk.position
    heard = turns(site.database, talk.number)
    unanswered = bool(heard) and heard[-1].speaker == "seeker"
    waiting = unanswered and site.replies.see_to(talk.number)
    sees = site.design.study.sees
    seconds = time_left(talk, site.design.minutes(position))
    return {
        "over": False,
        "turns": [{"speaker": turn.speaker, "text": visible(turn.text)} for turn in heard],
        "waiting": waiting,
        "failed": talk.fault is not None,
        "left": site.design.exchanges(position) - (len(heard) + 1) // 2 if sees.left else None,
        "seconds": math.ceil(seconds) if seconds is not None and sees.left else None,
        "rate": way.of_turn(talk) is not None,
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
        "exchanges": site.design.exchanges(talk.position),
        "minutes": site.design.minutes(talk.position),
        "sees": site.design.study.sees,
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


def _talk_page(
    site: Site, request: Request, visiting: Visitor, talk: StudyTalk, *, wrong: Mapping[str, str] | None = None
) -> Response:
    way = course(site, visiting)
    place = way.of_turn(talk)
    answered = draft(site.database, visiting.code, place.key) if place is not None else {}
    typed = draft(site.database, visiting.code, f"talk:{talk.position}")
    state = _going_on(site, way, talk)
    return site.page(
        request, "talk", status=422 if wrong else 200, visiting=visiting, **_told(site, talk), state=state, most=MOST,
        typed="".join(typed.get("text", [])), place=place, answered=answered, wrong=wrong or {},
    )  # fmt: skip
