"""Talks with a practice before them, a limit of time, questions after each answer, and less to be seen."""

import json
import re
from pathlib import Path

import pytest

from hardseek.errors import Refused
from hardseek.study import Design, plan_text
from hardseek.study.answers import all_answers
from hardseek.study.export import export
from hardseek.study.tables import answer_rows, rating_rows
from hardseek.study.talks import all_talks, talks_of
from study.browsing import serving, study_file

PRACTICE = {"system": "reflective-listener", "condition": "average", "exchanges": 1}
TURN = {"kind": "likert", "name": "helped", "text": "Did it help?", "low": 0, "high": 4}


def test_a_talk_to_practise_comes_first_and_is_in_no_result(tmp_path: Path, url: str | None) -> None:
    with serving(study_file(tmp_path, practice=PRACTICE), url) as served:
        person = served.visitor().agree()
        page = person.get("/")
        assert "Practice" in page.text and "0 of 3 conversations done" in page.text
        page = person.get("/talk/0")
        assert "This first conversation is for practice" in page.text and "Up to 1 messages" in page.text
        assert "reflective" not in page.text and "Assistant A" not in page.text
        person.talk(0, "Is this how it works?", how="never")
        page = person.get("/talk/0")
        assert page.heading == "About this conversation" and "The assistant" in page.text
        assert person.rate(0).path == "/talk/1"  # no form about the practice's system
        person.talk(1, "Hello.")
        person.rate(1)
        assert [talk.position for talk in talks_of(served.database, "P01")] == [0, 1, 2]
        assert {talk.position for talk in all_talks(served.database)} == {1, 2}
        assert export(served.database, served.design, tmp_path / "run") == 1
        assert {row["item"] for row in rating_rows(served.database, served.design)} == {
            row["dialogue"] for row in answer_rows(served.database, served.design) if row["position"] == 1
        }
        assert "a talk to practise with reflective-listener (average); in no result" in plan_text(served.design)
        assert "1 | 1 |" in plan_text(served.design)  # the practice counts in no balance


def test_a_practice_with_a_system_that_is_compared_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="practice: early-adviser is one of the systems that are compared"):
        Design.read(study_file(tmp_path, practice={**PRACTICE, "system": "early-adviser"}))
    with pytest.raises(Refused, match="practice: no card en-9 among the study's in en"):
        _ = Design.read(study_file(tmp_path, practice={**PRACTICE, "cards": {"en": "en-9"}})).practice


def test_when_time_is_up_the_talk_is_over_and_nothing_typed_is_lost(tmp_path: Path, url: str | None) -> None:
    with serving(study_file(tmp_path, exchanges=None, minutes=2), url) as served:
        assert served.design.study.exchanges == 200
        person = served.visitor().agree()
        page = person.get("/talk/1")
        assert "Up to 2 minutes" in page.text and "200" not in page.text
        person.talk(1, "Hello.", how="never")
        state = json.loads(person.get("/talk/1/state").text)
        assert 100 < state["seconds"] <= 120
        assert "Minutes left: 2" in person.get("/talk/1").text
        person.post("/draft", {"place": "talk:1", "text": "One more thi"})
        served.database.connection.execute("UPDATE talks SET begun = '2026-01-01T00:00:00+00:00' WHERE position = 1")
        person.post("/talk/1/say", {"turn": "2", "text": "One more thing."})
        page = person.get("/talk/1")
        assert page.heading == "About this conversation" and "the time is up" in page.text
        assert "One more thing." not in page.text
        (talk,) = [one for one in talks_of(served.database, "P01") if one.position == 1]
        assert talk.ending == "limit"
        assert person.rate(1).path.startswith("/form/system/")
        assert "2 minutes at most" in plan_text(served.design)


def test_an_answer_that_is_under_way_is_waited_for(tmp_path: Path) -> None:
    (tmp_path / "slow_one.py").write_text(
        "import asyncio\n\n\nasync def reply(messages):\n    await asyncio.sleep(0.6)\n    return 'At last.'\n",
        encoding="utf-8",
    )
    system = {"kind": "python", "name": "slow", "target": "slow_one:reply"}
    with serving(study_file(tmp_path, systems=[system], minutes=2)) as served:
        person = served.visitor().agree()
        person.post("/talk/1/begin", {"distress_before": "7"})
        person.post("/talk/1/say", {"turn": "0", "text": "Are you there?"})
        served.database.connection.execute("UPDATE talks SET begun = '2026-01-01T00:00:00+00:00' WHERE position = 1")
        assert json.loads(person.get("/talk/1/state").text)["waiting"]
        person.until_answered(1, 2)
        page = person.get("/talk/1")
        assert page.heading == "About this conversation" and "At last." in page.text


