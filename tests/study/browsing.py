"""A study served as it is in earnest, and people who visit it: a real server on loopback, real HTTP."""

import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from html import unescape
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import yaml

from hardseek.study import Design
from hardseek.study.access import Role, make_link
from hardseek.study.database import Database
from hardseek.study.web import create_app, server_of


def study_file(folder: Path, **changes: Any) -> Path:
    """Write a small study: two built-in systems, one condition, three questions."""
    both = {"en": "Text in English.", "zh": "中文。"}
    data: dict[str, Any] = {
        "name": "small",
        "title": {"en": "A small study", "zh": "一项小研究"},
        "languages": ["en"],
        "participants": 2,
        "systems": ["balanced-helper", "early-adviser"],
        "conditions": ["resistance-arguing"],
        "cards": {"limit": 2},
        "exchanges": 3,
        "forms": {
            "start": [{"kind": "text", "name": "background", "text": both, "required": False}],
            "dialogue": [
                {"kind": "likert", "name": "understood", "text": both, "low": 1, "high": 5},
                {"kind": "text", "name": "why", "text": both, "required": False},
            ],
            "system": [{"kind": "slider", "name": "recommend", "text": both}],
            "end": [{"kind": "text", "name": "remarks", "text": both, "required": False}],
        },
        "consent": both,
        "instructions": both,
        "contact": "team@example.org",
        "crisis": {"en": [{"name": "A line", "contact": "call 1"}], "zh": [{"name": "热线", "contact": "拨打 2"}]},
        **changes,
    }
    path = folder / "study.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return path


@dataclass
class Page:
    """What came back."""

    status: int
    headers: Message
    text: str
    path: str
    """Where redirects led."""

    @property
    def heading(self) -> str:
        found = re.search(r"<h1>(.*?)</h1>", self.text)
        return unescape(found.group(1)) if found else ""


class Person:
    """Somebody with a browser: cookies are kept, forms carry what their page gave them."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies = CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self.cookies))
        self.csrf = ""

    def get(self, path: str, **headers: str) -> Page:
        return self._ask(Request(f"{self.address}{path}", headers=headers))

    def post(self, path: str, fields: Mapping[str, Any] | None = None, **headers: str) -> Page:
        given = {"csrf": self.csrf, **(fields or {})}
        return self._ask(Request(f"{self.address}{path}", urlencode(given, doseq=True).encode(), headers))

    def sign_in(self, token: str) -> "Person":
        self.post(f"/in/{token}")
        return self

    def agree(self) -> "Person":
        """Agree and hand in the first form: what comes next is the first talk."""
        self.get("/consent")
        page = self.post("/consent", {"agree": "yes"})
        if page.path.startswith("/form/start"):
            self.post("/form/start", {"background": "ten years"})
        return self

    def talk(self, position: int, *words: str, how: str = "not") -> "Person":
        """Hold a talk: begin, say these words one after the other, leave unless all exchanges are used."""
        self.post(f"/talk/{position}/begin", {"distress_before": "7"})
        for place, text in enumerate(words):
            self.post(f"/talk/{position}/say", {"turn": 2 * place, "text": text})
            self.until_answered(position, 2 * place + 2)
        self.post(f"/talk/{position}/leave", {"how": how})
        return self

    def rate(self, position: int, **answers: str) -> Page:
        return self.post(f"/talk/{position}", {"distress_after": "6", "understood": "2", **answers})

    def until_answered(self, position: int, turns: int) -> None:
        for _ in range(200):
            state = yaml.safe_load(self.get(f"/talk/{position}/state").text)
            if state["over"] or len(state["turns"]) >= turns:
                return
            time.sleep(0.02)
        raise AssertionError("no answer came")

    def _ask(self, request: Request) -> Page:
        try:
            with self._opener.open(request, timeout=20) as answer:
                page = Page(answer.status, answer.headers, answer.read().decode(), answer.url[len(self.address) :])
        except HTTPError as error:
            with error:
                page = Page(error.code, error.headers, error.read().decode(), request.selector)
        found = re.search(r'name="csrf" value="([^"]+)"', page.text)
        if found:
            self.csrf = found.group(1)
        return page


@dataclass
class Served:
    """A study that is being served."""

    address: str
    design: Design
    database: Database

    def visitor(self, code: str = "P01", role: Role = "participant") -> Person:
        """Return somebody who has opened their link."""
        return Person(self.address).sign_in(make_link(self.database, role, code))

    def stranger(self) -> Person:
        """Return somebody without a link."""
        return Person(self.address)


@contextmanager
def serving(path: Path, url: str | None = None, *, trial: bool = False) -> Iterator[Served]:
    """Serve a study on loopback, on a thread of its own; kept in SQLite, or where the address says."""
    design = Design.read(path)
    with Database(path.parent / "kept", design, url=url) as database:
        app = create_app(design, database, trial=trial)
        server = server_of(app, host="127.0.0.1", port=0)
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive(), "the server did not start"
                time.sleep(0.01)
            port = server.servers[0].sockets[0].getsockname()[1]
            yield Served(f"http://127.0.0.1:{port}", design, database)
        finally:
            server.should_exit = True
            thread.join(20)
