"""People supporting people: ESConv and FailedESConv."""

import json
from itertools import groupby
from pathlib import Path

import pytest

from hardseek.errors import Refused
from hardseek.interop import PEOPLE
from interop.interop_files import Line, corpus, imported, read, write_lines

ORDINARY: Line = {
    "survey_score": {"seeker": {"initial_emotion_intensity": "4", "final_emotion_intensity": "2", "empathy": "5"}},
    "dialog": [
        {"speaker": "usr", "text": "hi "},
        {"speaker": "usr", "text": "i lost my job"},
        {"speaker": "sys", "text": "Oh no.", "strategy": "Others"},
        {"speaker": "sys", "text": "When?", "strategy": "Question"},
        {"speaker": "usr", "text": "monday"},
    ],
}
FAILED: Line = {
    "index": 17,
    "survey_score": {"seeker": {"initial_emotion_intensity": "5"}, "supporter": {}},
    "dialog": [
        {"speaker": "listener", "content": "hi\n", "annotation": {"strategy": "Others"}},
        {"speaker": "speaker", "content": "\n", "annotation": {"feedback": "2"}},
        {"speaker": "speaker", "content": "nobody calls me\n", "annotation": {"feedback": "3"}},
    ],
}


def test_what_one_person_writes_in_a_row_is_one_turn(tmp_path: Path) -> None:
    (item,) = imported(read("esconv", write_lines(tmp_path / "train.jsonl", [ORDINARY])))

    assert [(turn.speaker, turn.text) for turn in item.dialogue.turns] == [
        ("seeker", "hi\ni lost my job"),
        ("supporter", "Oh no.\nWhen?"),
        ("seeker", "monday"),
    ]
    assert (item.dialogue.system, item.dialogue.condition, item.dialogue.card, item.dialogue.language) == (
        "people",
        "esconv",
        "esconv-train-1",
        "en",
    )


def test_failed_dialogues_are_a_condition_of_their_own(tmp_path: Path) -> None:
    write_lines(tmp_path / "failed.jsonl", [FAILED])
    write_lines(tmp_path / "valid.jsonl", [ORDINARY, ORDINARY])

    dialogues = [item.dialogue for item in imported(read("esconv", tmp_path))]

    assert [(d.condition, d.card) for d in dialogues] == [
        ("failed-esconv", "esconv-failed-17"),
        ("esconv", "esconv-valid-1"),
        ("esconv", "esconv-valid-2"),
    ]
    assert [(turn.speaker, turn.text) for turn in dialogues[0].turns] == [
        ("supporter", "hi"),
        ("seeker", "nobody calls me"),
    ]


def test_what_people_answered_comes_along(tmp_path: Path) -> None:
    ordinary, failed = imported(read("esconv", write_lines(tmp_path / "both.jsonl", [ORDINARY, FAILED])))

    assert ordinary.measures == {"people: distress before": 4, "people: distress after": 2, "people: empathy": 5}
    assert failed.measures == {"people: distress before": 5, "people: feedback": 2.5}


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({"dialog": [{"speaker": "bot", "text": "x"}]}, r"line 1: .*'bot' - at `\$\.dialog\[0\]\.speaker`"),
        ({"dialog": [{"speaker": "usr"}]}, r"line 1: a message of `dialog` has no text; expected `text` or `content`"),
        ({"dialogue": []}, r"line 1: object missing required field `dialog`"),
        (
            {"dialog": [], "survey_score": {"seeker": {"empathy": "high"}}},
            r"line 1: expected `float \| null`, got `str` - at `\$\.survey_score\.seeker\.empathy`",
        ),
    ],
)
def test_a_malformed_line_is_refused(tmp_path: Path, record: Line, message: str) -> None:
    with pytest.raises(Refused, match=rf"train\.jsonl, {message}"):
        read("esconv", write_lines(tmp_path / "train.jsonl", [record]))


def test_a_folder_without_dialogues_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"expected train\.jsonl, valid\.jsonl or failed\.jsonl"):
        read("esconv", tmp_path)


def test_the_scales_of_what_people_answered_are_told_in_both_languages() -> None:
    assert {dimension.name for dimension in PEOPLE} == {
        "people: distress before",
        "people: distress after",
        "people: empathy",
        "people: relevance",
        "people: feedback",
    }
    for dimension in PEOPLE:
        assert set(dimension.title) == set(dimension.definition) == {"en", "zh"}
        assert (dimension.low, dimension.high) == (1, 5)


@pytest.mark.corpus
def test_all_dialogues_of_the_corpus_with_their_turns_and_answers() -> None:
    items = imported(read("esconv", corpus("esconv")))

    conditions = [item.dialogue.condition for item in items]
    assert (conditions.count("esconv"), conditions.count("failed-esconv")) == (1105, 98)
    assert len({item.dialogue.id for item in items}) == 1203

    runs, before = 0, 0
    for path in corpus("esconv").glob("*.jsonl"):
        for text in path.read_text(encoding="utf-8").split("\n"):
            if text:
                one = json.loads(text)
                runs += len(list(groupby(line["speaker"] for line in one["dialog"])))
                before += int(one["survey_score"]["seeker"]["initial_emotion_intensity"])
    assert sum(len(item.dialogue.turns) for item in items) == runs
    assert sum(item.measures["people: distress before"] for item in items) == before
    scales = {dimension.name: dimension for dimension in PEOPLE}
    for item in items:
        for name, value in item.measures.items():
            assert 1 <= value <= 5
            assert name in scales
