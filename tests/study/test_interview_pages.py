"""Interviews as a researcher holds them: the guide, notes kept as typed, what to come back to."""

from pathlib import Path

import pytest

from hardseek.errors import Refused
from hardseek.study import read_study
from hardseek.study.interviews.notes import begin, interviews, note_rows, notes, save
from study.browsing import Served, serving, study_file
from study.playing import GUIDE


def test_a_note_is_kept_as_it_grows_with_its_time(served_anywhere: Served) -> None:
    database = served_anywhere.database
    number = begin(database, "P01", "R1")
    assert save(database, number, "m1", "hardest", "The first")
    (first,) = notes(database, number)
    assert save(database, number, "m1", "hardest", "  The first words, and more\r\nlines ")
    (grown,) = notes(database, number)
    assert grown.text == "The first words, and more\nlines"
    assert (grown.begun, grown.number, grown.question) == (first.begun, first.number, "hardest")
    assert save(database, number, "m2", None, "Beside") and len(notes(database)) == 2
    assert save(database, number, "m1", "hardest", " ") and [note.mark for note in notes(database)] == ["m2"]
    assert not save(database, 99, "m1", None, "nowhere")
    (row,) = note_rows(database)
    assert (row["participant"], row["researcher"], row["text"], row["follow_up"]) == ("P01", "R1", "Beside", "")


def test_an_interview_is_with_a_participant_of_the_study(served: Served) -> None:
    with pytest.raises(Refused, match="no such participant"):
        begin(served.database, "P99", "R1")


def test_a_researcher_takes_notes_along_the_guide(tmp_path: Path) -> None:
    with serving(study_file(tmp_path, interview=GUIDE)) as served:
        researcher = served.visitor("R1", "researcher")
        page = researcher.get("/research/interviews")
        assert "P01" in page.text and "P02" in page.text
        page = researcher.post("/research/interviews", {"participant": "P01"})
        (held,) = interviews(served.database)
        assert page.path == f"/research/interviews/{held.number}" and held.author == "R1"
        for text in ("Thank you for coming.", "What was hardest?", "With which assistant?", "done by minute 15"):
            assert text in page.text
        note = {"mark": "abc", "question": "hardest", "text": "“Yes” <b>and</b> no", "later": "1"}
        page = researcher.post(f"{page.path}/note", note)
        assert "“Yes” &lt;b&gt;and&lt;/b&gt; no" in page.text and "To come back to" in page.text
        kept = researcher.post(f"/research/interviews/{held.number}/note", note, accept="application/json")
        assert kept.text == '{"kept":true}'
        researcher.post(f"/research/interviews/{held.number}/note", {**note, "later": "2"})
        assert "To come back to" not in researcher.get(f"/research/interviews/{held.number}").text
        assert [row.later for row in notes(served.database)] == [2]
        assert "1 notes" in researcher.post(f"/research/interviews/{held.number}/end").text
        assert interviews(served.database)[0].ended is not None
        assert "最难的是什么？" in researcher.get(f"/research/interviews/{held.number}?lang=zh").text


def test_a_question_that_is_not_in_the_guide_is_a_note_beside_it(served: Served) -> None:
    researcher = served.visitor("R1", "researcher")
    page = researcher.post("/research/interviews", {"participant": "P01"})
    assert "no guide" in page.text
    researcher.post(f"{page.path}/note", {"mark": "m", "question": "invented", "text": "Said.", "later": "0"})
    assert [note.question for note in notes(served.database)] == [None]


@pytest.mark.parametrize("number", ["99", "0", "99999999999999999999", "x"])
def test_what_is_no_interview_is_no_page(served: Served, number: str) -> None:
    researcher = served.visitor("R1", "researcher")
    researcher.get("/research/interviews")
    assert researcher.get(f"/research/interviews/{number}").status == 404
    assert researcher.post(f"/research/interviews/{number}/note", {"mark": "m", "text": "x"}).status == 404


def test_mistakes_of_the_guide_are_told(tmp_path: Path) -> None:
    twice = [{"name": "a", "text": "?"}, {"name": "a", "text": "?"}]
    with pytest.raises(Refused, match="question given twice: a"):
        read_study(study_file(tmp_path, interview={"questions": twice}))
    with pytest.raises(Refused, match=r"interview\.questions: .*at least one"):
        read_study(study_file(tmp_path, interview={"questions": []}))


def test_who_deletes_their_data_deletes_what_was_noted_of_them(served_anywhere: Served) -> None:
    database = served_anywhere.database
    for code in ("P01", "P02"):
        save(database, begin(database, code, "R1"), "m", None, f"Of {code}")
    person = served_anywhere.visitor("P01").agree()
    person.post("/stop", {"how": "delete", "sure": "yes"})
    assert [note.text for note in notes(database)] == ["Of P02"]
    assert [each.participant for each in interviews(database)] == ["P02"]
