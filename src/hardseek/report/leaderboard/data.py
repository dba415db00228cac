"""A leaderboard as data: JSON with every number unrounded, and CSV to open in a spreadsheet."""

import csv
import io
import math
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from hardseek.analysis import Estimate
from hardseek.report.leaderboard.board import Board, Standing

KIND: Final = "hardseek leaderboard 1"
"""What the file says that it is; the number changes when its fields do."""
_FIGURES: Final = ("average", "hard", "drop", "tail")


def as_json(title: str, boards: Sequence[Board]) -> bytes:
    """Write the tables as JSON; what is not known is null."""
    content = {"kind": KIND, "title": title, "boards": [_board(board) for board in boards]}
    return msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n"


def as_csv(boards: Sequence[Board]) -> str:
    """Write the tables as CSV, one row a system of a run; `board` tells which rows are of runs that are alike."""
    columns = ["board", "system", "run", "dimension", "reference", "hard_condition"]
    columns += [f"{figure}{end}" for figure in _FIGURES for end in ("", "_low", "_high")]
    columns += ["pairs", "q", "dialogues", "failed", "unscored", "signature"]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for number, board in enumerate(boards, 1):
        for row in board.standings:
            estimates = [_estimate(row, figure) for figure in _FIGURES]
            ends = [_known(value) for one in estimates for value in _ends(one)]
            drop = row.drop
            names = (number, _inert(row.system), _inert(row.entry.slug))
            about = (board.dimension.name, board.reference, board.focus)
            pairs = (drop.estimate.n, _known(drop.q)) if drop is not None else (None, None)
            counts = (row.dialogues, row.failed, row.unscored)
            writer.writerow([*names, *about, *ends, *pairs, *counts, row.entry.view.signature])
    return text.getvalue()


def _board(board: Board) -> dict[str, Any]:
    return {
        "dimension": board.dimension.name,
        "better": board.dimension.better,
        "reference": board.reference,
        "hard": board.focus,
        "unlike_the_first": board.unlike,
        "runs": [
            {"slug": entry.slug, "name": entry.view.name, "created": entry.view.created, "signature": entry.view.parts}
            for entry in board.entries
        ],
        "standings": [_standing(row) for row in board.standings],
    }


def _standing(row: Standing) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    for figure in _FIGURES:
        found = _estimate(row, figure)
        if found is None:
            figures[figure] = None
            continue
        mean, low, high = (_known(value) for value in _ends(found))
        figures[figure] = {"mean": mean, "low": low, "high": high, "n": found.n, "cards": found.cards}
    if row.drop is not None:
        figures["drop"]["q"] = _known(row.drop.q)
    counts = {"dialogues": row.dialogues, "failed": row.failed, "unscored": row.unscored}
    return {"system": row.system, "run": row.entry.slug} | figures | counts


def _estimate(row: Standing, figure: str) -> Estimate | None:
    found = getattr(row, figure)
    return found if found is None or isinstance(found, Estimate) else found.estimate


def _ends(estimate: Estimate | None) -> tuple[float | None, float | None, float | None]:
    return (None, None, None) if estimate is None else (estimate.mean, estimate.low, estimate.high)


def _known(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _inert(text: str) -> str:
    """Keep a spreadsheet from reading a name as a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
