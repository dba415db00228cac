"""Requests that no page of the study sends: each is told kindly, changes nothing, and breaks nothing for others."""

from pathlib import Path

import pytest

from hardseek.study.access import links, make_link
from hardseek.study.coding.codebook import Code
from hardseek.study.coding.kept import finish, keep_code, mark, marks, settlements
from hardseek.study.coding.marks import Unit
from study.browsing import Served, serving, study_file

HUGE = "9" * 5000
"""More digits than Python reads as a number."""
LARGE = "9" * 30
"""More than a database holds."""


def coded(served: Served) -> None:
    """Let a participant hold a talk, and two coders differ on its first turn."""
    person = served.visitor("P01").agree()
    person.talk(1, "Nobody helps.")
    person.rate(1)
    keep_code(served.database, "C1", Code(name="refuses", title="Refuses"))
    mark(served.database, "C1", Unit("talk:1", 0), "refuses", on=True)
    for coder in ("C1", "C2"):
        finish(served.database, coder, "talk:1", done=True)


@pytest.mark.parametrize("place", [HUGE, LARGE, "2000", "-1", "", "x", "٣"])
def test_turns_that_are_none_are_no_pages(served: Served, place: str) -> None:
    coded(served)
    admin = served.visitor("A1", "admin")
    admin.get("/research")
    settled = {"source": "talk:1", "place": place, "code": "refuses", "holds": "yes"}
    assert admin.post("/research/agreement", settled).status == 404
    assert admin.post("/coding/talk/1", {"place": place, "code": "refuses"}).status == 404
    assert settlements(served.database) == []
    assert admin.get("/research/agreement").status == 200
    assert admin.post("/research/agreement", {**settled, "place": "0"}).status == 200
    assert [one.unit for one in settlements(served.database)] == [Unit("talk:1", 0)]


@pytest.mark.parametrize("days", [HUGE, LARGE, "0", "366", "-1", "", "1.5", "٣"])
def test_links_for_days_that_are_none_are_not_made(served: Served, days: str) -> None:
    admin = served.visitor("A1", "admin")
    admin.get("/admin")
    assert admin.post("/admin/link", {"role": "coder", "code": "C1", "days": days}).status == 422
    assert [link.code for link in links(served.database)] == ["A1"]


def test_a_form_that_is_not_complete_can_be_read_in_the_other_language(served: Served) -> None:
    person = served.visitor().agree()
    page = person.post("/talk/1/begin", {})
    assert page.status == 422 and 'href="/talk/1/begin?lang=zh"' in page.text
    page = person.get("/talk/1/begin?lang=zh")
    assert page.status == 200 and page.path == "/talk/1?lang=zh" and '<html lang="zh">' in page.text
    assert person.get("/talk/1/begin?lang=//elsewhere.example").path == "/talk/1"
    assert person.get("/draft").path == "/"


def test_when_the_database_is_broken_pages_still_name_places_to_turn_to(served: Served) -> None:
    person = served.visitor().agree()
    served.database.connection.execute("ALTER TABLE sessions RENAME TO away")
    page = person.get("/talk/1", **{"Accept-Language": "en"})
    assert page.status == 500 and page.heading == "Something went wrong on our side" and "call 1" in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert "sessions" not in page.text and "sqlite" not in page.text.lower()
    served.database.connection.execute("ALTER TABLE away RENAME TO sessions")
    assert person.get("/talk/1").status == 200


