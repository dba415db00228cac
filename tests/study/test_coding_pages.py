"""Coding as coders do it: blind, by themselves, kept at once; and what the researcher sees of it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardseek.study.coding import Code, Unit, code_agreement
from hardseek.study.coding.kept import (
    as_json,
    code_rows,
    codebook,
    coding,
    finish,
    finished,
    from_json,
    keep_code,
    mark,
    marks,
    settle,
    settlements,
    versions,
)
from hardseek.study.interviews.notes import begin, notes, save
from study.browsing import Person, Served, serving, study_file

CUT = Code(name="cut", title="Cuts off", theme="Shuts down", axis="resistance", form="withdrawing", of="seeker")
SOFT = Code(name="soft", title="Soft words")


def held(served: Served) -> None:
    """Let two participants hold a talk each, and note something of one of them."""
    for code in ("P01", "P02"):
        person = served.visitor(code).agree()
        person.talk(1, "I lost my job.", "No. <i>Leave it.</i>")
        person.rate(1)
    save(served.database, begin(served.database, "P01", "R1"), "m", None, "It felt like a script to me.")


@pytest.fixture
def played(tmp_path: Path, url: str | None) -> Iterator[Served]:
    with serving(study_file(tmp_path), url) as served:
        held(served)
        yield served


def talks_of(person: Person) -> list[str]:
    """Return the paths of the conversations to code."""
    return re.findall(r'<th scope="row"><a href="(/coding/talk/\d+)"', person.get("/coding").text)


def test_codes_are_given_taken_back_and_counted_once(played: Served) -> None:
    database = played.database
    keep_code(database, "R1", CUT)
    unit = Unit("talk:1", 2)
    mark(database, "C1", unit, "cut", on=True)
    mark(database, "C1", unit, "cut", on=True)
    mark(database, "C2", unit, "cut", on=True)
    mark(database, "C1", unit, "cut", (0, 3), on=True)
    assert [(one.coder, one.first) for one in marks(database, "talk:1")] == [("C1", None), ("C2", None), ("C1", 0)]
    mark(database, "C1", unit, "cut", on=False)
    assert [one.coder for one in marks(database)] == ["C2"]


def test_every_change_of_the_codebook_is_a_version(played: Served) -> None:
    database = played.database
    assert codebook(database)[0] == 0
    assert keep_code(database, "R1", CUT) == 1 and keep_code(database, "C1", SOFT) == 2
    assert keep_code(database, "C1", SOFT) == 2
    assert keep_code(database, "C1", SOFT.model_copy(update={"title": "Warm words"})) == 3
    assert [(number, author, len(book.codes)) for number, author, _, book in versions(database)] == [
        (1, "R1", 1), (2, "C1", 2), (3, "C1", 2),
    ]  # fmt: skip


def test_a_coding_is_the_same_after_it_was_written_and_read(played: Served) -> None:
    database = played.database
    keep_code(database, "R1", CUT)
    found = coding(database, played.design)
    talk = next(source for source in found.sources if source.dialogue)
    mark(database, "C1", talk.units[0], "cut", on=True)
    finish(database, "C1", talk.name, done=True)
    settle(database, "R1", talk.units[0], "cut", holds=False, remark="no")
    whole = coding(database, played.design)
    assert from_json(as_json(whole)) == whole
    assert whole.decided()[talk.units[0], "cut"] is False and len(whole.sources) == 3
    (row,) = code_rows(database, played.design)
    assert (row["text"], row["coder"], row["settled"], row["speaker"]) == ("I lost my job.", "C1", False, "seeker")


def test_a_coder_marks_and_finishes_without_learning_systems(tmp_path: Path) -> None:
    with serving(study_file(tmp_path)) as served:
        held(served)
        coder = served.visitor("C1", "coder")
        assert coder.get("/").path == "/coding"
        path = talks_of(coder)[0]
        page = coder.get(path)
        assert "There are no codes yet" in page.text
        page = coder.post("/codebook", {"title": "Cuts off", "of": "seeker", "new": "yes", "back": path})
        assert page.path == path and "&lt;i&gt;Leave it.&lt;/i&gt;" in page.text
        coder.post(
            "/codebook", {"title": "柔和", "name": "soft", "of": "any", "new": "yes", "back": "https://elsewhere.org"}
        )
        page = coder.post(path, {"place": "2", "code": ["cuts-off", "soft", "unknown"]})
        assert page.path.startswith(path) and page.text.count('<ul class="chips" data-chips><li>') == 1
        answer = coder.post(path, {"place": "2", "code": ["soft"]}, accept="application/json")
        assert json.loads(answer.text) == {"codes": ["柔和"]}
        coder.post(path, {"place": "2", "passage": "Leave it", "code": "cuts-off"})
        (passage,) = [one for one in marks(served.database) if one.first is not None]
        assert (passage.first, passage.last, passage.code) == (7, 15, "cuts-off")
        assert "does not stand there" in coder.post(path, {"place": "2", "passage": "Leave that", "code": "soft"}).text
        coder.post(path, {"place": "2", "remove": str(passage.number)})
        assert [one.code for one in marks(served.database)] == ["soft"]
        after = coder.post(f"{path}/done", {"done": "yes"})
        assert after.path != path and after.path.startswith("/coding/")
        seen = "".join(coder.get(each).text for each in ("/coding", "/codebook", path, after.path))
        for secret in ("balanced-helper", "early-adviser", "resistance-arguing", "P01", "P02"):
            assert secret not in seen


def test_a_coder_takes_back_own_marks_alone(served: Served) -> None:
    held(served)
    keep_code(served.database, "R1", SOFT)
    one, other = served.visitor("C1", "coder"), served.visitor("C2", "coder")
    path = talks_of(one)[0]
    one.post(path, {"place": "0", "passage": "I lost", "code": "soft"})
    (given,) = marks(served.database)
    assert "I lost" not in "".join(re.findall(r"Take back[^<]*", other.get(path).text))
    other.post(path, {"place": "0", "remove": str(given.number)})
    assert marks(served.database) == [given]


def test_disagreements_are_settled_by_the_researcher(served: Served) -> None:
    held(served)
    keep_code(served.database, "R1", CUT)
    path = ""
    for code in ("C1", "C2"):
        coder = served.visitor(code, "coder")
        for number, path in enumerate(talks_of(coder)):
            coder.get(path)
            if number == 0 or code == "C1":
                coder.post(path, {"place": "2", "code": "cut"})
            coder.post(f"{path}/done", {"done": "yes"})
    researcher = served.visitor("R1", "researcher")
    page = researcher.get("/research/agreement")
    kappa = next(one for one in code_agreement(coding(served.database, served.design)) if one.measure == "kappa")
    # Four turns of seekers: both give it to one, C1 alone to another: (0.75 - 0.5) / 0.5.
    assert kappa.value == pytest.approx(0.5) and "0.50" in page.text
    assert "given by C1, not by C2" in page.text
    source = f"talk:{path.rpartition('/')[2]}"
    page = researcher.post(
        "/research/agreement", {"source": source, "place": "2", "code": "cut", "holds": "yes", "remark": "ja"}
    )
    assert 'value="ja"' in page.text
    assert [(one.holds, one.author) for one in settlements(served.database)] == [(True, "R1")]
    found = researcher.get("/research/codes").text
    assert "2 / 2" in found or found.count("1 / 1") >= 2
    researcher.post("/research/agreement", {"source": source, "place": "2", "code": "cut", "holds": "open"})
    assert settlements(served.database) == []
    assert (
        researcher.post(
            "/research/agreement", {"source": "talk:99", "place": "2", "code": "cut", "holds": "yes"}
        ).status
        == 404
    )


def test_what_is_wrong_with_a_code_is_told_and_what_was_typed_stays(served: Served) -> None:
    coder = served.visitor("C1", "coder")
    coder.get("/codebook")
    page = coder.post("/codebook", {"title": "只有中文", "definition": "我写的", "new": "yes"})
    assert page.status == 422 and "needs to begin with a letter" in page.text and "我写的" in page.text
    page = coder.post(
        "/codebook", {"title": "A", "name": "a", "axis": "low_engagement", "form": "arguing", "new": "yes"}
    )
    assert page.status == 422 and "resistance alone" in page.text
    assert coder.post("/codebook", {"title": "A", "name": "a", "new": "yes"}).status == 200
    page = coder.post("/codebook", {"title": "Again", "name": "a", "new": "yes"})
    assert page.status == 422 and "of this name already" in page.text
    page = coder.post("/codebook", {"title": "Changed", "name": "a", "examples": "one\r\n\r\ntwo"})
    assert codebook(served.database)[1].codes[0].examples == ("one", "two")
    assert "earlier version" in coder.get("/codebook?version=1").text
    assert coder.get("/codebook?version=9").status == 404


def test_a_note_that_is_coded_stays_as_it_is(served: Served) -> None:
    held(served)
    keep_code(served.database, "R1", SOFT)
    (note,) = notes(served.database)
    coder = served.visitor("C1", "coder")
    coder.get(f"/coding/note/{note.number}")
    coder.post(f"/coding/note/{note.number}", {"place": "0", "passage": "a script", "code": "soft"})
    (given,) = marks(served.database)
    assert note.text[given.first : given.last] == "a script"
    assert not save(served.database, note.interview, "m", None, "Changed")
    assert notes(served.database)[0].text == note.text


def test_who_deletes_their_data_deletes_what_was_marked_in_it(played: Served) -> None:
    database = played.database
    keep_code(database, "R1", SOFT)
    sources = coding(database, played.design).sources
    for source in sources:
        mark(database, "C1", source.units[0], "soft", on=True)
        finish(database, "C1", source.name, done=True)
        settle(database, "R1", source.units[0], "soft", holds=True)
    assert sorted(source.participant for source in sources) == ["P01", "P01", "P02"]
    person = played.visitor("P01")
    person.get("/stop")
    person.post("/stop", {"how": "delete", "sure": "yes"})
    (left,) = coding(database, played.design).sources
    assert left.participant == "P02"
    assert {one.unit.source for one in marks(database)} == {left.name}
    assert {one.unit.source for one in settlements(database)} == {left.name} == set(finished(database))


PATHS = (
    "/research", "/research/interviews", "/research/interviews/1", "/research/agreement", "/research/codes",
    "/research/export/codes.csv", "/research/export/notes.csv", "/coding", "/coding/talk/1", "/coding/note/1",
    "/codebook", "/admin",
)  # fmt: skip
SENT = (
    "/research/interviews", "/research/interviews/1/note", "/research/interviews/1/end", "/research/agreement",
    "/coding/talk/1", "/coding/talk/1/done", "/codebook", "/admin/link", "/admin/revoke",
)  # fmt: skip
OPEN_TO = {
    "coder": {"/coding", "/coding/talk/1", "/coding/note/1", "/codebook", "/coding/talk/1/done"},
    "researcher": {path for path in (*PATHS, *SENT) if not path.startswith("/admin")},
}


@pytest.mark.parametrize("role", ["participant", "coder", "researcher", "admin", None])
def test_each_role_opens_what_is_its_own(served: Served, role: str | None) -> None:
    held(served)
    keep_code(served.database, "R1", CUT)
    code = "P01" if role == "participant" else "X1"
    person = served.visitor(code, role) if role else served.stranger()  # type: ignore[arg-type]
    allowed = {*PATHS, *SENT} if role == "admin" else OPEN_TO.get(role or "", set())
    person.get("/help")
    person.get("/")
    for path in PATHS:
        status = person.get(path).status
        assert status == (200 if path in allowed else 404 if role else 401), (role, path, status)
    for path in SENT:
        status = person.post(path).status
        refused = 404 if role else 401
        assert status < 500 if path in allowed else status == refused, (role, path, status)
    assert marks(served.database) == []


def test_the_team_s_forms_need_their_token(served: Served) -> None:
    held(served)
    admin = served.visitor("A1", "admin")
    admin.get("/coding")
    for path in SENT:
        admin.csrf = "0" * 64
        assert admin.post(path).status == 403, path


def test_an_admin_makes_and_ends_links(served: Served) -> None:
    admin = served.visitor("A1", "admin")
    admin.get("/admin")
    page = admin.post("/admin/link", {"role": "coder", "code": "C9", "days": "3"})
    (token,) = re.findall(r"/in/([\w-]+)<", page.text)
    coder = served.stranger().sign_in(token)
    assert coder.get("/coding").status == 200
    assert token not in admin.get("/admin").text
    assert admin.post("/admin/link", {"role": "coder", "code": "P01", "days": "3"}).status == 422
    assert admin.post("/admin/link", {"role": "participant", "code": "Q1", "days": "3"}).status == 422
    assert admin.post("/admin/revoke", {"code": "A1"}).status == 422
    admin.post("/admin/revoke", {"code": "C9"})
    assert coder.get("/coding").status == 401
