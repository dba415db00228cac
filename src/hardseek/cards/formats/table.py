"""CSV and TSV: names in the first row, a card in each other one; a row that is broken costs only itself."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hardseek.errors import Refused

_DELIMITERS: Final = (",", "\t", ";", "|")
_LONGEST_CELL: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A row that does not fit the names of the first one."""

    why: str


def rows(content: str, path: Path) -> Iterator[tuple[int, dict[str, str] | Unplaced]]:
    """Yield each row with the line on which it begins, from 1; cells are stripped, blank ones left out.

    The delimiter is the one of comma, tab, semicolon and bar that stands most often in the first row. After a row with
    a quotation mark that is never closed, reading goes on at the next line.

    Raises:
        Refused: there is no row below the names, or the names cannot be read or are given twice.
    """
    lines = content.splitlines(keepends=True)
    top = next(place for place, line in enumerate(lines) if line.strip())
    delimiter = max(_DELIMITERS, key=lines[top].count)
    names, start = _names(lines, top, delimiter, path)
    some = False
    while start < len(lines):
        reader = csv.reader(iter(lines[start:]), delimiter=delimiter, strict=True)
        begin = start
        try:
            for row in reader:
                if any(cell.strip() for cell in row):
                    some = True
                    yield begin + 1, _cells(row, names)
                begin = start + reader.line_num
            break
        except csv.Error as error:
            some = True
            yield begin + 1, Unplaced(f"not valid CSV: {error}")
            start = begin + 1
    if not some:
        raise Refused(f"{path}: names of columns and no row below them")


def _names(lines: list[str], top: int, delimiter: str, path: Path) -> tuple[list[str], int]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(iter(lines[top:]), delimiter=delimiter, strict=True)
    try:
        names = [name.strip() for name in next(reader)]
    except csv.Error as error:
        raise Refused(f"{path}, line {top + 1}: the names of the columns are not valid CSV: {error}") from None
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise Refused(f"{path}, line {top + 1}: column given twice: {', '.join(twice)}; rename one")
    return names, top + reader.line_num


def _cells(row: list[str], names: list[str]) -> dict[str, str] | Unplaced:
    if len(row) > len(names) and any(cell.strip() for cell in row[len(names) :]):
        return Unplaced(f"{len(row)} cells, and {len(names)} columns are named; quote cells that hold the delimiter")
    return {name: cell.strip() for name, cell in zip(names, row, strict=False) if name and cell.strip()}
