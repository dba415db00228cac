"""What visitors may see: tried as somebody would who wants more than is theirs."""

import re
import socket
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from hardseek.study import letters
from hardseek.study.access import links, make_link, revoke
from hardseek.study.web.guard import LARGEST, Tries
from study.browsing import Page, Person, Served, serving, study_file

HOSTILE = "<script>alert(1)</script>\u202e\"'><img src=x onerror=alert(2)> {{ 7*7 }} =SUM(A1)"


def pages_of(person: Person, *more: str) -> list[Page]:
    return [person.get(path) for path in ("/", "/consent", "/talk/1", "/talk/1/state", "/stop", "/help", *more)]


def test_participants_never_learn_names_of_systems_or_conditions(served: Served) -> None:
    person = served.visitor()
    pages = [*pages_of(person)]
    person.agree()
    pages += [*pages_of(person)]
    person.talk(1, "Hello.", how="never")
    pages += [*pages_of(person)]
    person.post("/talk/1/leave", {"how": "not"})
    pages += [person.get("/talk/1"), person.rate(1), *pages_of(person, "/form/system/A", "/form/system/B")]
    for page in pages:
        everything = page.text + page.path + str(page.headers)
        for secret in ("balanced-helper", "early-adviser", "builtin", "resistance-arguing", "0.9", "P02"):
            assert secret not in everything, (page.path, secret)
    letter = letters(served.design.study, "P01")[served.design.assigned[0].system]
    assert f"Assistant {letter}" in pages[0].text


def test_the_research_pages_are_for_researchers(served: Served) -> None:
    paths = ["/research", *(f"/research/export/{name}" for name in ("ratings.csv", "dialogues.jsonl", "plan.md"))]
    for path in paths:
        assert served.stranger().get(path).status == 401
        page = served.visitor().get(path)
        assert page.status == 404 and "early-adviser" not in page.text
    researcher = served.visitor("R1", "researcher")
    assert "early-adviser" in researcher.get("/research").text
    assert researcher.get("/").path == "/research"
    page = researcher.get("/research/export/plan.md")
    assert "early-adviser" in page.text and page.headers["content-disposition"].startswith("attachment")
    assert researcher.get("/talk/1").status == 404
    assert researcher.get("/research/export/../../study.sqlite").status == 404


def test_nobody_can_name_another_persons_talk(served: Served) -> None:
    one, other = served.visitor("P01").agree(), served.visitor("P02").agree()
    one.talk(1, "This is mine alone.", how="never")
    other.post("/talk/1/begin", {"distress_before": "2"})
    for position in range(6):
        for path in (f"/talk/{position}", f"/talk/{position}/state"):
            assert "This is mine alone." not in other.get(path).text
    assert other.post("/draft", {"place": "talk:2", "text": "x"}).status == 404
    assert other.post("/draft", {"place": "system:early-adviser", "recommend": "1"}).status == 404


@pytest.mark.parametrize(
    "path", ["/consent", "/talk/1/begin", "/talk/1/say", "/talk/1/turn", "/talk/1/leave", "/draft", "/stop", "/out"]
)
def test_a_form_of_another_site_changes_nothing(served: Served, path: str) -> None:
    person = served.visitor()
    fields = {"agree": "yes", "how": "delete", "sure": "yes", "distress_before": "1", "text": "x", "turn": "0"}
    person.get("/consent")
    token, person.csrf = person.csrf, "0" * 64
    assert person.post(path, fields).status == 403
    person.csrf = token
    assert person.post(path, fields, Origin="https://elsewhere.example").status == 403
    assert person.post(path, fields, Origin="null").status == 403
    assert person.post(path, fields, **{"Sec-Fetch-Site": "cross-site"}).status == 403
    row = served.database.connection.execute("SELECT consented, stopped FROM participants").fetchone()
    assert row == (None, None)
    assert person.get("/").status == 200


def test_the_token_of_another_session_is_no_good(served: Served) -> None:
    one, other = served.visitor("P01"), served.visitor("P02")
    one.get("/consent")
    other.get("/consent")
    assert one.csrf != other.csrf
    one.csrf = other.csrf
    assert one.post("/consent", {"agree": "yes"}).status == 403


def test_headers_are_strict_everywhere(served: Served) -> None:
    person = served.visitor()
    pages = [person.get("/"), person.get("/static/study.js"), served.stranger().get("/no/such"), person.post("/x")]
    for page in pages:
        assert page.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
        assert "unsafe" not in page.headers["content-security-policy"]
        assert page.headers["x-content-type-options"] == "nosniff" and page.headers["x-frame-options"] == "DENY"
        assert page.headers["referrer-policy"] == "same-origin" and "server" not in page.headers
    assert person.get("/").headers["cache-control"] == "no-store"


def test_no_page_asks_anything_of_anybody_else_or_carries_script(served: Served) -> None:
    person = served.visitor().agree()
    person.talk(1, "Hi.", how="never")
    for page in [*pages_of(person), served.visitor("R", "researcher").get("/research")]:
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page.text)
        assert not re.search(r"<script(?! src=\"/static/)|\son\w+=|<style|style=", page.text)


def test_cookies_are_kept_from_scripts_and_other_sites(served: Served) -> None:
    person = served.visitor()
    cookie = next(iter(person.cookies))
    assert cookie.has_nonstandard_attr("HttpOnly") and cookie.get_nonstandard_attr("SameSite") == "lax"
    assert cookie.value is not None and len(cookie.value) >= 43


