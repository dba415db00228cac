"""`hardseek leaderboard`: a folder of static files that ranks the systems of many runs."""

import re
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

import typer

from hardseek.cli.console import errors
from hardseek.cli.runs.likeness import likeness
from hardseek.cli.runs.results import view_of
from hardseek.errors import Refused
from hardseek.judging import Dimension
from hardseek.mistakes import choices
from hardseek.report import write_report
from hardseek.report.leaderboard import Entry, board, write_leaderboard
from hardseek.runs import Store

_ODD: Final = re.compile(r"[^\w.-]+")


@dataclass(frozen=True)
class _Entered:
    """A run with what it is compared by."""

    store: Store
    entry: Entry
    dimension: Dimension

    def unlike(self, other: "_Entered") -> list[str]:
        """Name what keeps another run out of one table with this one."""
        found = []
        if other.dimension.name != self.dimension.name:
            found.append(f"dimension ({other.dimension.name}, not {self.dimension.name})")
        mine, theirs = self.entry.view.summary, other.entry.view.summary
        for what, ours, its in (("reference", mine.reference, theirs.reference), ("hard", mine.focus, theirs.focus)):
            if ours != its:
                found.append(f"{what} condition ({its or 'none'}, not {ours or 'none'})")
        return [*found, *likeness(self.store, other.store, [self.dimension]).unlike]


def leaderboard(
    runs: Annotated[list[Path], typer.Argument(metavar="RUN...", help="Run folders.")],
    out: Annotated[Path, typer.Option(help="The folder to write; one that is there is brought up to date.")],
    dimension: Annotated[str | None, typer.Option(help="What to rank by; else each run's headline.")] = None,
    title: Annotated[str, typer.Option(help="Title of the page.")] = "",
    reports: Annotated[
        bool, typer.Option("--reports/--no-reports", help="With the runs' reports, which hold all dialogues.")
    ] = True,
) -> None:
    """Rank the systems of runs on a page of their own, ready for GitHub Pages.

    Runs whose signatures are alike share a table. Others have one of their own, with what sets them apart.
    """
    with ExitStack() as stack:
        entered: list[_Entered] = []
        for run in runs:
            store = stack.enter_context(Store(run))
            view = view_of(store)
            slug = _slug(run, {each.entry.slug for each in entered})
            entered.append(
                _Entered(store, Entry(slug, view), _dimension(run, view.dimensions, dimension or view.headline))
            )
        groups: list[list[_Entered]] = []
        for each in entered:
            like = next((group for group in groups if not group[0].unlike(each)), None)
            if like is None:
                groups.append([each])
            else:
                like.append(each)
        groups.sort(key=len, reverse=True)
        first = groups[0][0]
        boards = [board([each.entry for each in group], group[0].dimension, first.unlike(group[0])) for group in groups]
        page = write_leaderboard(
            out, boards, title=title, report=(lambda entry, path: write_report(path, entry.view)) if reports else None
        )  # fmt: skip
    errors.print(f"Leaderboard: {page}", markup=False)
    if len(boards) > 1:
        errors.print(
            f"The runs are not all alike: {len(boards)} tables, each with what sets it apart from the first.",
            markup=False,
        )


def _dimension(run: Path, known: tuple[Dimension, ...], name: str) -> Dimension:
    found = {dimension.name: dimension for dimension in known}
    if name not in found:
        raise Refused(f"--dimension: {run} has no {name!r}; {choices(name, found, says='it has')}")
    return found[name]


def _slug(run: Path, taken: set[str]) -> str:
    """Name a run in addresses by its folder, numbered where that is taken."""
    plain = _ODD.sub("-", run.resolve().name).strip(".-") or "run"
    slug, number = plain, 2
    while slug in taken:
        slug, number = f"{plain}-{number}", number + 1
    return slug
