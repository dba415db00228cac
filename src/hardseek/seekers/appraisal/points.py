"""Points that signs count for kinds: a table that a person can read, added up."""

from collections.abc import Mapping
from typing import ClassVar, Final

from pydantic import Field, model_validator

from hardseek.documents import Document
from hardseek.seekers.appraisal.signs import SIGNS

_KNOWN: Final = frozenset(SIGNS)


class Points(Document):
    """A table of points."""

    kinds: ClassVar[tuple[str, ...]]
    """What the points are for."""

    id: str
    version: int = Field(ge=1)
    points: dict[str, dict[str, float]]
    """By sign, then by kind; a sign that is not in the table counts nothing."""

    @model_validator(mode="after")
    def _whole(self) -> "Points":
        for sign, row in self.points.items():
            if sign not in _KNOWN:
                raise ValueError(f"there is no sign {sign!r}; the signs are {', '.join(SIGNS)}")
            if set(row) != set(self.kinds):
                raise ValueError(f"the sign {sign!r} needs points for each of {', '.join(self.kinds)}")
        return self

    def sums(self, found: Mapping[str, float]) -> dict[str, float]:
        """Add up the points of the signs that were found, by kind."""
        sums = dict.fromkeys(self.kinds, 0.0)
        for sign, amount in found.items():
            for kind, each in self.points.get(sign, {}).items():
                sums[kind] += amount * each
        return sums
