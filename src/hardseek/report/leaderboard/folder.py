"""The leaderboard's folder: a page, its numbers as files, and the reports; ready for GitHub Pages or any web server."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from hardseek.errors import HardseekError, Refused
from hardseek.report.findings.cells import counted, dropped, scored
from hardseek.report.html import render_page, write_page
from hardseek.report.leaderboard.board import Board, Entry, Standing
from hardseek.report.leaderboard.data import KIND, as_csv, as_json
from hardseek.report.numbers import count
from hardseek.report.safe import visible
from hardseek.report.table import Row, Table
from hardseek.report.titles import condition_title, dimension_title
from hardseek.report.words import Words
from hardseek.runs import REPORT

told: Final = Words("hardseek.report.leaderboard")
PAGE: Final = "index.html"
JSON: Final = "leaderboard.json"
CSV: Final = "leaderboard.csv"
RUNS: Final = "runs"
_PLAIN: Final = ".nojekyll"
"""Tells GitHub Pages to serve the files as they are."""


def write_leaderboard(
    folder: Path, boards: Sequence[Board], *, title: str = "", report: Callable[[Entry, Path], None] | None = None
) -> Path:
    """Write a leaderboard; one that is there already is brought up to date, and other files beside it stay.

    Args:
        folder: where to.
        boards: the tables, that of the most runs first.
        title: of the page; a plain one if empty.
        report: writes a run's report to a path; None for a leaderboard without reports.

    Returns:
        The page.

    Raises:
        Refused: the folder holds files that are no leaderboard.
        HardseekError: it cannot be written.
    """
    before = _slugs_before(folder)
    slugs = [entry.slug for board in boards for entry in board.entries]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / JSON).write_bytes(as_json(title, boards))  # first: it tells that what else is there is ours
        if report is not None:
            for entry in (entry for board in boards for entry in board.entries):
                (folder / RUNS / entry.slug).mkdir(parents=True, exist_ok=True)
                report(entry, folder / RUNS / entry.slug / REPORT)
        (folder / CSV).write_text(as_csv(boards), encoding="utf-8")
        (folder / _PLAIN).touch()
        write_page(folder / PAGE, _page(boards, title, reports=report is not None))
        for gone in set(before) - (set(slugs) if report is not None else set()):
            shutil.rmtree(folder / RUNS / gone, ignore_errors=True)
    except OSError as error:
        raise HardseekError(f"{folder}: cannot be written: {error.strerror or error}") from None
    return folder / PAGE


def _slugs_before(folder: Path) -> list[str]:
    """Name the runs of the leaderboard that is there."""
    if not folder.exists():
        return []
    if not folder.is_dir():
        raise Refused(f"{folder}: is a file; give a folder")
    try:
        known = msgspec.json.decode((folder / JSON).read_bytes())
        if known["kind"] != KIND:
            raise KeyError
        slugs = [run["slug"] for board in known["boards"] for run in board["runs"]]
    except FileNotFoundError:
        if any(not entry.name.startswith(".") for entry in folder.iterdir()):
            raise Refused(f"{folder}: holds files but no leaderboard; choose another --out, or empty it") from None
        return []
    except (OSError, msgspec.DecodeError, KeyError, TypeError):
        raise Refused(f"{folder / JSON}: is not what this version writes; choose another --out") from None
    return [slug for slug in slugs if slug == Path(slug).name and slug not in {"", ".", ".."}]


def _page(boards: Sequence[Board], title: str, *, reports: bool) -> str:
    entries = [entry for board in boards for entry in board.entries]
    systems = {standing.system for board in boards for standing in board.standings}
    content = {
        "title": visible(title) if title else told("title"),
        "runs": count(len(entries)),
        "systems": count(len(systems)),
        "boards": [_shown(board, reports=reports) for board in boards],
        "files": [JSON, CSV],
    }
    return render_page("leaderboard.html.j2", content, told=told, styles=("page.css",), scripts=("page.js",))


def _shown(board: Board, *, reports: bool) -> dict[str, Any]:
    view = board.entries[0].view
    reference = condition_title(view, board.reference) if board.reference else None
    focus = condition_title(view, board.focus) if board.focus else None
    dimension = dimension_title(board.dimension)
    better = told(board.dimension.better)
    columns = [told("system"), *(told("mean", condition=title) for title in (reference, focus) if title is not None)]
    paired, ordered = reference is not None and focus is not None, board.dimension.better != "neither"
    if paired:
        columns.append(told("drop" if ordered else "difference"))
    if ordered:
        columns.append(told("tail", condition=focus or reference or ""))
    columns += [told("dialogues"), told("failed"), told("unscored")]
    about = told("about", dimension=dimension, better=better, hard=focus) if focus else None
    rows = [_row(board, standing, paired=paired, ordered=ordered) for standing in board.standings]
    return {
        "about": about or told("about_alone", dimension=dimension, better=better),
        "unlike": [visible(part) for part in board.unlike],
        "table": Table(tuple(columns), tuple(rows)),
        "runs": [
            {
                "name": visible(entry.view.name or entry.slug),
                "slug": visible(entry.slug),
                "created": visible(entry.view.created),
                "signature": [(visible(name), visible(value)) for name, value in entry.view.parts.items()],
                "report": f"{RUNS}/{entry.slug}/{REPORT}" if reports else "",
            }
            for entry in board.entries
        ],
    }


def _row(board: Board, standing: Standing, *, paired: bool, ordered: bool) -> Row:
    """Make the row of a system; where neither way is better there is no worst, and so no tail."""
    main, tail = board.dimension, standing.tail
    means = ((board.reference, standing.average), (board.focus, standing.hard))
    values = [scored(found, main) for condition, found in means if condition is not None]
    if paired:
        values.append(dropped(standing.drop, main))
    if ordered:
        values.append(scored(tail.estimate if tail else None, main))
    values += [counted(n) for n in (standing.dialogues, standing.failed, standing.unscored)]
    of = visible(standing.entry.slug) if len(board.entries) > 1 else ""
    return Row(visible(standing.system), tuple(values), of=of)
