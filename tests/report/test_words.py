"""The interface's words."""

import re
from typing import get_args

import pytest

from hardseek.chat import FaultKind
from hardseek.report.words import both, interface, say, titled
from hardseek.seekers import Act, Appraisal
from hardseek.seekers.check import KINDS

HOLES = re.compile(r"\{(\w+)\}")


def test_both_languages_say_the_same_things() -> None:
    english, chinese = interface("en").strings, interface("zh").strings
    assert english.keys() == chinese.keys()
    for key, text in english.items():
        assert set(HOLES.findall(chinese[key])) <= set(HOLES.findall(text)) | {"reference", "who"}, key
        assert text.strip() and chinese[key].strip(), key


def test_chinese_is_chinese() -> None:
    plain = {"q"}
    for key, text in interface("zh").strings.items():
        assert key in plain or re.search("[\u4e00-\u9fff]", text), key


@pytest.mark.parametrize(
    "keys",
    [
        [f"act_{act}" for act in get_args(Act)],
        [f"appraisal_{name}" for name in Appraisal.__struct_fields__],
        [f"fault_{kind}" for kind in get_args(FaultKind)],
        [f"wording_{kind}" for kind in (*KINDS, "any", "other")],
    ],
)
def test_whatever_a_run_can_hold_has_words(keys: list[str]) -> None:
    assert [key for key in keys if key not in interface("en").strings] == []


def test_values_may_differ_by_language() -> None:
    said = say("head_unscored", dimension={"en": "Relief", "zh": "情绪缓解"})
    assert "Relief" in said["en"] and "情绪缓解" in said["zh"]


def test_braces_in_data_stay() -> None:
    assert "{n}" in say("head_unscored", dimension="{n}")["en"]


def test_html_is_escaped() -> None:
    assert "<b>" not in both({"en": "<b>", "zh": "<i>"})
    assert both("<b>") == "&lt;b&gt;"


def test_a_missing_title_falls_back() -> None:
    assert titled({}, "worst") == {"en": "worst", "zh": "worst"}
    assert titled({"zh": "最难"}, "worst") == {"en": "最难", "zh": "最难"}
    assert titled({"en": "Worst"}, "w") == {"en": "Worst", "zh": "Worst"}
