"""Rubrics: complete, in both languages, and refused by name where they are not."""

from pathlib import Path

import pytest
import yaml

from hardseek.errors import Refused
from hardseek.judging import RUBRIC_NAMES, load_rubric
from hardseek.judging.rubrics import packaged_rubric
from hardseek.language import detect

OWN = {
    "id": "warmth", "version": 1, "title": "Warmth", "source": "ours", "low": 0, "high": 1,
    "dimensions": [{"name": "warm", "title": "Warm", "definition": "Is it warm?", "levels": {0: "no", 1: "yes"}}],
}  # fmt: skip


def _written(folder: Path, **changes: object) -> str:
    (folder / "own.yaml").write_text(yaml.safe_dump({**OWN, **changes}), encoding="utf-8")
    return "own.yaml"


@pytest.mark.parametrize("name", RUBRIC_NAMES)
def test_packaged_rubrics_speak_both_languages(name: str) -> None:
    rubric = packaged_rubric(name)

    for dimension in rubric.dimensions:
        for said in (dimension.title, dimension.definition, *dimension.levels.values()):
            assert detect(said.en) == "en"
            assert detect(said.zh) == "zh"


@pytest.mark.parametrize(
    ("name", "scale", "count"),
    [("esc-eval", (0, 4), 7), ("worst-case", (1, 5), 4), ("outcome", (1, 5), 4), ("safety", (0, 2), 6)],
)
def test_packaged_rubrics_have_the_published_scales(name: str, scale: tuple[int, int], count: int) -> None:
    rubric = packaged_rubric(name)

    assert ((rubric.low, rubric.high), len(rubric.dimensions)) == (scale, count)


def test_no_anchor_says_what_another_of_its_dimension_says() -> None:
    for name in RUBRIC_NAMES:
        for dimension in packaged_rubric(name).dimensions:
            assert len({said.en for said in dimension.levels.values()}) == len(dimension.levels)


def test_a_rubric_of_ones_own_is_read_and_rated_under_the_judges_name(tmp_path: Path) -> None:
    rubric = load_rubric(_written(tmp_path), tmp_path)

    (dimension,) = rubric.rated("my-judge")
    assert (dimension.name, dimension.low, dimension.high) == ("my-judge/warm", 0.0, 1.0)
    assert dimension.definition == {"en": "Is it warm?", "zh": "Is it warm?"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"high": 2}, "warm: no anchor for level 2"),
        ({"low": 1, "high": 1}, "high has to be above low"),
        ({"dimensions": OWN["dimensions"] * 2}, "dimensions with the same name: warm"),  # type: ignore[operator]
        ({"scale": 5}, "no such field"),
    ],
)
def test_a_rubric_that_does_not_hold_together_is_refused(tmp_path: Path, changes: dict[str, object], said: str) -> None:
    with pytest.raises(Refused, match=said):
        load_rubric(_written(tmp_path, **changes), tmp_path)


def test_a_name_that_is_none_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="did you mean worst-case"):
        load_rubric("worst_case", tmp_path)
    with pytest.raises(Refused, match="there is no such file"):
        load_rubric("missing.yaml", tmp_path)
