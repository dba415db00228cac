"""What all pages share: who is visiting, in which language, and how a page is made."""

import hmac
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hardseek.language import LANGUAGES, Language
from hardseek.report.safe import visible
from hardseek.study.access import Role, Visitor, visitor
from hardseek.study.answers import Fields
from hardseek.study.database import Database
from hardseek.study.design import Design
from hardseek.study.people import person, seen
from hardseek.study.replying import Replies
from hardseek.study.web.guard import Tries
from hardseek.study.web.words import word

SESSION: Final = "hardseek_study"
_SPOKEN: Final = "hardseek_language"
_YEAR: Final = 365 * 24 * 3600
_MOST_FIELDS: Final = 500
_MOST_DIGITS: Final = 9
_PACE: Final = 600
"""Pages a minute that one visitor may ask for; the script of a talk asks for a hundred and thirty at most."""


class TurnedAway(Exception):
    """The visitor cannot have this page; it is told in words."""

    def __init__(self, status: int, what: str) -> None:
        super().__init__(what)
        self.status = status
        self.what = what
        """The key of what to say; `WHAT_title` is its heading."""


@dataclass
class Site:
    """The study as the pages see it."""

    design: Design
    database: Database
    replies: Replies
    secure: bool
    """Whether browsers reach the site by HTTPS; cookies are then sent over nothing else."""
    trial: bool = False
    """Whether it is served to be tried, with what has to be replaced before participants come; pages say so."""
    tries: Tries = field(default_factory=Tries)
    """Links that open nothing, by the address that tried them."""
    pace: Tries = field(default_factory=lambda: Tries(most=_PACE, within=60.0))
    """Pages, by who asked for them."""
    _noticed: Tries = field(default_factory=lambda: Tries(most=1, within=20.0))
    pages: Environment = field(
        default_factory=lambda: Environment(
            loader=PackageLoader("hardseek.study.web", "templates"),
            autoescape=True,
            auto_reload=False,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
    )

    def __post_init__(self) -> None:
        self.pages.filters["visible"] = visible
        self.pages.filters["paragraphs"] = lambda text: [part.strip() for part in text.split("\n\n") if part.strip()]

    def visitor(self, request: Request) -> Visitor | None:
        """Return who is visiting, asked once a request; None for somebody who is not signed in."""
        if not hasattr(request.state, "visitor"):
            session = request.cookies.get(SESSION)
            request.state.visitor = visitor(self.database, session) if session else None
        found: Visitor | None = request.state.visitor
        return found

    def enter(self, request: Request, *roles: Role) -> Visitor:
        """Let a visitor of one of these roles in; raises TurnedAway for others, who learn nothing of it."""
        found = self.visitor(request)
        if found is None:
            raise TurnedAway(401, "signed_out")
        if not self.pace.allowed(found.code):
            raise TurnedAway(429, "too_fast")
        self.pace.count(found.code)
        if found.role not in roles:
            raise TurnedAway(404, "not_found")
        if found.role == "participant":
            self._notice(found.code)
        return found

    def _notice(self, code: str) -> None:
        """Enter that a participant is here, once in a while."""
        if self._noticed.allowed(code):
            self._noticed.count(code)
            seen(self.database, code)

    async def form(self, request: Request, visiting: Visitor) -> Fields:
        """Read what a visitor's form sends; raises TurnedAway when it is not a form of ours."""
        fields = await read_fields(request)
        given = "".join(fields.pop("csrf", []))
        if not hmac.compare_digest(given.encode(), visiting.csrf.encode()):
            raise TurnedAway(403, "stale")
        return fields

    def language(self, request: Request) -> Language:
        """Tell what to speak: what was switched to, else the participant's language, else the browser's."""
        for wanted in (request.query_params.get("lang"), request.cookies.get(_SPOKEN)):
            for known in LANGUAGES:
                if wanted == known:
                    return known
        found = self.visitor(request)
        if found is not None and found.role == "participant":
            known_one = self.design.participants.get(found.code)
            return known_one.language if known_one else person(self.database, found.code).language
        accepted = request.headers.get("accept-language", "").lower()
        if not accepted:
            return self.design.study.languages[0]
        return "zh" if accepted.startswith("zh") else "en"

    def page(self, request: Request, name: str, *, status: int = 200, **values: Any) -> Response:
        """Make a page from its template."""
        language = self.language(request)
        study = self.design.study
        found = values.pop("visiting") if "visiting" in values else self.visitor(request)
        html = self.pages.get_template(f"{name}.html.j2").render(
            ui=language,
            path=request.url.path,
            study_title=study.title.in_language(language),
            contact=study.contact.in_language(language),
            crisis=study.crisis.get(language) or next(iter(study.crisis.values())),
            visiting=found,
            csrf=found.csrf if found else "",
            called=lambda letter: (
                word("with_letter", language, letter=letter)
                if letter and study.sees.letters
                else word("assistant", language)
            ),
            trial=self.trial,
            t=lambda key, **told: word(key, language, **told),
            say=lambda said: said.in_language(language),
            **values,
        )
        response = HTMLResponse(html, status)
        if request.query_params.get("lang") in LANGUAGES:
            response.set_cookie(
                _SPOKEN, language, max_age=_YEAR, httponly=True, samesite="lax", secure=self.secure, path="/"
            )
        return response


def go(path: str) -> Response:
    """Send the browser to another page of ours."""
    return RedirectResponse(path, 303)


def whole_number(given: str) -> int:
    """Read a whole number that a page sends; raises TurnedAway for what is none, or more than a database holds."""
    if not (given.isascii() and given.isdecimal() and len(given) <= _MOST_DIGITS):
        raise TurnedAway(404, "not_found")
    return int(given)


def from_us(request: Request) -> bool:
    """Tell whether a request that changes something comes from one of our own pages, as far as the browser says."""
    origin = request.headers.get("origin")
    if origin is None or origin == "null":
        return origin is None and request.headers.get("sec-fetch-site", "same-origin") in {"same-origin", "none"}
    return urlsplit(origin).netloc == request.headers.get("host")


async def read_fields(request: Request) -> Fields:
    """Read a form: texts by field; raises TurnedAway for what comes from another site or is no form."""
    if not from_us(request):
        raise TurnedAway(403, "stale")
    kind = request.headers.get("content-type", "").partition(";")[0]
    if kind not in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        raise TurnedAway(400, "stale")
    fields: Fields = {}
    async with request.form(max_files=0, max_fields=_MOST_FIELDS) as form:
        for name, value in form.multi_items():
            if isinstance(value, str):
                fields.setdefault(name, []).append(value)
    return fields
