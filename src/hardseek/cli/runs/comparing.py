"""`hardseek compare`: runs held against each other, seeker by seeker."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Final

import polars as pl
import typer

from hardseek.analysis import Grain, changes, comparable
from hardseek.analysis.changes import Of
from hardseek.analysis.summary import AVERAGE
from hardseek.cli.console import errors, output
from hardseek.cli.options import AsJson
from hardseek.cli.runs.changes_shown import Compared, as_json, as_markdown, as_table
from hardseek.cli.runs.likeness import Likeness, likeness
from hardseek.cli.runs.results import view_of
from hardseek.errors import Refused
from hardseek.judging import Dimension
from hardseek.mistakes import choices
from hardseek.report import RunView
from hardseek.runs import Store

_TWO: Final = 2
_FIRST: Final = "the first run"


def compare(
    runs: Annotated[list[Path], typer.Argument(metavar="RUN RUN...", help="Run folders; the first is held against.")],
    dimension: Annotated[
        list[str] | None, typer.Option(help="What to compare, more than once for several; else the runs' headline.")
    ] = None,
    system: Annotated[
        list[str] | None,
        typer.Option(metavar="OLD=NEW", help="A system of the first run, and what it is called in the others."),
    ] = None,
    drop: Annotated[bool, typer.Option("--drop", help="Compare drops instead of scores.")] = False,
    by_language: Annotated[bool, typer.Option("--by-language", help="Each language for itself.")] = False,
    anyway: Annotated[bool, typer.Option("--anyway", help="Even if the runs are not alike; it says so.")] = False,
    json: AsJson = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print a Markdown table.")] = False,
) -> None:
    """Hold runs against each other: before and after, or versions of a model.

    Dialogues are paired by system, condition, card, language and replicate. What differs is the other run less the
    first, with its 95 % interval (cards drawn whole), a sign-flip test, and control of false discovery over all rows.
    """
    if len(runs) < _TWO:
        raise Refused(f"compare needs two runs or more, such as: hardseek compare {runs[0]} runs/other")
    if json and markdown:
        raise Refused("--json, --markdown: choose one of them")
    renamed = _renamed(system or [])
    of: Of = "drop" if drop else "score"
    within: tuple[Grain, ...] = ("system", "language") if by_language else ("system",)
    found = []
    with Store(runs[0]) as store:
        first = view_of(store)
        asked = asked_dimensions(first, dimension, runs[0])
        for run in runs[1:]:
            with Store(run) as other_store:
                like = likeness(store, other_store, asked)
                if like.unlike and not anyway:
                    raise Refused(_unlike(runs[0], run, like))
                other = view_of(other_store)
                found.append(_compared(first, run, other, asked, renamed, of=of, within=within, like=like))
    if json:
        typer.echo(as_json(runs[0], found, of))
    elif markdown:
        typer.echo(as_markdown(runs[0], found, of))
    else:
        for each in found:
            output.print(as_table(runs[0], each, of))
    for each in found:
        if not each.changes:
            errors.print(
                f"{each.run}: no dialogue of it has a counterpart in {runs[0]} (system, condition, card, language, "
                "replicate); --system OLD=NEW pairs systems of different names",
                markup=False,
            )


def _renamed(given: Sequence[str]) -> dict[str, str]:
    """Read OLD=NEW; the names of the other runs come first, as it is they that are renamed."""
    renamed = {}
    for pair in given:
        old, equals, new = pair.partition("=")
        if not (equals and old and new):
            raise Refused(f"--system: found {pair!r}; it should be OLD=NEW, such as before=after")
        if new in renamed:
            raise Refused(f"--system: {new} is given twice; it can stand for one system")
        renamed[new] = old
    return renamed


def asked_dimensions(view: RunView, names: Sequence[str] | None, run: Path) -> list[Dimension]:
    """Find the dimensions that are asked for, or the headline; raises Refused when the run has no such one."""
    if not names:
        return [view.main]
    known = {dimension.name: dimension for dimension in view.dimensions}
    for name in names:
        if name not in known:
            raise Refused(f"--dimension: {run} has no {name!r}; {choices(name, known, says='it has')}")
    return [known[name] for name in dict.fromkeys(names)]


def _compared(
    first: RunView, run: Path, other: RunView, asked: Sequence[Dimension], renamed: Mapping[str, str],
    *, of: Of, within: Sequence[Grain], like: Likeness,
) -> Compared:  # fmt: skip
    names = pl.col("system", "condition").cast(pl.String)
    before = comparable(first.measures, first.dialogues).with_columns(names)
    after = comparable(other.measures, other.dialogues).with_columns(names)
    lacking = [dimension.name for dimension in asked if dimension.name not in after["dimension"].unique()]
    if lacking:
        words = ", ".join(lacking)
        raise Refused(f"{run}: has no scores of {words} to compare; judge both runs alike, or see hardseek status")
    _refuse_unknown(renamed, before, after, run)
    if of == "drop" and AVERAGE not in before["condition"]:
        raise Refused(f"--drop: drops are counted from the condition {AVERAGE}, and the first run has none")
    if renamed:
        # A system of the other run that has the old name itself is another one, and makes room.
        old, new = list(renamed.values()), list(renamed)
        after = after.filter(~pl.col("system").is_in(old) | pl.col("system").is_in(new))
        after = after.with_columns(pl.col("system").replace(renamed))
    found = changes(before, after, asked, within, of=of, reference=AVERAGE)
    dimensions = {dimension.name: dimension for dimension in asked}
    return Compared(run, like, dimensions, found, (_only(before, after), _only(after, before)))


def _only(side: pl.DataFrame, other: pl.DataFrame) -> tuple[str, ...]:
    """Name the systems and conditions that one run has alone."""
    return tuple(name for what in ("system", "condition") for name in sorted(set(side[what]) - set(other[what])))


def _refuse_unknown(renamed: Mapping[str, str], before: pl.DataFrame, after: pl.DataFrame, run: Path) -> None:
    sides = ((_FIRST, before, renamed.values()), (str(run), after, renamed))
    for where, measures, names in sides:
        known = sorted(measures["system"].unique().to_list())
        for name in names:
            if name not in known:
                raise Refused(f"--system: {where} has no system {name!r}; {choices(name, known, says='it has')}")


def _unlike(first: Path, other: Path, like: Likeness) -> str:
    return (
        f"{other}: not like {first}, so that what differs between them may not be the systems. What differs: "
        f"{'; '.join(like.unlike)}. Run both under the same settings, or see the comparison with --anyway"
    )