def test_each_answer_is_rated_before_the_next_message(tmp_path: Path, url: str | None) -> None:
    with serving(study_file(tmp_path, forms={"turn": [TURN], "dialogue": [TURN]}, exchanges=2), url) as served:
        person = served.visitor().agree()
        person.talk(1, "One.", how="never")
        page = person.get("/talk/1")
        assert "About the last answer" in page.text and re.search(r'<form id="say" hidden', page.text)
        assert json.loads(person.get("/talk/1/state").text)["rate"]
        page = person.post("/talk/1/say", {"turn": "2", "text": "Two."})
        assert page.text.count('class="turn seeker"') == 1 and "Two.</textarea>" in page.text
        assert person.post("/talk/1/turn", {"about": "turn:1:1"}).status == 422
        person.post("/draft", {"place": "turn:1:1", "helped": "4"})
        assert 'value="4" checked' in person.get("/talk/1").text
        page = person.post("/talk/1/turn", {"about": "turn:1:1", "helped": "1"})
        assert page.path == "/talk/1" and '<form id="say" hidden' not in page.text
        person.post("/talk/1/turn", {"about": "turn:1:1", "helped": "4"})  # sent twice, from another window
        person.post("/talk/1/say", {"turn": "2", "text": "Two."})
        person.until_answered(1, 4)
        # All messages are used: the last answer is rated, then the talk.
        page = person.get("/talk/1")
        assert page.heading == "About the last answer" and "Two." in page.text
        assert person.post("/talk/1", {"distress_after": "3", "helped": "4"}).heading == "About the last answer"
        assert person.post("/talk/1/turn", {"about": "turn:1:3", "helped": "4"}).heading == "About this conversation"
        assert person.post("/talk/1", {"distress_after": "3", "helped": "0"}).path == "/talk/2"
        given = {one.place: one.value for one in all_answers(served.database) if one.item == "helped"}
        assert given == {"turn:1:1": 1.0, "turn:1:3": 4.0, "dialogue:1": 0.0}
        turns = [row["turn"] for row in answer_rows(served.database, served.design) if row["form"] == "turn"]
        assert turns == [1, 3]
        scores = {row["dimension"]: row["score"] for row in rating_rows(served.database, served.design)}
        assert scores["turn_helped"] == 2.5 and scores["helped"] == 0.0
        assert export(served.database, served.design, tmp_path / "run") == 1


def test_who_leaves_rates_the_last_answer_too(tmp_path: Path) -> None:
    with serving(study_file(tmp_path, forms={"turn": [TURN]})) as served:
        person = served.visitor().agree()
        person.talk(1, "One.")
        assert person.get("/talk/1").heading == "About the last answer"
        person.post("/talk/1/turn", {"about": "turn:1:1", "helped": "1"})
        assert person.get("/talk/1").heading == "About this conversation"


def test_participants_see_what_the_study_says(tmp_path: Path) -> None:
    hidden = {"facts": False, "behaviour": False, "letters": False, "left": False}
    with serving(study_file(tmp_path, sees=hidden, forms={})) as served:
        person = served.visitor().agree()
        pages = [person.get("/"), person.get("/talk/1")]
        person.post("/talk/1/begin", {"distress_before": "7"})
        pages.append(person.get("/talk/1"))
        for page in pages:
            for absent in ("How this person behaves", "What this person could tell", "Assistant A", "Assistant B"):
                assert absent not in page.text, absent
        assert (
            "The person you play" in pages[1].text
            and '<span id="left" data-text="Messages left: {n}" hidden>' in pages[2].text
        )
        assert json.loads(person.get("/talk/1/state").text)["left"] is None
        assert "Participants are not shown: facts, behaviour, letters, left." in plan_text(served.design)
    with pytest.raises(Refused, match="without letters nobody knows which system"):
        Design.read(study_file(tmp_path, sees=hidden))


def test_ones_own_distress_is_asked_where_it_is_wanted(tmp_path: Path) -> None:
    asked = {"start": [{"kind": "distress"}], "end": [{"kind": "distress", "name": "own_after"}]}
    with serving(study_file(tmp_path, forms=asked)) as served:
        person = served.visitor()
        person.get("/consent")
        page = person.post("/consent", {"agree": "yes"})
        assert "How distressed are you yourself, right now?" in page.text
        assert person.post("/form/start", {"own_distress": "2"}).path == "/talk/1"
