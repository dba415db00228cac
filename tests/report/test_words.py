"""The interface's words."""

import re
from pathlib import Path
from typing import get_args

import pytest

from hardseek.chat import FaultKind
from hardseek.errors import Refused
from hardseek.report.agreement.page import MEASURES
from hardseek.report.agreement.page import told as agreement
from hardseek.report.findings.section import told as findings
from hardseek.report.leaderboard.folder import told as leaderboard
from hardseek.report.reader.words import SCRIPT
from hardseek.report.reader.words import told as reader
from hardseek.report.reasons import REASONS
from hardseek.report.validity.words import FEATURES, PROPERTIES
from hardseek.report.validity.words import told as validity
from hardseek.report.viewing.pages import told as viewing
from hardseek.report.words import Words, both, say, titled
from hardseek.seekers import Act, Appraisal
from hardseek.seekers.check import KINDS

HOLES = re.compile(r"\{(\w+)\}")


def _files() -> list[Words]:
    return [
        say, REASONS, findings, viewing, leaderboard, reader, SCRIPT, agreement, MEASURES, validity, PROPERTIES,
        FEATURES,
    ]  # fmt: skip


@pytest.mark.parametrize("words", _files())
def test_both_languages_say_the_same_things(words: Words) -> None:
    for key, text in words.strings.items():
        assert set(HOLES.findall(text["zh"])) <= set(HOLES.findall(text["en"])) | {"reference", "who"}, key
        assert text["en"].strip() and text["zh"].strip(), key


@pytest.mark.parametrize("words", _files())
def test_chinese_is_chinese(words: Words) -> None:
    names = {"q", "auc", "icc-single", "measure_icc-single", "diverse/distinct-2"}
    for key, text in words.strings.items():
        signs = key in names or not re.search("[a-z]{3}", HOLES.sub("", text["en"]))
        assert signs or re.search("[\u4e00-\u9fffα-ω]", text["zh"]), key


def test_a_file_that_lacks_a_language_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "halved").mkdir()
    (tmp_path / "halved" / "__init__.py").touch()
    (tmp_path / "halved" / "text.yaml").write_text("id: h\nversion: 1\nstrings:\n  one: {en: One}\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(Refused, match="line 4: strings"):
        Words("halved")("one")


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
    assert [key for key in keys if key not in say.strings] == []


def test_values_may_differ_by_language() -> None:
    said = say("head_unscored", dimension={"en": "Relief", "zh": "情绪缓解"})
    assert "Relief" in said["en"] and "情绪缓解" in said["zh"]


def test_braces_in_data_stay() -> None:
    assert "{n}" in say("head_unscored", dimension="{n}")["en"]


def test_what_has_no_words_keeps_its_name() -> None:
    assert say.named("timeout", "fault_")["zh"] == say("fault_timeout")["zh"]
    assert say.named("new\u202e", "fault_") == {"en": "new‹U+202E›", "zh": "new‹U+202E›"}


def test_html_is_escaped() -> None:
    assert "<b>" not in both({"en": "<b>", "zh": "<i>"})
    assert both("<b>") == "&lt;b&gt;"


def test_a_missing_title_falls_back() -> None:
    assert titled({}, "worst") == {"en": "worst", "zh": "worst"}
    assert titled({"zh": "最难"}, "worst") == {"en": "最难", "zh": "最难"}
    assert titled({"en": "Worst"}, "w") == {"en": "Worst", "zh": "Worst"}
