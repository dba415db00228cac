"""What `hardseek train prove` found, as tables, as Markdown and as JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from hardseek.analysis import Cell, Change, Estimate
from hardseek.analysis.bootstrap import FEW_CARDS
from hardseek.analysis.changes import Of
from hardseek.cli.runs.changes_shown import verdict
from hardseek.judging import Dimension
from hardseek.report.numbers import NOTHING, count, digits, interval, number, probability
from hardseek.training.proving import Against, Concern, Level, Proof, concerns

_CHANGE: Final = ("Arm", "Where", "Change", "95 %", "q", "Pairs", "")
_CHECK: Final = ("Arm", "Where", "Dimension", "First", "Change", "95 %", "q", "")


@dataclass(frozen=True, slots=True)
class Proved:
    """A proof, and what has to be known with it."""

    proof: Proof
    unlike: tuple[str, ...]
    """What differs between the runs besides the systems."""
    seen: frozenset[str] | None
    """Cards that were trained on and left out; None where the training data was not named."""


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table, before it is drawn."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def as_tables(proved: Proved, *, every: bool) -> Iterator[RenderableType]:
    """Yield what is printed in a terminal."""
    for line in _notes(proved):
        yield Text(line)
    for grid in _grids(proved, every=every):
        table = Table(box=None, pad_edge=False)
        for heading in grid.headings:
            table.add_column(heading, overflow="fold", no_wrap=True)
        for row in grid.rows:
            table.add_row(*map(Text, row))
        yield Text(f"\n{grid.title}", "bold")
        if grid.rows:
            yield table
    yield Text(f"\n{_of_checks(proved.proof)}")


def as_markdown(proved: Proved, *, every: bool) -> str:
    """Make Markdown tables."""
    parts = [f"{line}\n" for line in _notes(proved)]
    for grid in _grids(proved, every=every):
        lines = [f"| {' | '.join(map(_safe, row))} |" for row in (grid.headings, *grid.rows)]
        lines.insert(1, "|" + "---|" * len(grid.headings))
        parts.append(f"**{_safe(grid.title)}**\n\n" + "\n".join(lines) + "\n")
    return "\n".join([*parts, _of_checks(proved.proof)])


def as_json(proved: Proved) -> str:
    """Make JSON, numbers unrounded."""
    proof = proved.proof
    body = {
        "arms": [
            {
                "name": each.arm.name, "run": each.arm.run, "system": each.arm.system, "failed": each.arm.failed,
                "levels": [_estimated(cell, mean) for cell, mean in each.means.items()],
                "drops": [_estimated(cell, drop.estimate) for cell, drop in each.drops.items()],
            }
            for each in proof.levels
        ],
        "changes": [
            {"arm": each.arm.name, "of": of, "concern": concern, **_changed(cell, change, proof, of)}
            for each in proof.against
            for of, concern, cell, change in _all(each, proof)
        ],
        "unlike": proved.unlike,
        "trained_on": None if proved.seen is None else sorted(proved.seen),
    }  # fmt: skip
    return msgspec.json.format(msgspec.json.encode(body), indent=2).decode()


def _all(each: Against, proof: Proof) -> Iterator[tuple[Of, str | None, Cell, Change]]:
    yield from (("score", None, cell, change) for cell, change in each.scores.items())
    yield from (("drop", None, cell, change) for cell, change in each.drops.items())
    yield from (("score", proof.concerns[cell.dimension].concern, cell, change) for cell, change in each.checks.items())


def _estimated(cell: Cell, found: Estimate) -> dict[str, Any]:
    return {"dimension": cell.dimension, "condition": cell.condition, "mean": found.mean, "low": found.low,
            "high": found.high, "n": found.n, "cards": found.cards}  # fmt: skip


def _changed(cell: Cell, change: Change, proof: Proof, of: Of) -> dict[str, Any]:
    found = change.estimate
    return {
        "dimension": cell.dimension, "condition": cell.condition, "first": change.first, "other": change.other,
        "change": found.mean, "low": found.low, "high": found.high, "p": change.p, "q": change.q, "pairs": found.n,
        "cards": found.cards, "unpaired": change.alone,
        "verdict": verdict(change, proof.dimensions[cell.dimension], of),
    }  # fmt: skip


def _grids(proved: Proved, *, every: bool) -> Iterator[_Grid]:
    proof = proved.proof
    held = "" if proved.seen is None else ", on cards held out from training"
    for name in proof.main:
        dimension = proof.dimensions[name]
        title = dimension.title.get("en", name)
        lost = {cell.condition for each in proof.levels for cell in each.drops if cell.dimension == name}
        hard = [condition for condition in proof.conditions if condition in lost]
        headings = ("Arm", *proof.conditions, *(f"drop to {condition}" for condition in hard))
        yield _Grid(title + held, headings, tuple(_level_row(each, dimension, hard, proof) for each in proof.levels))
        changed = tuple(row for each in proof.against for row in _change_rows(each, dimension))
        yield _Grid(f"{title}: change against {proof.levels[0].arm.name}", _CHANGE, changed)
    for concern in concerns():
        rows = tuple(_check_rows(proof, concern, every=every))
        if rows:
            yield _Grid(f"What else: {concern.title['en'].lower()}", _CHECK, rows)


def _level_row(level: Level, dimension: Dimension, hard: Sequence[str], proof: Proof) -> tuple[str, ...]:
    means = {cell.condition: mean for cell, mean in level.means.items() if cell.dimension == dimension.name}
    lost = {cell.condition: drop.estimate for cell, drop in level.drops.items() if cell.dimension == dimension.name}
    found = [means.get(condition) for condition in proof.conditions] + [lost.get(condition) for condition in hard]
    return (level.arm.name, *(_with_interval(each, dimension) for each in found))


def _change_rows(each: Against, dimension: Dimension) -> Iterator[tuple[str, ...]]:
    kinds: tuple[tuple[Of, str], ...] = (("score", ""), ("drop", "drop to "))
    for of, before in kinds:
        for cell, change in (each.scores if of == "score" else each.drops).items():
            if cell.dimension == dimension.name:
                yield (each.arm.name, f"{before}{cell.condition}", *_told(change, dimension),
                       count(change.estimate.n), verdict(change, dimension, of))  # fmt: skip


def _check_rows(proof: Proof, concern: Concern, *, every: bool) -> Iterator[tuple[str, ...]]:
    for each in proof.against:
        for cell, change in each.checks.items():
            dimension = proof.dimensions[cell.dimension]
            word = verdict(change, dimension, "score")
            if proof.concerns[cell.dimension] == concern and (every or word != "unclear"):
                yield (each.arm.name, cell.condition, dimension.name, number(change.first, digits(dimension)),
                       *_told(change, dimension), word)  # fmt: skip


def _told(change: Change, dimension: Dimension) -> tuple[str, str, str]:
    found, places = change.estimate, digits(dimension)
    few = "*" if found.cards < FEW_CARDS else ""
    return number(found.mean, places), interval(found, places) + few, probability(change.q)


def _with_interval(found: Estimate | None, dimension: Dimension) -> str:
    if found is None:
        return NOTHING
    return f"{number(found.mean, digits(dimension))} {interval(found, digits(dimension))}"


def _of_checks(proof: Proof) -> str:
    words = [
        verdict(change, proof.dimensions[cell.dimension], "score")
        for each in proof.against
        for cell, change in each.checks.items()
    ]
    if not words:
        return "Nothing else was measured: run with `judges: [indicators]` to see what else changed."
    return (
        f"Of {len(words)} checks {words.count('worse')} are worse, {words.count('better')} better, "
        f"{words.count('higher') + words.count('lower')} otherwise, {words.count('unclear')} unclear. Unclear is not "
        "unchanged: it may have changed by as much as its interval allows. Limits are set with `hardseek gate`."
    )


def _notes(proved: Proved) -> list[str]:
    notes = [f"The runs are not alike. What differs: {'; '.join(proved.unlike)}"] if proved.unlike else []
    if proved.seen:
        notes.append(f"Trained on, and left out here: {len(proved.seen):,} cards")
    changes = [change for each in proved.proof.against for _, _, _, change in _all(each, proved.proof)]
    if any(change.estimate.cards < FEW_CARDS for change in changes):
        notes.append(f"* fewer than {FEW_CARDS} cards: the interval is too narrow")
    return notes


def _safe(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
