"""The figures behind the tables, one row each, in full precision: for whoever computes on."""

from collections.abc import Iterator, Sequence
from dataclasses import astuple
from typing import Final

from hardseek.analysis import Cell, Estimate, trajectories
from hardseek.analysis.tail import SHARES
from hardseek.report.findings import Findings

Rows = tuple[Sequence[str], list[Sequence[object]]]
"""The columns' names, and the rows; None is written as nothing."""
_CELL: Final = ("dimension", "condition", "system", "language")
_ESTIMATE: Final = ("mean", "low", "high", "n", "cards")


def columns(findings: Findings) -> dict[str, Rows]:
    """Return every file by its name; a system or language left empty stands for all of them."""
    summary = findings.summary
    found: dict[str, Rows] = {
        "means": ((*_CELL, *_ESTIMATE), [(*_key(cell), *astuple(mean)) for cell, mean in summary.means.items()]),
        "drops": (
            (*_CELL, *_ESTIMATE, "reference", "hard", "p", "q"),
            [
                (*_key(cell), *astuple(drop.estimate), drop.reference, drop.hard, drop.p, drop.q)
                for cell, drop in summary.drops.items()
            ],
        ),
        "tails": ((*_CELL, "share", *_ESTIMATE, "tail_dialogues", "tail_cards"), list(_tails(findings))),
        "worst-cells": (
            ("system", "condition", "language", "card", "mean", "n", "again", "again_n"), list(_worst(findings))
        ),
        "ranks": (("system", "mean", "rank", "low", "high", "first"), list(_ranks(findings))),
        "survival": (
            ("condition", "system", "exchange", *_ESTIMATE, "left_unhelped", "at_risk"), list(_staying(findings))
        ),
        "courses": ((*_CELL, "exchange", "of", *_ESTIMATE), list(_courses(findings))),
        "shares": ((*_CELL, "part", "intensity", *_ESTIMATE, "share"), list(_shares(findings))),
        "variance": (("source", "variance", "error", "share"), list(_variance(findings))),
        "endings": (("system", "condition", "ending", "dialogues"), list(_endings(findings))),
    }  # fmt: skip
    return {name: rows for name, rows in found.items() if rows[1]}


def _key(cell: Cell) -> tuple[str | None, ...]:
    return cell.dimension, cell.condition, cell.system, cell.language


def _tails(findings: Findings) -> Iterator[Sequence[object]]:
    if findings.ordered and findings.scored:
        for share in SHARES:
            for cell, tail in findings.tails(share).items():
                yield *_key(cell), share, *astuple(tail.estimate), tail.dialogues, tail.cards


def _worst(findings: Findings) -> Iterator[Sequence[object]]:
    found = findings.worst_cells if findings.scored else []
    for cell in found if isinstance(found, list) else found.cells:
        yield cell.system, cell.condition, cell.language, cell.card, cell.score, cell.n, cell.again, cell.again_n


def _ranks(findings: Findings) -> Iterator[Sequence[object]]:
    for rank in findings.ranking.ranks if findings.ranking else ():
        yield rank.system, rank.mean, rank.rank, rank.low, rank.high, rank.best


def _staying(findings: Findings) -> Iterator[Sequence[object]]:
    for (condition, system), curve in findings.curves.items():
        for place, stay in enumerate(curve.stay):
            yield condition, system, place + 1, *astuple(stay), curve.left[place], curve.at_risk[place]


def _courses(findings: Findings) -> Iterator[Sequence[object]]:
    if findings.view.states is None:
        return
    for cell, course in trajectories(findings.view.states()).items():
        for of, estimates in (("staying", course.staying), ("everyone", course.carried)):
            for exchange, estimate in enumerate(estimates, 1):
                yield *_key(cell), exchange, of, *astuple(estimate)


def _shares(findings: Findings) -> Iterator[Sequence[object]]:
    for cell, made in findings.shares.items():
        for part in made.parts:
            yield *_key(cell), part.axis, part.intensity, *astuple(part.estimate), part.share
        rest: tuple[tuple[str, Estimate], ...] = (("together", made.together), ("drop", made.drop))
        for name, estimate in rest:
            yield *_key(cell), name, None, *astuple(estimate), None


def _variance(findings: Findings) -> Iterator[Sequence[object]]:
    found = findings.variance if findings.scored else None
    for component in found.components if found else ():
        yield component.name, component.variance, component.error, component.share


def _endings(findings: Findings) -> Iterator[Sequence[object]]:
    for key, outcome in findings.summary.outcomes.items():
        if len(key) == 2:  # noqa: PLR2004 - by system and condition
            for ending, dialogues in (*outcome.endings.items(), ("failed", outcome.failed)):
                yield *key, ending, dialogues
