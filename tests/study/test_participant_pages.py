"""A participant's way through a study, over HTTP and without any script."""

import json
import re
from pathlib import Path

from hardseek.study.access import make_link
from study.browsing import Person, Served, serving, study_file


def test_a_participant_goes_all_the_way(served_anywhere: Served) -> None:
    person = served_anywhere.visitor()
    assert person.get("/").path == "/"
    assert person.get("/talk/1").path == "/consent"
    page = person.post("/consent")
    assert page.status == 422 and "Please tick the box" in page.text
    page = person.post("/consent", {"agree": "yes"})
    assert page.path == "/form/start"
    page = person.post("/form/start", {"background": ""})
    assert page.path == "/talk/1" and page.heading == "How to play"
    page = person.post("/talk/1/begin", {})
    assert page.status == 422 and "Please answer this question." in page.text
    page = person.post("/talk/1/begin", {"distress_before": "8"})
    assert page.path == "/talk/1" and "You write first." in page.text
    page = person.talk(1, "I lost my job and nobody cares.", "No, that won't work.").get("/")
    assert page.text.count("questions open") == 1
    page = person.rate(1)
    assert page.path.startswith("/form/system/")
    assert person.post(page.path, {"recommend": "35"}).path == "/talk/2"
    person.talk(2, "Hi.", how="helped")
    page = person.rate(2, why="It listened.")
    assert person.post(page.path, {"recommend": "80"}).path == "/form/end"
    page = person.post("/form/end", {"remarks": "None."})
    assert page.heading == "That was all. Thank you."
    endings = served_anywhere.database.connection.execute(
        "SELECT ending FROM talks WHERE participant = 'P01'"
    ).fetchall()
    assert endings == [("withdrew",), ("resolved",)]


def test_the_talk_ends_when_all_exchanges_are_used_and_its_end_can_be_read(served_anywhere: Served) -> None:
    person = served_anywhere.visitor().agree()
    person.talk(1, "One.", "Two.", "Three.")
    page = person.get("/talk/1")
    assert page.heading == "About this conversation" and "all messages are used" in page.text
    assert "Three." in page.text and page.text.count('class="turn supporter"') == 3
    ending = served_anywhere.database.connection.execute("SELECT ending FROM talks WHERE number = 1")[0][0]
    assert ending == "limit"


def test_a_message_that_is_sent_twice_is_said_once(served_anywhere: Served) -> None:
    person = served_anywhere.visitor().agree()
    person.post("/talk/1/begin", {"distress_before": "5"})
    for _ in range(3):
        person.post("/talk/1/say", {"turn": "0", "text": "Hello?"})
    person.until_answered(1, 2)
    assert person.get("/talk/1").text.count("<bdi>Hello?</bdi>") == 1
    assert "Hello?</textarea>" not in person.get("/talk/1").text


def test_what_is_sent_from_an_old_window_is_kept_in_the_box(served_anywhere: Served) -> None:
    person = served_anywhere.visitor().agree()
    person.talk(1, "First.", how="never")
    page = person.post("/talk/1/say", {"turn": "0", "text": "Something else."})
    assert "Something else.</textarea>" in page.text
    assert page.text.count('class="turn seeker"') == 1


def test_nothing_is_said_where_nothing_is_typed_and_no_turn_is_made_up(served: Served) -> None:
    person = served.visitor().agree()
    person.post("/talk/1/begin", {"distress_before": "5"})
    for turn, text in (("0", "  \n "), ("1", "As the assistant."), ("x", "Hm."), ("", "Hm."), ("-2", "Hm.")):
        person.post("/talk/1/say", {"turn": turn, "text": text})
    assert json.loads(person.get("/talk/1/state").text)["turns"] == []


def test_one_goes_on_on_another_device_with_what_was_typed(served_anywhere: Served) -> None:
    token = make_link(served_anywhere.database, "participant", "P01")
    phone, desk = (Person(served_anywhere.address).sign_in(token) for _ in range(2))
    phone.agree().post("/talk/1/begin", {"distress_before": "5"})
    assert phone.post("/draft", {"place": "talk:1", "text": "I was going to say"}).status == 204
    assert "I was going to say</textarea>" in desk.get("/talk/1").text
    desk.post("/talk/1/say", {"turn": "0", "text": "I was going to say hello."})
    desk.until_answered(1, 2)
    assert "I was going to say</textarea>" not in desk.get("/talk/1").text
    assert "I was going to say hello." in phone.get("/talk/1").text
    phone.post("/talk/1/leave", {"how": "not"})
    phone.post("/draft", {"place": "dialogue:1", "understood": "4", "why": "Because", "stranger": "x"})
    page = desk.get("/talk/1")
    assert 'value="4" checked' in page.text and "Because</textarea>" in page.text
    kept = served_anywhere.database.connection.execute("SELECT fields FROM drafts WHERE place = 'dialogue:1'")[0][0]
    assert json.loads(kept) == {"understood": ["4"], "why": ["Because"]}


