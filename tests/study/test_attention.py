"""Attention checks: told what to choose, asked again, read again; counted and flagged, and nobody is left out."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from hardseek.errors import Refused
from hardseek.study import Design, plan_text
from hardseek.study.answers import Given, all_answers
from hardseek.study.attention import checks, failed, flagged, planned
from hardseek.study.export import export
from study.browsing import Person, Served, serving, study_file

ITEM = {"kind": "likert", "name": "warmth", "text": "How warm?", "low": 0, "high": 4}
CHOICE = {"kind": "choice", "name": "would", "text": "Would you?", "options": {"yes": "Yes", "no": "No"}}
CHECK = {"kind": "check", "name": "attentive", "expected": 2}


def forms(**more: Any) -> dict[str, Any]:
    again = [{"kind": "repeat", "of": "warmth"}, {"kind": "repeat", "of": "would"}]
    return {"dialogue": [ITEM, CHOICE, CHECK, *again], **more}


def rate(person: Person, position: int, **answers: str) -> None:
    given = {"warmth": "3", "would": "yes", "attentive": "2", "warmth_again": "3", "would_again": "yes", **answers}
    page = person.post(f"/talk/{position}", given)
    assert page.status == 200


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def outcomes(served: Served) -> dict[str, bool]:
    return {check.item: check.passed for check in checks(served.design, all_answers(served.database))}


def test_an_instructed_question_says_what_to_choose_in_both_languages(tmp_path: Path) -> None:
    with serving(study_file(tmp_path, forms=forms(), distress=False)) as served:
        person = served.visitor().agree()
        person.post("/talk/1/begin")
        person.post("/talk/1/leave", {"how": "not"})
        assert "please choose 2 here." in person.get("/talk/1").text
        assert "这一题请选 2。" in person.get("/talk/1?lang=zh").text
        assert person.get("/talk/1?lang=en").text.count("How warm?") == 2
        rate(person, 1)
        assert outcomes(served) == {"attentive": True, "warmth_again": True, "would_again": True}


def test_failures_are_counted_flagged_and_left_out_nowhere(tmp_path: Path) -> None:
    path = study_file(tmp_path, forms=forms(), distress=False, attention={"allowed": 2})
    with serving(path) as served:
        for code, answers in {
            "P01": {"attentive": "3", "warmth_again": "0", "would_again": "no"},
            "P02": {"attentive": "3", "warmth_again": "4"},  # one step off is the same answer
        }.items():
            person = served.visitor(code).agree()
            person.talk(1, "Hello.")
            rate(person, 1, **answers)
        found = checks(served.design, all_answers(served.database))
        assert failed(found) == {"P01": 3, "P02": 1} and flagged(served.design, found) == ["P01"]
        assert export(served.database, served.design, tmp_path / "run") == 2
        researcher = served.visitor("R", "researcher")
        assert researcher.get("/research").status == 200
    tables = {name: table(tmp_path / "run" / f"{name}.csv") for name in ("participants", "checks", "ratings")}
    assert [(row["participant"], row["checks"], row["failed"], row["flagged"]) for row in tables["participants"]] == [
        ("P01", "3", "3", "True"), ("P02", "3", "1", "False"),
    ]  # fmt: skip
    assert {row["kind"] for row in tables["checks"]} == {"instructed", "repeated"}
    # Both stay in the ratings; a check and a second answer are no dimensions.
    assert {(row["rater"], row["dimension"]) for row in tables["ratings"]} == {("P01", "warmth"), ("P02", "warmth")}


def test_dialogues_come_once_more_without_being_told(tmp_path: Path) -> None:
    lines = [
        {"id": f"d{number}", "system": "s", "condition": "c", "card": f"c{number}", "language": "en", "ending": "limit",
         "messages": [{"role": "user", "content": f"I am sad {number}."}, {"role": "assistant", "content": "Oh."}]}
        for number in range(4)
    ]  # fmt: skip
    (tmp_path / "stored.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    reading = {"dialogues": "stored.jsonl", "each": 4, "raters": 2, "repeats": 2, "items": [ITEM]}
    path = study_file(tmp_path, dialogues=0, forms={}, reading=reading, distress=False)
    with serving(path) as served:
        assert "2 of them come once more at the end" in plan_text(served.design)
        person = served.visitor().agree()
        order = [*served.design.readings["P01"], *served.design.again["P01"]]
        assert set(served.design.again["P01"]) <= set(served.design.readings["P01"][:2])
        for number, identity in enumerate(order, start=1):
            page = person.get(f"/form/reading/{number}")
            assert f"I am sad {identity[1:]}." in page.text and "again" not in page.text.replace('class="again"', "")
            late = number > 4
            person.post(f"/form/reading/{number}", {"warmth": "4" if late and number == 6 else "1"})
        assert "That was all" in person.get("/").text
        found = checks(served.design, all_answers(served.database))
        assert [check.kind for check in found] == ["reread"] * 2 and sum(check.passed for check in found) == 1
        export(served.database, served.design, tmp_path / "run")
    ratings = (tmp_path / "run" / "ratings.csv").read_text(encoding="utf-8").splitlines()
    assert len(ratings) == 5 and all(",1.0," in row for row in ratings[1:])  # the first reading is the rating


def test_what_does_not_apply_twice_is_the_same_answer(tmp_path: Path) -> None:
    items = [{**ITEM, "may_not_apply": True}, {"kind": "repeat", "of": "warmth", "within": 0}]
    design = Design.read(study_file(tmp_path, forms={"end": items}))

    def outcome(first: str | float | None, second: str | float | None) -> list[bool]:
        both = [Given("P01", "end", "warmth", first, ""), Given("P01", "end", "warmth_again", second, "")]
        return [check.passed for check in checks(design, both)]

    assert outcome("n/a", "n/a") == [True] and outcome("n/a", 3.0) == [False]
    assert outcome(2.0, 3.0) == [False] and outcome(None, 3.0) == []


def test_the_plan_counts_checks_and_says_the_rule(tmp_path: Path) -> None:
    design = Design.read(study_file(tmp_path, forms=forms(end=[CHECK]), attention={"allowed": 1}))
    assert planned(design) == {"instructed": 3, "repeated": 4, "reread": 0}  # two talks each
    text = plan_text(design)
    assert "up to 3 questions that say what to choose, 4 questions asked again" in text
    assert "Who fails more than 1 is flagged" in text and "Nobody is left out" in text


@pytest.mark.parametrize(
    ("item", "why"),
    [
        ({**CHECK, "expected": 9}, "expected 9 is off the scale 1 to 5"),
        ({"kind": "repeat", "of": "nothing"}, "repeat: nothing is no question"),
        ({"kind": "repeat", "of": "words"}, "repeat: words is no question with a scale"),
    ],
)
def test_checks_that_cannot_be_passed_are_refused(tmp_path: Path, item: dict[str, Any], why: str) -> None:
    words = {"kind": "text", "name": "words", "text": "Words?"}
    with pytest.raises(Refused, match=why):
        Design.read(study_file(tmp_path, forms={"end": [words, item]}))
