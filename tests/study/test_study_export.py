"""What a study leaves, read by what reads it."""

import csv
import io
import json
from pathlib import Path

import pytest

from hardseek.cli.runs.results import view_of
from hardseek.errors import Refused
from hardseek.judging import DOES_NOT_APPLY
from hardseek.report import render_report
from hardseek.runs import Store
from hardseek.study.export import export
from hardseek.study.formats import as_csv
from hardseek.study.tables import rating_rows
from hardseek.validity.judge import read_ratings
from study.browsing import Person, Served, serving, study_file


def played(served: Served) -> list[Person]:
    """Let one participant hold both talks, and another one of them."""
    one, other = served.visitor("P01").agree(), served.visitor("P02").agree()
    one.talk(1, "I lost my job.", "That is no use.")
    page = one.rate(1, why="=1+1")
    one.post(page.path, {"recommend": "10"})
    one.talk(2, "Hello.", how="helped")
    page = one.rate(2, understood="5", distress_after="2")
    one.post(page.path, {"recommend": "90"})
    other.talk(1, "I am here.", how="never")
    return [one, other]


def test_talks_become_dialogues_with_ratings_that_the_report_shows(served: Served, tmp_path: Path) -> None:
    played(served)
    out = tmp_path / "run"
    assert export(served.database, served.design, out) == 2  # what is going on is left out
    with Store(out) as store:
        dialogues = [dialogue for _, dialogue in store.finished()]
        assert [dialogue.ending for dialogue in dialogues] == ["withdrew", "resolved"]
        assert [turn.speaker for turn in dialogues[0].turns] == ["seeker", "supporter"] * 2
        assert dialogues[0].turns[0].text == "I lost my job." and dialogues[0].condition == "resistance-arguing"
        ratings = {rating.dimension: rating for rating in store.ratings(dialogues[1].id)}
        assert ratings["people: relief"].score == 5.0  # 7 before, 2 after
        assert ratings["people: understood"].score == 5.0
        assert ratings["people: understood"].grounds is not None
        assert ratings["people: understood"].grounds.members == {"P01": 5.0}
        assert store.noted("signature")["seeker"] == "human"
        view = view_of(store)
        assert view.headline == "people: relief"
        assert "Relief (told by the participant)" in render_report(view)


def test_ratings_are_read_by_validate_judge(served: Served, tmp_path: Path) -> None:
    played(served)
    out = tmp_path / "run"
    export(served.database, served.design, out)
    given = read_ratings(out / "ratings.csv")
    with Store(out) as store:
        known = {dialogue.id: dialogue.system for _, dialogue in store.finished()}
    assert {(one.item, one.cluster) for one in given} == set(known.items())
    assert {one.rater for one in given} == {"P01"}
    assert {one.dimension for one in given} == {"distress_before", "distress_after", "understood"}
    assert sorted(one.score for one in given if one.dimension == "understood" and one.score) == [2.0, 5.0]


def test_answers_are_exact_as_json_and_safe_as_a_table(served: Served, tmp_path: Path) -> None:
    played(served)
    out = tmp_path / "run"
    export(served.database, served.design, out)
    exact = [json.loads(line) for line in (out / "answers.jsonl").read_text(encoding="utf-8").splitlines()]
    table = list(csv.DictReader(io.StringIO((out / "answers.csv").read_text(encoding="utf-8"))))
    assert len(exact) == len(table)
    assert [row["value"] for row in exact if row["item"] == "why" and row["position"] == 1] == ["=1+1"]
    assert [row["value"] for row in table if row["item"] == "why" and row["position"] == "1"] == ["'=1+1"]
    recommended = {row["system"]: row["value"] for row in exact if row["item"] == "recommend"}
    first = served.design.assigned[0].system
    assert recommended[first] == 10.0 and sorted(recommended) == ["balanced-helper", "early-adviser"]
    assert {row["participant"] for row in exact} == {"P01", "P02"}
    dictionary = (out / "dictionary.md").read_text(encoding="utf-8")
    assert all(f"`{row['item']}`" in dictionary for row in exact)


def test_who_deleted_is_in_no_export(served: Served, tmp_path: Path) -> None:
    one, _ = played(served)
    before = rating_rows(served.database, served.design)
    one.post("/stop", {"how": "delete", "sure": "yes"})
    assert before and rating_rows(served.database, served.design) == []
    with pytest.raises(Refused, match="no talk of this study has ended"):
        export(served.database, served.design, tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_a_question_that_does_not_apply_is_unscored(tmp_path: Path) -> None:
    item = {"kind": "likert", "name": "understood", "text": "t", "may_not_apply": True}
    with serving(study_file(tmp_path, forms={"dialogue": [item]}, distress=False)) as served:
        person = served.visitor().agree()
        person.talk(1, "Hi.")
        person.rate(1, understood="n/a")
        export(served.database, served.design, tmp_path / "run")
        with Store(tmp_path / "run") as store:
            _, dialogue = next(iter(store.finished()))
            (rating,) = store.ratings(dialogue.id)
        assert rating.score is None and rating.unscored == DOES_NOT_APPLY
        assert rating_rows(served.database, served.design)[0]["score"] is None


def test_ids_and_replicates_stay_the_same_while_a_study_goes_on(served: Served, tmp_path: Path) -> None:
    _, other = played(served)
    export(served.database, served.design, tmp_path / "early")
    other.post("/talk/1/leave", {"how": "not"})
    other.rate(1)
    export(served.database, served.design, tmp_path / "late")
    found = []
    for name in ("early", "late"):
        with Store(tmp_path / name) as store:
            found.append({(dialogue.id, dialogue.replicate) for _, dialogue in store.finished()})
    assert len(found[0]) == 2 and len(found[1]) == 3 and found[0] < found[1]


def test_numbers_below_nought_stay_numbers_in_a_table() -> None:
    assert as_csv([{"value": -3.0}, {"value": "-3"}], ["value"]) == "value\n-3.0\n'-3\n"