def test_what_was_answered_stays_when_something_is_missing(served: Served) -> None:
    person = served.visitor().agree()
    person.talk(1, "Hello.")
    page = person.post("/talk/1", {"why": "It <b>asked</b>.", "understood": "3"})
    assert page.status == 422
    assert "It &lt;b&gt;asked&lt;/b&gt;.</textarea>" in page.text and 'value="3" checked' in page.text
    assert "Because" not in page.text
    assert "It &lt;b&gt;asked&lt;/b&gt;.</textarea>" in person.get("/talk/1").text


def test_talks_come_in_their_order(served: Served) -> None:
    person = served.visitor().agree()
    for path in ("/talk/2", "/talk/99", "/form/end", "/form/system/A"):
        assert person.get(path).path == "/talk/1", path
    person.post("/talk/2/begin", {"distress_before": "1"})
    begun = served.database.connection.execute("SELECT count(*) FROM talks WHERE begun NOTNULL")[0][0]
    assert begun == 0


def test_the_language_is_the_participants_until_they_switch(tmp_path: Path) -> None:
    with serving(study_file(tmp_path, languages=["zh"])) as served:
        person = served.visitor()
        assert '<html lang="zh">' in person.get("/").text and "热线" in person.get("/").text
        assert '<html lang="en">' in person.get("/?lang=en").text
        assert "A line" in person.get("/consent").text
        assert '<html lang="zh">' in person.get("/consent?lang=zh").text
        stranger = served.stranger()
        assert "你还没有登录" in stranger.get("/", **{"Accept-Language": "zh-CN,en;q=0.5"}).text
        assert "You are not signed in" in stranger.get("/", **{"Accept-Language": "de"}).text


def test_a_crisis_resource_stands_on_every_page(served: Served) -> None:
    person = served.visitor()
    pages = [served.stranger().get("/"), served.stranger().get("/no/such"), person.get("/"), person.get("/consent")]
    person.agree()
    pages += [person.get("/talk/1"), person.get("/stop"), person.get("/help")]
    person.talk(1, "Hi.", how="never")
    pages += [person.get("/talk/1"), served.visitor("R", "researcher").get("/research")]
    assert all("call 1" in page.text for page in pages)
    # All places stand on one page, once, those in the reader's language first.
    for language, order in (("en", ["call 1", "拨打 2"]), ("zh", ["拨打 2", "call 1"])):
        assert re.findall("call 1|拨打 2", person.get(f"/help?lang={language}").text) == order


def test_a_changed_consent_text_is_asked_for_again(tmp_path: Path) -> None:
    with serving(study_file(tmp_path)) as served:
        served.visitor().agree()
    with serving(study_file(tmp_path, consent="Another text.")) as served:
        person = served.visitor()
        assert person.get("/talk/1").path == "/consent"
        assert "Another text." in person.get("/consent").text


def test_stopping_keeps_or_deletes_as_asked(served_anywhere: Served) -> None:
    for code, how, kept in (("P01", "keep", 3), ("P02", "delete", 0)):
        person = served_anywhere.visitor(code).agree()
        person.talk(1, "A secret of mine.", how="never")
        person.post("/draft", {"place": "talk:1", "text": "Typed."})
        assert person.post("/stop", {"how": how}).status == 422
        page = person.post("/stop", {"how": how, "sure": "yes"})
        assert page.heading == "You have stopped taking part"
        assert person.get("/").status == 401
        ask = served_anywhere.database.connection.execute
        found = ask(
            "SELECT (SELECT count(*) FROM turns JOIN talks ON talk = number WHERE participant = ?) + "
            "(SELECT count(*) FROM answers WHERE participant = ? AND item = 'distress_before'), "
            "(SELECT count(*) FROM drafts WHERE participant = ?)",
            (code, code, code),
        ).fetchone()
        assert found == (kept, 0)


def test_what_was_deleted_is_gone_from_the_disk(served: Served, tmp_path: Path) -> None:
    person = served.visitor().agree()
    person.talk(1, "An unmistakable secret.", how="never")
    person.post("/stop", {"how": "delete", "sure": "yes"})
    left = b"".join(path.read_bytes() for path in (tmp_path / "kept").iterdir())
    assert b"unmistakable" not in left
