"""A section of the page: what it shows, and how to read it."""

from dataclasses import dataclass
from typing import Final

from hardseek.report.chart import Chart
from hardseek.report.panels import Panels
from hardseek.report.table import Table
from hardseek.report.words import Bilingual, Words

told: Final = Words("hardseek.report.findings")
"""The words of the findings."""


@dataclass(frozen=True, slots=True)
class Titled:
    """A table with its title."""

    name: str
    """Of files, and of the place in the page."""
    title: Bilingual
    table: Table
    heat: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture with its title."""

    name: str
    """Of files, and of the place in the page."""
    title: Bilingual
    picture: Chart | Panels
    folded: bool = False
    """Whether the page shows it only when asked."""


@dataclass(frozen=True, slots=True)
class Section:
    """One finding; where there are no data, `absent` says so, and nothing else is shown."""

    name: str
    title: Bilingual
    note: Bilingual
    """What it is about, in a line or two."""
    reading: Bilingual
    """How to read it."""
    method: str
    """Where the method is documented: a page below docs/method, with the heading."""
    pictures: tuple[Shown, ...] = ()
    tables: tuple[Titled, ...] = ()
    remarks: tuple[Bilingual, ...] = ()
    absent: Bilingual | None = None


def section(
    name: str,
    *,
    note: Bilingual,
    method: str,
    pictures: tuple[Shown | None, ...] = (),
    tables: tuple[Titled | None, ...] = (),
    remarks: tuple[Bilingual, ...] = (),
    absent: Bilingual | None = None,
) -> Section:
    """Make a section; pictures without anything to draw and tables without rows are left out."""
    drawn = tuple(each for each in pictures if each is not None)
    filled = tuple(each for each in tables if each is not None and each.table.rows)
    if absent is not None:
        drawn, filled, remarks = (), (), ()
    elif not drawn and not filled:
        absent = told("no_data")
    return Section(name, told(name), note, told(f"{name}_reading"), method, drawn, filled, remarks, absent)


def shown(name: str, title: Bilingual, picture: Chart | Panels | None, *, folded: bool = False) -> Shown | None:
    """Title a picture, where there is one."""
    return None if picture is None else Shown(name, title, picture, folded)
