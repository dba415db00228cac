"""The interview guide: what the researcher asks, and what to ask after."""

from typing import Self

from pydantic import Field, model_validator

from hardseek.documents import Document
from hardseek.judging.rubrics.rubric import Said
from hardseek.mistakes import given_once


class GuideQuestion(Document):
    """One question of the guide."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)
    """What it is called in exports."""
    text: Said
    """As it is asked."""
    probes: tuple[Said, ...] = ()
    """What to ask after, where the answer leaves it open."""
    minutes: int | None = Field(default=None, ge=1, le=240)
    """How long it should take; the page shows when it should be done."""


class InterviewGuide(Document):
    """What a study's interviews ask, in their order."""

    opening: Said | None = None
    """What is said before the first question."""
    questions: tuple[GuideQuestion, ...] = Field(min_length=1)
    closing: Said | None = None
    """What is said after the last one."""

    @model_validator(mode="after")
    def _names_are_distinct(self) -> Self:
        given_once({"question": [question.name for question in self.questions]})
        return self

    def due(self) -> dict[str, int]:
        """Return the minute by which each question should be done, counted from the beginning; those with a length."""
        found, passed = {}, 0
        for question in self.questions:
            passed += question.minutes or 0
            if question.minutes:
                found[question.name] = passed
        return found