def test_bytes_that_are_no_text_are_kept_by_either_database(served_anywhere: Served) -> None:
    person = served_anywhere.visitor().agree()
    odd = b"a\x00b\xff\xed\xa0\x80"
    assert person.post("/talk/1/begin", {"distress_before": "5"}).status == 200
    assert person.post("/draft", {"place": "talk:1", "text": odd}).status == 204
    assert person.post("/talk/1/say", {"turn": "0", "text": odd}).status == 200
    person.until_answered(1, 2)
    person.post("/talk/1/leave", {"how": "not"})
    assert person.rate(1, why=odd.decode(errors="replace")).status == 200
    admin = served_anywhere.visitor("A1", "admin")
    admin.get("/research")
    assert admin.post("/research/interviews", {"participant": "P01"}).path == "/research/interviews/1"
    assert admin.post("/research/interviews/1/note", {"mark": "m", "text": odd}).status == 200
    code = {"new": "yes", "name": "odd", "title": odd, "definition": odd, "of": "any", "examples": odd}
    assert admin.post("/codebook", code).status in {200, 422}
    for name in ("answers.csv", "notes.csv", "dialogues.jsonl"):
        assert admin.get(f"/research/export/{name}").status == 200


def test_all_tables_of_an_export_are_there_to_be_downloaded(served: Served) -> None:
    coded(served)
    researcher = served.visitor("R1", "researcher")
    page = researcher.get("/research").text
    tables = ("ratings", "answers", "participants", "checks", "preferences", "codes", "notes")
    for name in (*(f"{table}.csv" for table in tables), "dialogues.jsonl", "plan.md", "dictionary.md"):
        assert f'href="/research/export/{name}"' in page
        given = researcher.get(f"/research/export/{name}")
        assert given.status == 200 and given.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert researcher.get("/research/export/participants.csv").text.splitlines()[1].startswith("P01,en,")


def test_another_session_of_the_browser_is_not_kept_when_somebody_signs_in(served: Served) -> None:
    person = served.visitor("P01")
    before = next(iter(person.cookies)).value
    person.sign_in(make_link(served.database, "participant", "P02"))
    after = next(iter(person.cookies)).value
    assert after != before and len(person.cookies) == 1


def test_a_session_that_was_chosen_by_somebody_else_opens_nothing(served: Served) -> None:
    stranger = served.stranger()
    assert stranger.get("/", Cookie="hardseek_study=chosen").status == 401
    stranger.post(f"/in/{make_link(served.database, 'participant', 'P01')}", None, Cookie="hardseek_study=chosen")
    assert served.stranger().get("/", Cookie="hardseek_study=chosen").status == 401


def test_hostile_words_of_the_team_are_shown_and_do_nothing(tmp_path: Path) -> None:
    hostile = '"><script>alert(1)</script>'
    with serving(study_file(tmp_path)) as served:
        coded(served)
        admin = served.visitor("A1", "admin")
        admin.get("/research")
        admin.post("/codebook", {"new": "yes", "name": "x", "title": hostile, "theme": hostile, "of": "any",
                                 "definition": hostile, "examples": hostile})  # fmt: skip
        admin.post("/research/interviews", {"participant": "P01"})
        admin.post("/research/interviews/1/note", {"mark": "m", "text": f"</textarea>{hostile}"})
        remark = {"source": "talk:1", "place": "0", "code": "refuses", "holds": "yes", "remark": hostile}
        admin.post("/research/agreement", remark)
        shown = 0
        for path in ("/codebook", "/coding/talk/1", "/coding", "/research/interviews/1", "/research/agreement",
                     "/research/codes"):  # fmt: skip
            page = admin.get(path)
            assert page.status == 200 and "<script>alert" not in page.text
            shown += "&lt;script&gt;alert(1)" in page.text
        assert shown >= 4


def test_a_mark_that_is_none_is_not_taken_back(served: Served) -> None:
    coded(served)
    coder = served.visitor("C1", "coder")
    coder.get("/coding")
    for number in (HUGE, LARGE, "-1", ""):
        assert coder.post("/coding/talk/1", {"place": "0", "remove": number}).status == 404
    other = served.visitor("C2", "coder")
    other.get("/coding")
    made = marks(served.database, "talk:1")[0].number
    other.post("/coding/talk/1", {"place": "0", "remove": str(made)})  # of another coder
    assert len(marks(served.database, "talk:1")) == 1
    coder.post("/coding/talk/1", {"place": "0", "remove": str(made)})
    assert marks(served.database, "talk:1") == []
