"""The 28 labels that protocols plan emotions with."""

import json
from collections import Counter
from pathlib import Path

import pytest

from hardseek.language import detect
from hardseek.seekers.emotions import emotion_group, emotion_labels, emotion_name

RELEASED = Path(__file__).parents[3] / "shared" / "data" / "worst_case" / "worst"


def test_there_are_the_28_labels_of_goemotions_in_their_groups() -> None:
    groups = Counter(label.group for label in emotion_labels())
    assert groups == {"positive": 12, "negative": 11, "ambiguous": 4, "neutral": 1}


def test_every_label_is_known_by_one_name_in_each_language() -> None:
    names = [word for label in emotion_labels() for word in (label.name, *label.zh)]
    assert len(names) == len(set(names))
    assert all(
        detect(label.name) == "en" and {detect(word) for word in label.zh} == {"zh"} for label in emotion_labels()
    )


@pytest.mark.parametrize(
    ("label", "group"),
    [("relief", "positive"), (" Grief ", "negative"), ("CONFUSION", "ambiguous"), ("neutral", "neutral"),
     ("如释重负", "positive"), ("烦躁", "negative"), ("惊讶", "ambiguous"), ("中立", "neutral")],
)  # fmt: skip
def test_labels_are_found_in_either_language_and_any_case(label: str, group: str) -> None:
    assert emotion_group(label) == group


@pytest.mark.parametrize("word", ["", "hopefulness", "委屈巴巴"])
def test_a_word_outside_the_set_has_no_group(word: str) -> None:
    assert emotion_group(word) is None


def test_a_label_has_one_english_name() -> None:
    assert [emotion_name(word) for word in ("难过", " Sadness ", "悲伤")] == ["sadness"] * 3
    assert {emotion_name(label.zh[0]) for label in emotion_labels()} == {label.name for label in emotion_labels()}
    assert emotion_name("疲惫") is None


@pytest.mark.corpus
@pytest.mark.skipif(not RELEASED.is_dir(), reason="the reference corpora are not here")
def test_what_the_documents_say_of_the_released_labels() -> None:
    lines = [line for path in sorted(RELEASED.glob("*.jsonl")) for line in path.read_text("utf-8").split("\n") if line]
    said = [[turn for turn in json.loads(line)["dialogue"] if turn["speaker"] == "seeker"] for line in lines]
    labels = [turn["emotion_label"] for turns in said for turn in turns]
    assert (len(labels), sum(emotion_name(label) is None for label in labels)) == (2598, 32)
    assert Counter(emotion_group(turns[-1]["emotion_label"]) for turns in said) == {"negative": 497, "ambiguous": 3}
    # The first turn's emotion has no reason, every other's has one.
    told = {(place == 0, "emotion_transition_reason" in turn) for turns in said for place, turn in enumerate(turns)}
    assert told == {(True, False), (False, True)}
    assert sorted(map(len, said))[len(said) // 2] == 5
    assert max(map(len, said)) == 15
