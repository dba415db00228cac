"""The study file: what is read, and how mistakes are told."""

from importlib.resources import files
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import yaml

from hardseek.errors import Refused
from hardseek.language import LANGUAGES
from hardseek.study import Design, plan_text, read_study
from hardseek.study.acting import acting
from hardseek.study.answers import read_answer
from hardseek.study.items import ChoiceItem, Item, LikertItem, SliderItem, TextItem
from study.browsing import study_file

DATA = files("hardseek.study")
BOTH = {"en": "Text", "zh": "文字"}


def test_the_template_is_a_study_with_a_balanced_plan(tmp_path: Path) -> None:
    path = tmp_path / "study.yaml"
    path.write_text(DATA.joinpath("template.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    design = Design.read(path)
    assert [one.language for one in design.study.participants] == ["en", "zh"] * 4
    assert [item.name for item in design.forms["dialogue"]] == [
        "distress_after", "felt_understood", "empathy", "skill", "worst_moment",
    ]  # fmt: skip
    text = plan_text(design)
    assert "| balanced-helper, average | 2 | 2 | 2 | 2 | 8 |" in text
    assert all(f"| P{number:02} |" in text for number in range(1, 9))


@pytest.mark.parametrize("name", ["template.yaml", "acting.yaml", "web/words.yaml"])
def test_files_are_read_by_the_slow_parser_too(name: str) -> None:
    # The one in C, where it is built, takes marks that the one in Python does not.
    assert yaml.load(DATA.joinpath(*name.split("/")).read_text(encoding="utf-8"), yaml.SafeLoader)


def test_the_words_of_the_pages_take_the_same_values_in_both_languages() -> None:
    words = yaml.safe_load(DATA.joinpath("web", "words.yaml").read_text(encoding="utf-8"))["words"]
    for key, said in words.items():
        taken = [sorted(name for _, name, _, _ in Formatter().parse(said[language]) if name) for language in LANGUAGES]
        assert taken[0] == taken[1], key


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"participants": 0}, "participants: found 0; it should be 1 to 999"),
        ({"participants": ["A", "A"]}, "participant given twice: A"),
        ({"participants": [{"code": "A", "language": "zh"}]}, "participant A plays in zh, and the study's languages"),
        ({"systems": ["balanced-helpr"]}, "did you mean balanced-helper?"),
        ({"crisis": {"zh": [{"name": "n", "contact": "c"}]}}, "crisis: nothing for en"),
        ({"crises": {}}, "no such field"),
    ],
)
def test_mistakes_are_told(tmp_path: Path, changes: dict[str, Any], told: str) -> None:
    with pytest.raises(Refused, match=r"study\.yaml") as refused:
        read_study(study_file(tmp_path, **changes))
    assert told in str(refused.value)


def test_mistakes_in_forms_are_told(tmp_path: Path) -> None:
    item = {"kind": "text", "name": "same", "text": BOTH}
    with pytest.raises(Refused, match=r"forms.end: asked twice: same"):
        Design.read(study_file(tmp_path, forms={"end": [item, item]}))
    with pytest.raises(Refused, match="did you mean empathy"):
        Design.read(study_file(tmp_path, forms={"end": [{"kind": "rubric", "rubric": "esc-eval", "only": ["empaty"]}]}))
    with pytest.raises(Refused, match="a scale has 2 to 11 steps"):
        Design.read(study_file(tmp_path, forms={"end": [{**item, "kind": "likert", "low": 1, "high": 20}]}))


def test_a_rubric_that_may_not_apply_says_so(tmp_path: Path) -> None:
    design = Design.read(study_file(tmp_path, forms={"dialogue": [{"kind": "rubric", "rubric": "safety"}]}))
    asked = [item for item in design.forms["dialogue"] if isinstance(item, LikertItem) and item.may_not_apply]
    assert asked and read_answer(asked[0], ["n/a"]) == "n/a"


LIKERT = LikertItem.model_validate({"kind": "likert", "name": "a", "text": BOTH, "low": 0, "high": 4})
SLIDER = SliderItem.model_validate({"kind": "slider", "name": "a", "text": BOTH, "low": 0, "high": 1, "step": 0.1})
CHOICE = ChoiceItem.model_validate({"kind": "choice", "name": "a", "text": BOTH, "options": {"x": BOTH, "y": BOTH}})
TEXT = TextItem.model_validate({"kind": "text", "name": "a", "text": BOTH, "most": 5, "required": False})


@pytest.mark.parametrize(
    ("item", "given", "answer"),
    [
        (LIKERT, ["4"], 4.0),
        (SLIDER, ["0.3"], 0.3),
        (CHOICE, ["y"], "y"),
        (CHOICE.model_copy(update={"several": True}), ["y", "x"], "x y"),
        (TEXT, [" 好的 \r\n"], "好的"),
        (TEXT, [""], None),
        (TEXT, [], None),
    ],
)
def test_answers_are_read(item: Item, given: list[str], answer: object) -> None:
    assert read_answer(item, given) == answer


@pytest.mark.parametrize(
    ("item", "given", "wrong"),
    [
        (LIKERT, [], "missing"),
        (LIKERT, ["5"], "unreadable"),
        (LIKERT, ["2.5"], "unreadable"),
        (LIKERT, ["n/a"], "unreadable"),
        (LIKERT, ["nan"], "unreadable"),
        (SLIDER, ["1.1"], "unreadable"),
        (SLIDER, ["inf"], "unreadable"),
        (CHOICE, ["z"], "unreadable"),
        (CHOICE, ["x", "y"], "unreadable"),
        (TEXT, ["123456"], "too_long"),
    ],
)
def test_what_is_no_answer_is_never_guessed_at(item: Item, given: list[str], wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        read_answer(item, given)


def test_a_behaviour_is_worded_for_acting_without_numbers(tmp_path: Path) -> None:
    condition = {
        "name": "late", "profile": {"resistance": 0.9, "resistance_form": "arguing", "pattern": "from", "start": 4},
        "title": BOTH,
    }  # fmt: skip
    design = Design.read(study_file(tmp_path, conditions=[condition, "average"]))
    told = acting(design.conditions["late"], "en")
    assert [title for title, _ in told.manners] == ["Resistance"]
    assert "yes, but" in told.manners[0][1] and "message number 4" in told.course
    assert acting(design.conditions["average"], "zh").manners == ()


def test_a_study_that_has_begun_before_questions_became_more_keeps_its_signature(tmp_path: Path) -> None:
    # Made by the first version; another one would lock its participants out of their own study.
    assert Design.read(study_file(tmp_path)).parts["forms"] == "56211c74"
