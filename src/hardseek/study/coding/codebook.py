"""The codebook: what is marked in dialogues and notes, and what each code says of a seeker's behaviour."""

from pathlib import Path
from typing import Final, Literal, Self

import yaml
from pydantic import Field, model_validator

from hardseek.documents import Document, load, read
from hardseek.mistakes import given_once
from hardseek.seekers import Axis, ResistanceForm

Of = Literal["any", "seeker", "supporter", "note"]
"""Which passages a code can be about: all, turns of one speaker, or notes of interviews."""
_MOST: Final = 300


class Code(Document):
    """One code."""

    name: str = Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)
    """What it is called in exports; it stays the same when the title changes."""
    title: str = Field(min_length=1, max_length=80)
    """What coders read."""
    definition: str = Field(default="", max_length=2000)
    """When it is given, and when not."""
    examples: tuple[str, ...] = Field(default=(), max_length=20)
    """Passages to which it was given."""
    theme: str | None = Field(default=None, max_length=80)
    """The theme that it belongs to; null while coding is open."""
    of: Of = "any"
    """Which passages it can be about."""
    axis: Axis | None = None
    """The axis of behaviour that it is a sign of; null: none."""
    form: ResistanceForm | None = None
    """Only of resistance: how it shows."""

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if self.form is not None and self.axis != "resistance":
            raise ValueError(f"{self.name}: form is said of resistance alone, and its axis is {self.axis or 'none'}")
        return self


class Codebook(Document):
    """A version of the codebook."""

    codes: tuple[Code, ...] = Field(default=(), max_length=_MOST)

    @model_validator(mode="after")
    def _names_are_distinct(self) -> Self:
        given_once({"code": [code.name for code in self.codes]})
        return self

    def code(self, name: str) -> Code | None:
        """Find a code by its name."""
        return next((code for code in self.codes if code.name == name), None)

    def having(self, code: Code) -> "Codebook":
        """Return the codebook with a code added, or in the place of that of its name."""
        if self.code(code.name) is None:
            return Codebook(codes=(*self.codes, code))
        return Codebook(codes=tuple(code if one.name == code.name else one for one in self.codes))

    @property
    def themes(self) -> dict[str | None, list[Code]]:
        """The codes by theme, in the order in which themes come up; those without one last."""
        found: dict[str | None, list[Code]] = {code.theme: [] for code in self.codes if code.theme}
        for code in self.codes:
            found.setdefault(code.theme or None, []).append(code)
        return found


def read_codebook(path: Path) -> Codebook:
    """Read a codebook; raises Refused, every mistake named with its line."""
    return load(read(path), Codebook, source=str(path))


def as_yaml(codebook: Codebook) -> str:
    """Write a codebook as `read_codebook` reads it."""
    data = codebook.model_dump(mode="json", exclude_defaults=True)
    return yaml.safe_dump({"codes": [], **data}, allow_unicode=True, sort_keys=False, width=120)
