"""Rubrics: what a judge looks for, anchored at every level, as files."""

from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import BaseModel, Field, field_validator, model_validator

from hardseek.documents import Document, load, packaged, read
from hardseek.errors import Refused
from hardseek.judging.rating import Dimension
from hardseek.language import LANGUAGES, Language
from hardseek.mistakes import choices, repeated

RUBRIC_NAMES: Final = ("esc-eval", "worst-case", "outcome", "safety")
"""The packaged ones."""
_NAME: Final = r"^[a-z][a-z0-9_]*$"


class Said(BaseModel):
    """A text in both languages; in a file, one plain text stands for both."""

    model_config = {"frozen": True, "extra": "forbid"}
    en: str = Field(min_length=1)
    zh: str = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _one_for_both(cls, value: Any) -> Any:
        return dict.fromkeys(LANGUAGES, value) if isinstance(value, str) else value

    def in_language(self, language: Language) -> str:
        """Return the text in a language."""
        return self.en if language == "en" else self.zh


class RubricDimension(Document):
    """One thing that is rated."""

    name: str = Field(pattern=_NAME, max_length=40)
    """Lower case, such as `felt_understood`."""
    title: Said
    """What it is called for people."""
    definition: Said
    """What the judge is to look for."""
    applies: Said | None = None
    """When it applies; where it does not, the judge says so and it is unscored. Null: always."""
    levels: dict[int, Said]
    """What each step of the scale looks like; every step has its anchor."""
    better: Literal["higher", "lower", "neither"] = "higher"
    """Which end is better for the seeker."""


class Rubric(Document):
    """A set of dimensions on one scale."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=40)
    version: int = Field(ge=1)
    title: Said
    source: str = Field(min_length=1)
    """Where dimensions and scale come from, and who worded the anchors."""
    low: int = Field(ge=-100, le=100)
    """The lowest step."""
    high: int = Field(ge=-100, le=100)
    """The highest step; every whole number between is one too."""
    ties: Literal["lower"] | None = None
    """Which of two levels is given when both fit; null leaves it to the judge."""
    dimensions: tuple[RubricDimension, ...] = Field(min_length=1)

    @field_validator("dimensions")
    @classmethod
    def _names_are_distinct(cls, dimensions: tuple[RubricDimension, ...]) -> tuple[RubricDimension, ...]:
        if twice := repeated(dimension.name for dimension in dimensions):
            raise ValueError(f"dimensions with the same name: {', '.join(twice)}")
        return dimensions

    @model_validator(mode="after")
    def _every_step_has_its_anchor(self) -> "Rubric":
        if self.high <= self.low:
            raise ValueError(f"the scale goes from {self.low} to {self.high}; high has to be above low")
        steps = set(range(self.low, self.high + 1))
        for dimension in self.dimensions:
            missing, beyond = sorted(steps - set(dimension.levels)), sorted(set(dimension.levels) - steps)
            if missing:
                raise ValueError(f"{dimension.name}: no anchor for level {', '.join(map(str, missing))}")
            if beyond:
                raise ValueError(f"{dimension.name}: level {beyond[0]} is off the scale {self.low} to {self.high}")
        return self

    def rated(self, judge: str) -> tuple[Dimension, ...]:
        """Return the dimensions as a judge of this name rates them: named JUDGE/DIMENSION, so that two judges can
        stand in one table."""
        return tuple(
            Dimension(
                name=f"{judge}/{dimension.name}",
                title={each: dimension.title.in_language(each) for each in LANGUAGES},
                definition={each: dimension.definition.in_language(each) for each in LANGUAGES},
                better=dimension.better,
                low=float(self.low),
                high=float(self.high),
            )
            for dimension in self.dimensions
        )


def is_path(name: str) -> bool:
    """Tell whether a rubric's name is the path of a file."""
    return name.endswith((".yaml", ".yml"))


@cache
def packaged_rubric(name: str) -> Rubric:
    """Return a packaged rubric; raises KeyError when there is none of this name."""
    if name not in RUBRIC_NAMES:
        raise KeyError(name)
    return load(packaged("hardseek.judging.rubrics", "data", f"{name}.yaml"), Rubric, source=f"{name}.yaml")


def load_rubric(name: str, folder: Path) -> Rubric:
    """Return a packaged rubric by its name, or one from a YAML file.

    Args:
        name: of a packaged rubric, or a path that ends in `.yaml` or `.yml`.
        folder: from which a path is seen.

    Raises:
        Refused: there is none, or it does not fit; every mistake is named with its line.
    """
    if name in RUBRIC_NAMES:
        return packaged_rubric(name)
    if is_path(name):
        path = folder / name
        return load(read(path), Rubric, source=str(path))
    known = choices(name, RUBRIC_NAMES, says="give a .yaml file, or one of these")
    raise Refused(f"there is no rubric {name}; {known}")
