"""The role card: who a seeker is and what they could tell."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from hardseek.documents import Document
from hardseek.language import Language
from hardseek.mistakes import repeated

Depth = Literal["surface", "personal", "core"]
"""How much trust a fact takes: told to anyone, told once at ease, told only when trust is high."""

Risk = Literal["none", "passive-thoughts", "past-self-harm"]
"""What of self-harm the card touches; nothing beyond these two is ever played."""

Grade = Literal["low", "middle", "high"]
"""How much of a card its source states; see `hardseek.cards.grade`."""

Identifier = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=120)]


class Fact(Document):
    """One thing the seeker can disclose, in their own words."""

    id: Identifier
    """Unique within the card."""
    depth: Depth
    text: str = Field(min_length=1)
    """First person, as the seeker would say it; one or a few sentences."""
    feeling: str | None = None
    """The feeling that goes with it, in the card's language."""


class RoleCard(Document):
    """A person seeking support: their situation, what they can disclose, and how they write.

    What is unknown is null, never "not mentioned".
    """

    id: Identifier
    version: int = Field(default=1, ge=1)
    language: Language
    category: Identifier | None = None
    """A leaf of the taxonomy of problems; other people's cards may name an area or domain, or one of theirs."""
    age: int | str | None = None
    """Years, or the stage of life where no number is known ("young adult", "青年")."""
    gender: str | None = None
    occupation: str | None = None
    education: str | None = None
    relationship: str | None = None
    setting: str | None = None
    """Culture, place or circumstances, where they matter."""
    summary: str = Field(min_length=1)
    """The problem in a few sentences, third person."""
    facts: tuple[Fact, ...] = Field(min_length=1)
    feelings: tuple[str, ...] = ()
    beliefs: tuple[str, ...] = ()
    """What the person holds about the matter, first person."""
    tried: tuple[str, ...] = ()
    """What they have tried already, first person."""
    wants: str | None = None
    """What they want from the talk, first person."""
    would_help: str | None = None
    """What would help them, whether they know it or not."""
    writing: str | None = None
    """How they write: short or long, plain or vivid, typos, slang."""
    risk: Risk = "none"
    parallel: Identifier | None = None
    """The id of the same person's card in the other language, where there is one."""
    source: str | None = None
    """Where the card comes from, such as a dataset; null for cards written for hardseek."""
    grade: Grade | None = None
    """How much of it the source states; null where nobody has graded it, as cards written for hardseek."""
    inferred: tuple[str, ...] = ()
    """Fields that no source states: made by rule or by a model from what it does state."""

    def __hash__(self) -> int:
        # Looked up at every turn; the one that pydantic makes walks through all fields.
        return hash((self.id, self.version, self.language))

    @model_validator(mode="after")
    def _facts_are_distinct(self) -> "RoleCard":
        if twice := repeated(fact.id for fact in self.facts):
            raise ValueError(f"facts with the same id: {', '.join(twice)}")
        return self
