"""What coders marked, and what holds of each passage once they are heard."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec

from hardseek.language import Language
from hardseek.study.coding.codebook import Code


class Unit(msgspec.Struct, frozen=True):
    """What is coded as a whole: a turn of a dialogue, or a note."""

    source: str
    """`talk:NUMBER` or `note:NUMBER`, within a study; in exports a dialogue's id or the note's."""
    place: int
    """Of a turn, from 0; 0 of a note."""


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """One code that one coder gave a passage."""

    number: int
    coder: str
    unit: Unit
    first: int | None
    """Of a passage of a note: its first character, from 0."""
    last: int | None
    """The character after its last one."""
    code: str
    version: int
    """Of the codebook, when it was given."""
    made: str


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """What coders agreed on after they had talked about a unit."""

    unit: Unit
    code: str
    holds: bool
    author: str
    made: str
    remark: str


@dataclass(frozen=True, slots=True)
class Source:
    """A dialogue or a note, and what its units are about."""

    name: str
    units: tuple[Unit, ...]
    kinds: tuple[Literal["seeker", "supporter", "note"], ...]
    """Of each unit."""
    language: Language
    participant: str
    system: str | None = None
    """None of notes."""
    condition: str | None = None
    dialogue: str | None = None
    """Its id; None of notes."""


@dataclass(frozen=True)
class Coding:
    """All that was coded."""

    codes: tuple[Code, ...]
    sources: tuple[Source, ...]
    done: Mapping[str, frozenset[str]]
    """Who has finished a source, by its name. Unfinished ones count in nothing: what is unmarked may be unread."""
    marks: tuple[Mark, ...]
    settled: tuple[Settled, ...] = ()

    def given(self) -> dict[tuple[Unit, str], frozenset[str]]:
        """Return who gave a code to a unit, of those who finished its source."""
        found: dict[tuple[Unit, str], set[str]] = defaultdict(set)
        for mark in self.marks:
            if mark.coder in self.done.get(mark.unit.source, frozenset()):
                found[mark.unit, mark.code].add(mark.coder)
        return {key: frozenset(coders) for key, coders in found.items()}

    def decided(self) -> dict[tuple[Unit, str], bool | None]:
        """Return, for every unit that somebody finished and every code that can apply, whether it holds.

        What was settled holds; else what more than half of the coders who finished it say; None where they are even.
        """
        given = self.given()
        agreed = {(one.unit, one.code): one.holds for one in self.settled}
        found: dict[tuple[Unit, str], bool | None] = {}
        for source in self.sources:
            coders = self.done.get(source.name, frozenset())
            if not coders:
                continue
            for unit, code in pairs(source, self.codes):
                said = len(given.get((unit, code.name), ()))
                key = (unit, code.name)
                even = None if 2 * said == len(coders) else 2 * said > len(coders)
                found[key] = agreed.get(key, even)
        return found


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """A unit on which coders do not agree, for one code."""

    unit: Unit
    code: str
    given: tuple[str, ...]
    """Who gave it."""
    withheld: tuple[str, ...]
    """Who finished the source and did not."""
    settled: bool | None
    """What was settled; None: nothing yet."""


def disagreements(coding: Coding) -> list[Disagreement]:
    """List what coders who finished a source do not agree on, in the order of the sources; settled ones too."""
    given = coding.given()
    agreed = {(one.unit, one.code): one.holds for one in coding.settled}
    found = []
    for source in coding.sources:
        coders = coding.done.get(source.name, frozenset())
        for unit, code in pairs(source, coding.codes):
            who = given.get((unit, code.name), frozenset())
            if who and who != coders:
                found.append(
                    Disagreement(
                        unit=unit, code=code.name, given=tuple(sorted(who)), withheld=tuple(sorted(coders - who)),
                        settled=agreed.get((unit, code.name)),
                    )
                )  # fmt: skip
    return found


def pairs(source: Source, codes: Sequence[Code]) -> Iterable[tuple[Unit, Code]]:
    """Yield every unit of a source with every code that can be about it."""
    for unit, kind in zip(source.units, source.kinds, strict=True):
        for code in codes:
            if code.of in {"any", kind}:
                yield unit, code
