"""`hardseek train prove`: before and after training, with the same seekers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from hardseek.cli.console import errors, output
from hardseek.cli.options import AsJson
from hardseek.cli.runs.comparing import asked_dimensions
from hardseek.cli.runs.likeness import likeness
from hardseek.cli.runs.results import view_of
from hardseek.cli.train.shown import Proved, as_json, as_markdown, as_tables
from hardseek.errors import Refused
from hardseek.report import RunView
from hardseek.runs import Store
from hardseek.training.proving import Arm, arm, held_out, prove, trained_on

_TWO = 2


@dataclass(frozen=True, slots=True)
class _Given:
    """An arm as it is given."""

    name: str
    run: Path
    system: str | None


def prove_supporter(
    arms: Annotated[
        list[str],
        typer.Argument(metavar="NAME=RUN...", help="Arms, each a run folder, or RUN:SYSTEM; the first is untrained."),
    ],
    data: Annotated[
        list[Path] | None,
        typer.Option(help="A dataset or a training, whose cards are not held out and are left out. Repeatable."),
    ] = None,
    dimension: Annotated[
        list[str] | None, typer.Option(help="What is to have become better. Repeatable; else the runs' headline.")
    ] = None,
    anyway: Annotated[bool, typer.Option("--anyway", help="Even if the runs are not alike; it says so.")] = False,
    every: Annotated[bool, typer.Option("--all", help="All checks, those that show nothing too.")] = False,
    json: AsJson = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown tables.")] = False,
) -> None:
    """Hold trained arms against the untrained one on held-out cards: levels, drops, changes, and what else broke.

    Such as: hardseek train prove untrained=runs/base average-only=runs/a worst-only=runs/w mixed=runs/m --data data/w.
    A run may hold several arms as its systems: untrained=runs/all:base mixed=runs/all:mixed.
    """
    given = [_read(text) for text in arms]
    if len(given) < _TWO:
        raise Refused("prove needs two arms or more, such as: hardseek train prove untrained=runs/a trained=runs/b")
    twice = {each.name for each in given if [other.name for other in given].count(each.name) > 1}
    if twice:
        raise Refused(f"{', '.join(sorted(twice))}: is given twice; each arm needs a name of its own")
    if json and markdown:
        raise Refused("--json, --markdown: choose one of them")
    with Store(given[0].run) as store:
        view = view_of(store)
        main = asked_dimensions(view, dimension, given[0].run)
        found, unlike = [_arm(given[0], view)], list[str]()
        for each in given[1:]:
            with Store(each.run) as other:
                like = likeness(store, other, view.dimensions)
                if like.unlike and not anyway:
                    raise Refused(
                        f"{each.run}: not like {given[0].run}, so that what differs may not be the training. What "
                        f"differs: {'; '.join(like.unlike)}. Run both under the same settings, or see it with --anyway"
                    )
                unlike += [f"{each.name}: {part}" for part in like.unlike]
                found.append(_arm(each, view_of(other)))
    kept, seen = held_out(found, trained_on(data or ()))
    proved = Proved(prove(kept, main, view.dimensions), tuple(unlike), seen if data else None)
    if json:
        typer.echo(as_json(proved))
    elif markdown:
        typer.echo(as_markdown(proved, every=every))
    else:
        for part in as_tables(proved, every=every):
            output.print(part)
    for line in _notes(kept, data):
        errors.print(line, markup=False, soft_wrap=True)


def _arm(given: _Given, view: RunView) -> Arm:
    return arm(given.name, str(given.run), given.system, view.dialogues, view.measures)


def _read(text: str) -> _Given:
    name, equals, where = text.partition("=")
    if not (equals and name and where):
        raise Refused(f"{text!r}: an arm is NAME=RUN or NAME=RUN:SYSTEM, such as untrained=runs/before")
    run, colon, system = where.rpartition(":")
    if not colon or Path(where).is_dir():
        return _Given(name, Path(where), None)
    return _Given(name, Path(run), system)


def _notes(arms: Sequence[Arm], data: Sequence[Path] | None) -> Iterator[str]:
    if not data:
        yield "Whether these cards were held out is not known: name the training data with --data."
    for each in arms:
        if each.failed:
            yield f"{each.name}: {each.failed:,} dialogues failed and are left out"
