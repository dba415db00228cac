"""What `hardseek compare` found, as a table, as Markdown and as JSON."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import msgspec
from rich.console import Group
from rich.table import Table
from rich.text import Text

from hardseek.analysis import Cell, Change
from hardseek.analysis.bootstrap import FEW_CARDS
from hardseek.analysis.changes import Of
from hardseek.cli.runs.likeness import Likeness
from hardseek.judging import Dimension
from hardseek.report.numbers import count, digits, interval, number, probability

_SURE: Final = 0.05
"""The false discovery rate under which a change is called one."""
_NUMBERS: Final = ("First", "Other", "Change", "95 %", "q", "Pairs")
Verdict = Literal["better", "worse", "higher", "lower", "unclear"]


@dataclass(frozen=True, slots=True)
class Compared:
    """One run held against the first."""

    run: Path
    likeness: Likeness
    dimensions: Mapping[str, Dimension]
    """By name, in the order asked for."""
    changes: Mapping[Cell, Change]
    only: tuple[tuple[str, ...], tuple[str, ...]]
    """Systems and conditions that the first run has alone, and that the other has."""


def verdict(change: Change, dimension: Dimension, of: Of) -> Verdict:
    """Word a change: unclear where chance could have made it."""
    mean = change.estimate.mean
    if change.q >= _SURE or not mean:
        return "unclear"
    if dimension.better == "neither":
        return "higher" if mean > 0 else "lower"
    good = mean < 0 if of == "drop" else (mean > 0) == (dimension.better == "higher")
    return "better" if good else "worse"


def as_table(first: Path, compared: Compared, of: Of) -> Group:
    """Make a table for the terminal, condition by condition, with what differs between the runs above it."""
    title = Text(f"{compared.run} against {first}: {_what(compared, of)}", "bold")
    notes = _notes(first, compared)
    pairs = {change.estimate.n for change in compared.changes.values()}
    alike = len(pairs) == 1
    if alike:
        notes.append(f"Pairs of dialogues in each row: {count(*pairs)}")
    numbers = _NUMBERS[:-1] if alike else _NUMBERS
    table = Table(box=None, pad_edge=False)
    table.add_column("System", min_width=10, overflow="fold")
    for heading in numbers:
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    place = ""
    for cell, words in sorted(_rows(compared, of), key=lambda row: _place(row[0], compared)):
        here = _place_title(cell, compared)
        if here != place:
            if place:
                table.add_row()
            table.add_row(Text(here, "bold"))
            place = here
        table.add_row(Text(str(cell.system)), *words[: len(numbers)], words[-1])
    return Group(title, *map(Text, notes), table if compared.changes else Text("nothing paired"))


def as_markdown(first: Path, compared: Sequence[Compared], of: Of) -> str:
    """Make a Markdown table for each run."""
    parts = []
    for each in compared:
        parts.append(f"**{_safe(str(each.run))} against {_safe(str(first))}: {_safe(_what(each, of))}**\n")
        parts += [f"{_safe(line)}\n" for line in _notes(first, each)]
        headings = ("System", "Condition", "Dimension", *_NUMBERS, "")
        lines = ["| " + " | ".join(headings) + " |", "|---|---|---|" + "---:|" * len(_NUMBERS) + "---|"]
        lines += [
            "| " + " | ".join([_safe(_who(cell)), _safe(cell.condition), _safe(cell.dimension), *words]) + " |"
            for cell, words in _rows(each, of)
        ]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def as_json(first: Path, compared: Sequence[Compared], of: Of) -> str:
    """Make JSON, numbers unrounded."""
    runs = [
        {
            "run": str(each.run), "unlike": each.likeness.unlike, "differing": each.likeness.differing,
            "only": each.only,
            "changes": [_record(each, cell, change, of) for cell, change in each.changes.items()],
        }
        for each in compared
    ]  # fmt: skip
    return msgspec.json.format(msgspec.json.encode({"first": str(first), "of": of, "runs": runs}), indent=2).decode()


def _record(compared: Compared, cell: Cell, change: Change, of: Of) -> dict[str, Any]:
    found = change.estimate
    return {
        **cell._asdict(), "first": change.first, "other": change.other, "change": found.mean, "low": found.low,
        "high": found.high, "p": change.p, "q": change.q, "pairs": found.n, "cards": found.cards,
        "unpaired": change.alone, "verdict": verdict(change, compared.dimensions[cell.dimension], of),
    }  # fmt: skip


def _rows(compared: Compared, of: Of) -> Iterator[tuple[Cell, list[str]]]:
    """Yield the cells and their numbers in words, ordered as dimensions were asked for."""
    order = list(compared.dimensions)
    for cell, change in sorted(compared.changes.items(), key=lambda item: order.index(item[0].dimension)):
        dimension = compared.dimensions[cell.dimension]
        places, found = digits(dimension), change.estimate
        few = "*" if found.cards < FEW_CARDS else ""
        numbers = [number(change.first, places), number(change.other, places), number(found.mean, places)]
        rest = [interval(found, places) + few, probability(change.q), count(found.n)]
        yield cell, [*numbers, *rest, verdict(change, dimension, of)]


def _notes(first: Path, compared: Compared) -> list[str]:
    """Word what a reader has to know of the rows."""
    like, changes = compared.likeness, compared.changes.values()
    notes = []
    if compared.run.resolve() == first.resolve():
        notes.append("This is the first run itself: nothing can differ.")
    elif changes and all(change.estimate.low == change.estimate.high == 0 for change in changes):
        notes.append("Every score here is the same in both runs, as in a copy.")
    notes += [f"The runs are not alike. What differs: {'; '.join(like.unlike)}"] if like.unlike else []
    if like.differing:
        notes.append(f"What is compared, or how much of it: {'; '.join(like.differing)}")
    for run, names in zip(("first", "other"), compared.only, strict=True):
        if names:
            notes.append(f"In the {run} run alone, and left out: {', '.join(names)}")
    alone = [sum(change.alone[side] for change in changes) for side in (0, 1)]
    if any(alone):
        notes.append(
            f"Scores without a counterpart, and left out: {alone[0]:,} of the first run, {alone[1]:,} of the other"
        )
    if any(change.estimate.cards < FEW_CARDS for change in changes):
        notes.append(f"* fewer than {FEW_CARDS} cards: the interval is too narrow")
    return notes


def _place(cell: Cell, compared: Compared) -> tuple[int, str, str]:
    """Return what rows are ordered by: dimensions as asked for, conditions and languages by name."""
    return list(compared.dimensions).index(cell.dimension), cell.condition, cell.language or ""


def _place_title(cell: Cell, compared: Compared) -> str:
    """Name the rows that stand together."""
    language = f" ({cell.language})" if cell.language is not None else ""
    return f"{cell.dimension}: {cell.condition}{language}" if _several(compared) else f"{cell.condition}{language}"


def _what(compared: Compared, of: Of) -> str:
    titles = ", ".join(dimension.title.get("en", name) for name, dimension in compared.dimensions.items())
    return f"drop of {titles}" if of == "drop" else titles


def _who(cell: Cell) -> str:
    return f"{cell.system} ({cell.language})" if cell.language is not None else str(cell.system)


def _several(compared: Compared) -> bool:
    return len(compared.dimensions) > 1


def _safe(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
