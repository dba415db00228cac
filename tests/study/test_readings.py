"""Stored dialogues that several people read and rate."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from hardseek.errors import Refused
from hardseek.runs import Store
from hardseek.study import Design, Study, plan_text
from hardseek.study.export import export
from hardseek.study.sharing import assign_readings
from hardseek.validity.judge import read_ratings
from study.browsing import Served, serving, study_file

ITEM = {"kind": "likert", "name": "warmth", "text": "How warm?", "low": 0, "high": 4}


def study(participants: int, each: int, raters: int) -> Study:
    line = [{"name": "A line", "contact": "call 1"}]
    return Study.model_validate(
        {
            "name": "s", "title": "t", "languages": ["en"], "participants": participants, "dialogues": 0,
            "reading": {"dialogues": "x.jsonl", "each": each, "raters": raters, "items": [ITEM]},
            "consent": "c", "instructions": "i", "contact": "x", "crisis": {"en": line},
        }
    )  # fmt: skip


@given(some.integers(1, 12), some.integers(1, 4), some.integers(1, 4), some.integers(0, 30))
@settings(max_examples=60)
def test_the_same_number_of_people_read_each_dialogue(people: int, raters: int, stride: int, more: int) -> None:
    each = raters * stride
    pool = [f"d{number}" for number in range(each + more)]
    found = assign_readings(study(people, each, raters), {"en": pool})
    assert all(len(set(ids)) == each for ids in found.values())
    counts = Counter(identity for ids in found.values() for identity in ids)
    if len(pool) >= (people + raters - 1) * stride:  # nobody came round to the beginning
        full = max(0, people - raters + 1) * stride
        assert sum(count == raters for count in counts.values()) == full
        assert max(counts.values()) <= raters
    if len(pool) == people * stride:  # everybody came round once: all are even
        assert set(counts.values()) == {raters}
    fewer = assign_readings(study(people, each, raters), {"en": pool[::-1]})
    assert fewer == found  # the order of the file does not matter
    later = assign_readings(study(people + 1, each, raters), {"en": pool})
    assert {code: later[code] for code in found} == found


def test_too_few_dialogues_and_uneven_overlaps_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="2 dialogues in en, and each participant is to read 4"):
        assign_readings(study(2, 4, 2), {"en": ["a", "b"]})
    with pytest.raises(ValueError, match="no multiple of raters"):
        study(2, 3, 2)
    with pytest.raises(Refused, match="there is nothing to do"):
        Design.read(study_file(tmp_path, dialogues=0))


def stored(folder: Path, count: int) -> None:
    """Write dialogues of a system that says its name in its id and, in some, in its words."""
    lines = []
    for number in range(count):
        messages = [{"role": "user", "content": f"I am sad {number}."}, {"role": "assistant", "content": "<i>Oh.</i>"}]
        name = f"secret-{number % 2}"
        lines.append({"id": f"{name}-{number}", "system": name, "condition": "unseen", "card": f"c{number}",
                      "language": "en", "messages": messages, "ending": "limit"})  # fmt: skip
    (folder / "stored.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")


def reading_study(folder: Path, **changes: Any) -> Path:
    stored(folder, 4)
    reading = {"dialogues": "stored.jsonl", "each": 4, "raters": 2, "items": [ITEM]}
    return study_file(folder, dialogues=0, forms={}, reading=reading, distress=False, **changes)


def read_all(served: Served, code: str, scores: dict[str, int]) -> None:
    """Let a participant read all, and score each dialogue as is told by its id."""
    person = served.visitor(code).agree()
    ids = served.design.readings[code]
    for number, identity in enumerate(ids, start=1):
        page = person.get("/")
        assert f"{number - 1} of 4 conversations read" in page.text
        page = person.get(f"/form/reading/{number}")
        assert "&lt;i&gt;Oh.&lt;/i&gt;" in page.text
        assert "secret" not in page.text and "unseen" not in page.text
        person.post("/draft", {"place": f"reading:{number}", "warmth": "1"})
        assert 'value="1" checked' in person.get(f"/form/reading/{number}").text
        person.post(f"/form/reading/{number}", {"warmth": str(scores[identity])})
    assert person.get("/").heading == "That was all. Thank you."


def test_people_read_rate_and_agree(tmp_path: Path) -> None:
    with serving(reading_study(tmp_path)) as served:
        assert "Dialogues to read, by how many participants: 4 by 2; 0 by none." in plan_text(served.design)
        scores = {identity: place for place, identity in enumerate(sorted(served.design.stored))}
        read_all(served, "P01", scores)
        read_all(served, "P02", {identity: min(4, score + 1) for identity, score in scores.items()})
        researcher = served.visitor("R", "researcher").get("/research")
        assert researcher.text.count("<td>4 / 4</td>") == 2
        out = tmp_path / "run"
        assert export(served.database, served.design, out) == 4
    given_ratings = read_ratings(out / "ratings.csv")
    assert len(given_ratings) == 8 and {one.cluster for one in given_ratings} == {"secret-0", "secret-1"}
    with Store(out) as store:
        (rating,) = store.ratings("secret-0-0")
        assert rating.score == 0.5 and rating.grounds is not None
        assert rating.grounds.members == {"P01": 0.0, "P02": 1.0}
        assert {dialogue.id for _, dialogue in store.finished()} == set(scores)


def test_one_name_for_two_questions_is_refused(tmp_path: Path) -> None:
    stored(tmp_path, 4)
    reading = {"dialogues": "stored.jsonl", "each": 2, "items": [ITEM]}
    other = {**ITEM, "high": 5}
    with pytest.raises(Refused, match=r"warmth is asked otherwise in forms\.dialogue"):
        Design.read(study_file(tmp_path, reading=reading, forms={"dialogue": [other]}))
    assert Design.read(study_file(tmp_path, reading=reading, forms={"dialogue": [ITEM]})).readings


def test_readings_come_after_the_talks(tmp_path: Path) -> None:
    stored(tmp_path, 4)
    reading = {"dialogues": "stored.jsonl", "each": 2, "items": [ITEM]}
    with serving(study_file(tmp_path, reading=reading, forms={}, dialogues=1)) as served:
        person = served.visitor().agree()
        assert person.get("/form/reading/1").path == "/talk/1"
        person.talk(1, "Hello.")
        assert person.post("/talk/1", {"distress_after": "3"}).path == "/form/reading/1"
        assert person.post("/form/reading/2", {"warmth": "1"}).path == "/form/reading/1"
