"""Questions: what a form asks, and what counts as an answer."""

from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from hardseek.documents import Document
from hardseek.errors import Refused
from hardseek.judging.rating import Dimension
from hardseek.judging.rubrics import Rubric, load_rubric
from hardseek.judging.rubrics.rubric import Said
from hardseek.language import LANGUAGES, clean
from hardseek.mistakes import nearest

NOT_APPLICABLE: Final = "n/a"
"""What stands for "does not apply" where that may be said."""
_MOST_STEPS: Final = 11
"""Steps of a scale of which each is a button, at most: 0 to 10."""
_NAME: Final = r"^[a-z][a-z0-9_]*$"


class _Item(Document):
    """What every question has."""

    name: str = Field(pattern=_NAME, max_length=40)
    """What it is called in exports, such as `felt_understood`; once in a form."""
    text: Said
    """The question as it is read; by language, or one text for both."""
    help: Said | None = None
    """A second, smaller line."""
    required: bool = True
    """Whether the form can be handed in without it."""


class LikertItem(_Item):
    """A scale of whole steps, one button each."""

    kind: Literal["likert"]
    low: int = Field(default=1, ge=-100, le=100)
    """The lowest step."""
    high: int = Field(default=5, ge=-100, le=100)
    """The highest step."""
    levels: dict[int, Said] = Field(default_factory=dict)
    """What steps mean; at least the two ends should be named."""
    may_not_apply: bool = False
    """Whether "does not apply" can be answered; it is then unscored."""
    better: Literal["higher", "lower", "neither"] = "higher"
    """Which end is better for the seeker."""

    @model_validator(mode="after")
    def _is_a_scale(self) -> Self:
        if not 0 < self.high - self.low < _MOST_STEPS:
            raise ValueError(f"{self.name}: {self.low} to {self.high}; a scale has 2 to {_MOST_STEPS} steps")
        beyond = sorted(set(self.levels) - set(self.steps))
        if beyond:
            raise ValueError(f"{self.name}: level {beyond[0]} is off the scale {self.low} to {self.high}")
        return self

    @property
    def steps(self) -> range:
        """The steps from low to high."""
        return range(self.low, self.high + 1)


class SliderItem(_Item):
    """A number between two ends."""

    kind: Literal["slider"]
    low: float = 0.0
    high: float = 100.0
    step: float = Field(default=1.0, gt=0)
    ends: tuple[Said, Said] | None = None
    """What the two ends mean."""
    better: Literal["higher", "lower", "neither"] = "higher"
    """Which end is better for the seeker."""

    @model_validator(mode="after")
    def _is_a_scale(self) -> Self:
        if not self.high > self.low:
            raise ValueError(f"{self.name}: the slider goes from {self.low:g} to {self.high:g}; high is above low")
        return self


class ChoiceItem(_Item):
    """One of several answers, or several of them."""

    kind: Literal["choice"]
    options: dict[Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+$", max_length=40)], Said] = Field(min_length=2)
    """What can be chosen, by what it is called in exports."""
    several: bool = False
    """Whether more than one can be chosen."""


class TextItem(_Item):
    """Words."""

    kind: Literal["text"]
    most: int = Field(default=4000, ge=1, le=20_000)
    """Characters at most."""


class RubricItems(Document):
    """Every dimension of a rubric, each as a scale with its anchors."""

    kind: Literal["rubric"]
    rubric: str = Field(min_length=1)
    """A packaged rubric (`esc-eval`, `worst-case`, `outcome`, `safety`), or a .yaml file seen from the study file."""
    only: tuple[str, ...] | None = None
    """Only these dimensions."""


Item = LikertItem | SliderItem | ChoiceItem | TextItem
"""A question as it is asked."""
ItemSpec = Annotated[LikertItem | SliderItem | ChoiceItem | TextItem | RubricItems, Field(discriminator="kind")]
"""A question as a study file says it."""
Answer = str | float | None
"""A number of scales and sliders, text of the rest (several choices are joined by spaces); None for no answer."""

DISTRESS: Final = LikertItem(
    kind="likert", name="distress", low=0, high=10, better="lower",
    text=Said(en="How distressed is the person you are playing, right now?", zh="你扮演的这个人，此刻有多难受？"),
    levels={0: Said(en="Not at all", zh="一点也不"), 10: Said(en="As bad as can be", zh="难受到极点")},
)  # fmt: skip
"""Subjective units of distress from 0 to 10 (after Wolpe, 1969, The Practice of Behavior Therapy, who used 0 to 100),
asked before and after a talk."""


def expand(specs: tuple[ItemSpec, ...], folder: Path) -> tuple[Item, ...]:
    """Put a rubric's dimensions in its place; raises Refused when there is no such rubric or dimension."""
    return tuple(item for spec in specs for item in (_of_rubric(spec, folder) if spec.kind == "rubric" else (spec,)))


def _of_rubric(spec: RubricItems, folder: Path) -> tuple[Item, ...]:
    rubric: Rubric = load_rubric(spec.rubric, folder)
    names = [dimension.name for dimension in rubric.dimensions]
    for wanted in spec.only or ():
        if wanted not in names:
            near = nearest(wanted, names)
            hint = f"; did you mean {near}?" if near else f"; it has {', '.join(names)}"
            raise Refused(f"rubric {spec.rubric}: no dimension {wanted}{hint}")
    return tuple(
        LikertItem(
            kind="likert",
            name=dimension.name,
            text=dimension.title,
            help=dimension.definition,
            low=rubric.low,
            high=rubric.high,
            levels=dimension.levels,
            may_not_apply=dimension.applies is not None,
            better=dimension.better,
        )
        for dimension in rubric.dimensions
        if spec.only is None or dimension.name in spec.only
    )


def read_answer(item: Item, given: list[str]) -> Answer:
    """Read what a form sent for a question.

    Returns:
        The answer; None when there is none.

    Raises:
        ValueError: with `missing`, `unreadable` or `too_long`, the key of what to say.
    """
    said = [text for text in (clean(one.replace("\r\n", "\n")) for one in given) if text]
    if not said:
        if item.required:
            raise ValueError("missing")
        return None
    match item:
        case LikertItem():
            if said[0] == NOT_APPLICABLE and item.may_not_apply:
                return NOT_APPLICABLE
            return _number(said[0], {float(step) for step in item.steps})
        case SliderItem():
            value = _number(said[0], None)
            if not item.low <= value <= item.high:
                raise ValueError("unreadable")
            return value
        case ChoiceItem():
            chosen = [name for name in item.options if name in said]
            if len(chosen) != len(set(said)) or (len(chosen) > 1 and not item.several):
                raise ValueError("unreadable")
            return " ".join(chosen)
        case TextItem():
            if len(said[0]) > item.most:
                raise ValueError("too_long")
            return said[0]


def _number(text: str, allowed: set[float] | None) -> float:
    try:
        value = float(text)
    except ValueError:
        raise ValueError("unreadable") from None
    if not abs(value) < float("inf") or (allowed is not None and value not in allowed):
        raise ValueError("unreadable")
    return value


def rated(item: Item, prefix: str = "") -> Dimension | None:
    """Return what a question with a numeric answer measures; None for words and choices."""
    if isinstance(item, ChoiceItem | TextItem):
        return None
    texts: dict[str, str] = {each: item.text.in_language(each) for each in LANGUAGES}
    helps: dict[str, str] = {each: item.help.in_language(each) if item.help else texts[each] for each in LANGUAGES}
    return Dimension(f"{prefix}{item.name}", texts, helps, item.better, float(item.low), float(item.high))