def test_hostile_text_is_shown_and_does_nothing(tmp_path: Path) -> None:
    mirror = tmp_path / "mirror.py"
    mirror.write_text("def reply(messages):\n    return messages[-1]['content']\n", encoding="utf-8")
    system = {"kind": "python", "name": "mirror", "target": "mirror:reply"}
    with serving(study_file(tmp_path, systems=[system])) as served:
        person = served.visitor().agree()
        person.talk(1, HOSTILE, how="never")
        page = person.get("/talk/1")
        shown = "&lt;script&gt;alert(1)&lt;/script&gt;‹U+202E›"
        assert page.text.count(shown) == 2 and "<img src=x" not in page.text and "{{ 7*7 }}" in page.text
        person.post("/talk/1/leave", {"how": "not"})
        page = person.rate(1, why=HOSTILE)
        researcher = served.visitor("R", "researcher")
        assert "<script>alert" not in researcher.get("/research").text
        table = researcher.get("/research/export/answers.csv").text
        assert "alert(1)" in table and "\n=" not in table


def test_a_link_signs_in_only_when_it_is_pressed_and_works_again(served: Served) -> None:
    token = make_link(served.database, "participant", "P01")
    person = served.stranger()
    page = person.get(f"/in/{token}")
    assert page.status == 200 and len(person.cookies) == 0  # a preview of a messenger opens it too
    person.sign_in(token)
    assert person.get("/").status == 200
    assert served.stranger().sign_in(token).get("/").status == 200


def test_links_end_when_they_expire_or_are_revoked_and_sessions_with_them(served: Served) -> None:
    person = served.visitor()
    assert revoke(served.database, "P01") == 1
    assert person.get("/").status == 401
    expired = make_link(served.database, "participant", "P02", days=-1)
    assert served.stranger().get(f"/in/{expired}").status == 403
    assert served.stranger().sign_in(expired).get("/").status == 401
    later = served.visitor("P02")
    served.database.connection.execute("UPDATE links SET expires = '2020-01-01T00:00:00+00:00'")
    assert later.get("/").status == 401
    assert [link.opens for link in links(served.database)] == [False] * 3


def test_signing_out_ends_this_session_alone(served: Served) -> None:
    token = make_link(served.database, "participant", "P01")
    here, there = served.stranger().sign_in(token), served.stranger().sign_in(token)
    here.get("/")
    here.post("/out")
    assert here.get("/").status == 401 and there.get("/").status == 200


def test_tokens_are_kept_as_hashes_alone(served: Served, tmp_path: Path) -> None:
    token = make_link(served.database, "participant", "P01")
    person = served.stranger().sign_in(token)
    session = next(iter(person.cookies)).value or "?"
    everything = b"".join(path.read_bytes() for path in (tmp_path / "kept").iterdir())
    assert token.encode() not in everything and session.encode() not in everything


def test_guessing_links_leads_nowhere_and_locks_nobody_out(served: Served) -> None:
    token = make_link(served.database, "participant", "P01")
    stranger = served.stranger()
    near = [token[:-1], token + "A", token.swapcase(), f" {token}", *(f"guess-{number}" for number in range(6))]
    assert [stranger.get(f"/in/{quote(guess)}").status for guess in near] == [403] * 10
    page = stranger.post("/in/guess-11")
    assert page.status == 429 and page.heading == "Too many tries"
    for number in range(100):
        assert stranger.post(f"/in/{number:043d}").status == 429
    assert not list(stranger.cookies)
    # Others sit behind the same address, and guessing is told to stop after they have come in too.
    assert served.stranger().get(f"/in/{token}").status == 200
    assert served.stranger().sign_in(token).get("/").status == 200
    assert stranger.get("/in/guess-12").status == 429


def test_pages_bring_their_own_icon(served: Served) -> None:
    found = re.search(r'<link rel="icon" href="([^"]+)"', served.stranger().get("/help").text)
    assert found is not None
    icon = served.stranger().get(found.group(1))
    assert icon.status == 200 and icon.headers["content-type"].startswith("image/svg+xml")


def test_tries_are_forgiven_in_time_and_memory_is_bounded() -> None:
    clock = [0.0]
    tries = Tries(most=2, within=10.0, clock=lambda: clock[0], known=3)
    tries.count("a")
    assert tries.allowed("a")
    tries.count("a")
    assert not tries.allowed("a") and tries.allowed("b")
    clock[0] = 10.0
    assert tries.allowed("a")
    for who in "bcdef":
        tries.count(who)
        tries.count(who)
    assert tries.allowed("b") and not tries.allowed("f")


def test_large_bodies_are_turned_away_even_without_a_length(served: Served) -> None:
    person = served.visitor()
    person.get("/consent")
    assert person.post("/consent", {"agree": "x" * LARGEST}).status == 413
    address = urlsplit(served.address)
    with socket.create_connection((address.hostname, address.port), timeout=20) as line:
        line.sendall(b"POST /consent HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        piece = b"x" * 65536
        for _ in range(6):
            line.sendall(b"10000\r\n" + piece + b"\r\n")
        assert line.recv(100).startswith(b"HTTP/1.1 413")


def test_broken_requests_are_told_kindly(served: Served) -> None:
    person = served.visitor()
    assert person.get("/talk/none").status == 404
    assert person.get("/static/../app.py").status == 404
    assert person.post("/consent", {}, **{"Content-Type": "application/json"}).status == 400
    assert served.stranger().get("/docs").status == 404 and served.stranger().get("/openapi.json").status == 404
