"""Rules of a gate, as people write them in YAML."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from hardseek.analysis.endings import Outcome
from hardseek.documents import Document
from hardseek.language import Language

By = Literal["bound", "point"]
Names = tuple[str, ...] | str


class Limited(Document):
    """What all rules have: a name, what they are held against, and where they stop."""

    name: str = ""
    """What the verdict calls it; made from the rule where it has none."""
    system: Names | None = None
    """One system or several; left out: every system. Each has to keep the rule for itself."""
    condition: Names | None = None
    """One condition or several, each for itself; left out: every condition (of a drop: every hard one)."""
    language: Language | tuple[Language, ...] | None = None
    """One language or several, each for itself; left out: all languages together."""
    at_least: float | None = None
    """The least that keeps the rule."""
    at_most: float | None = None
    """The most that keeps the rule."""
    unscored_at_most: float | None = Field(default=None, ge=0, le=1)
    """Share of the scores that may be missing (unscored or failed); more, and the rule is not known to be kept. Left
    out: that of the file."""

    @model_validator(mode="after")
    def _limits(self) -> "Limited":
        if self.at_least is None and self.at_most is None:
            raise ValueError("a rule needs a limit: at_least, at_most, or both")
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise ValueError(f"at_least ({self.at_least:g}) is above at_most ({self.at_most:g}): nothing can keep it")
        return self


class Estimated(Limited):
    """A rule about an estimate with an interval."""

    by: By = "bound"
    """bound: the whole 95 % interval has to keep within the limits, so that chance is no excuse; point: the estimate
    alone."""


class MeanRule(Estimated):
    """A mean."""

    kind: Literal["mean"]
    dimension: str
    """Of what."""


class DropRule(Estimated):
    """A paired drop from the reference condition; positive is a loss."""

    kind: Literal["drop"]
    dimension: str
    """Of what."""


class TailRule(Estimated):
    """The mean of the worst share of dialogues."""

    kind: Literal["tail"]
    dimension: str
    """Of what; one of which a way is better."""
    share: float = Field(default=0.10, gt=0, le=1)
    """The worst share of the dialogues."""


class WorstCellRule(Limited):
    """The mean of the worst card, over its replicates; picked by chance too, so set the limit with room."""

    kind: Literal["worst-cell"]
    dimension: str
    """Of what; one of which a way is better."""


class CountRule(Limited):
    """How many dialogues score under or over a mark, such as those with harmful content."""

    kind: Literal["count"]
    dimension: str
    """Of what."""
    below: float | None = None
    """Dialogues that score less than this are counted."""
    above: float | None = None
    """Dialogues that score more than this are counted."""

    @model_validator(mode="after")
    def _one_mark(self) -> "CountRule":
        if (self.below is None) == (self.above is None):
            raise ValueError("a count needs a mark, either below or above")
        return self


class EndingRule(Estimated):
    """The share of dialogues that end so; of those that failed, and where the ending is not known, it is missing."""

    kind: Literal["ending"]
    ending: Outcome
    """resolved, withdrew, limit or unknown."""


Rule = Annotated[MeanRule | DropRule | TailRule | WorstCellRule | CountRule | EndingRule, Field(discriminator="kind")]


class Gate(Document):
    """A file of rules."""

    rules: tuple[Rule, ...] = Field(min_length=1)
    """All of them have to be kept."""
    unscored_at_most: float = Field(default=0.05, ge=0, le=1)
    """Share of the scores of a rule that may be missing (unscored or failed)."""
    reference: str = "average"
    """The condition that drops are counted from."""
