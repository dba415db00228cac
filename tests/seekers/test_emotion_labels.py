"""The 28 labels that protocols plan emotions with."""

from collections import Counter

import pytest

from hardseek.language import detect
from hardseek.seekers.emotions import emotion_group, emotion_labels


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
