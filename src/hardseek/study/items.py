"""Questions: what a form asks."""

from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from hardseek.documents import Document
from hardseek.judging.rating import Dimension
from hardseek.judging.rubrics.rubric import Said
from hardseek.language import LANGUAGES

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
    same_as: str | None = None
    """The question of its form that it asks again; `kind: repeat` writes it."""
    within: float = Field(default=1.0, ge=0)
    """How far the second answer may be from the first."""


class _Scale(_Item):
    """A scale of whole steps, one button each."""

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


class LikertItem(_Scale):
    """A scale of whole steps, one button each."""

    kind: Literal["likert"]


class CheckItem(_Scale):
    """An instructed response: a question that says what to choose, to see whether it is read."""

    kind: Literal["check"]
    text: Said = Said(
        en="To show that you are reading, please choose {expected} here.",
        zh="为了确认你在认真阅读，这一题请选 {expected}。",
    )
    """What is read; `{expected}` stands for the answer."""
    expected: int
    """The step that has to be chosen."""

    @model_validator(mode="after")
    def _can_be_passed(self) -> Self:
        if self.expected not in self.steps:
            raise ValueError(f"{self.name}: expected {self.expected} is off the scale {self.low} to {self.high}")
        return self


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


class PreferItem(_Item):
    """Which of two dialogues is better; asked of `pairs` alone."""

    kind: Literal["prefer"]
    may_tie: bool = True
    """Whether "neither" can be answered."""


class RepeatItem(Document):
    """A question of the same form, asked once more."""

    kind: Literal["repeat"]
    of: str = Field(pattern=_NAME, max_length=34)
    """The question; its second answer is called `NAME_again`."""
    within: float = Field(default=1.0, ge=0)
    """How far the second answer may be from the first; a choice has to be the same."""


class DistressItem(Document):
    """Subjective units of distress, 0 to 10, of the participant."""

    kind: Literal["distress"]
    name: str = Field(default="own_distress", pattern=_NAME, max_length=40)


class RubricItems(Document):
    """Every dimension of a rubric, each as a scale with its anchors."""

    kind: Literal["rubric"]
    rubric: str = Field(min_length=1)
    """A packaged rubric (`esc-eval`, `worst-case`, `outcome`, `safety`), or a .yaml file seen from the study file."""
    only: tuple[str, ...] | None = None
    """Only these dimensions."""


Item = LikertItem | CheckItem | SliderItem | ChoiceItem | TextItem | PreferItem
"""A question as it is asked."""
ItemSpec = Annotated[
    LikertItem | CheckItem | SliderItem | ChoiceItem | TextItem | PreferItem | RepeatItem | DistressItem | RubricItems,
    Field(discriminator="kind"),
]
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
PREFERENCES: Final = ("first", "second", "neither")
"""What can be said of two dialogues."""


def rated(item: Item, prefix: str = "") -> Dimension | None:
    """Return what a question with a numeric answer measures; None for words, choices and what checks attention."""
    if isinstance(item, ChoiceItem | TextItem | CheckItem | PreferItem) or item.same_as is not None:
        return None
    texts: dict[str, str] = {each: item.text.in_language(each) for each in LANGUAGES}
    helps: dict[str, str] = {each: item.help.in_language(each) if item.help else texts[each] for each in LANGUAGES}
    return Dimension(f"{prefix}{item.name}", texts, helps, item.better, float(item.low), float(item.high))
