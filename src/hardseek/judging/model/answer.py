"""The shape of a judge's answer: for each dimension the evidence, then a reason, then the score."""

from collections.abc import Sequence
from typing import Annotated, Final, Protocol, cast

import msgspec

from hardseek.judging.rubrics import Rubric, RubricDimension

MOST_QUOTES: Final = 20
"""Quotes that are kept of an answer."""


class Verdict(Protocol):
    """What is said of one dimension."""

    quotes: list[str]
    reason: str
    score: int | None
    """None where the dimension does not apply."""


def answer_shape(rubric: Rubric, dimensions: Sequence[RubricDimension]) -> type[msgspec.Struct]:
    """Return the struct that an answer on these dimensions has to be: a field a dimension, in their order.

    A score off the scale does not fit, and null fits only where the dimension may not apply.
    """
    step = Annotated[int, msgspec.Meta(ge=rubric.low, le=rubric.high)]
    fields = []
    for dimension in dimensions:
        score = step | None if dimension.applies is not None else step
        verdict = msgspec.defstruct(
            f"Verdict_{dimension.name}", [("quotes", list[str]), ("reason", str), ("score", score)], frozen=True
        )
        fields.append((dimension.name, verdict))
    return msgspec.defstruct("Answer", fields, frozen=True)


def verdict(answer: msgspec.Struct, dimension: str) -> Verdict:
    """Return what an answer says of a dimension."""
    return cast(Verdict, getattr(answer, dimension))
