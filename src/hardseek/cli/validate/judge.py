"""`hardseek validate judge`: how far a judge agrees with people."""

from collections.abc import Sequence
from hashlib import blake2b
from itertools import groupby
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.table import Table
from rich.text import Text

import hardseek
from hardseek.analysis.agreement.alternative import EXPERTS
from hardseek.analysis.bootstrap import DRAWS
from hardseek.cli.console import errors, output
from hardseek.cli.files import can_be_written
from hardseek.cli.languages import language_of
from hardseek.cli.options import AsJson, Draws, PageLanguage
from hardseek.cli.validate.of_run import scores_of
from hardseek.errors import Refused
from hardseek.mistakes import choices
from hardseek.runs import Signature
from hardseek.validity.judge import Given, Measure, agreement, compared, raters, read_ratings

_READ = (
    "Figures with 95 % intervals. People: with each other, on the items that the judge scored. Guess: always the best "
    "constant score; of the corrected mean, the judge's own mean. ≥: not shown to agree less than people do."
)


class Agreements(msgspec.Struct, frozen=True):
    """All measures, and what they depend on."""

    properties: tuple[Measure, ...]
    signature: str


def judge(
    ratings: Annotated[
        Path, typer.Argument(help="Ratings (CSV or JSON Lines): item, rater, dimension, score[, cluster, language].")
    ],
    judges: Annotated[
        list[str] | None, typer.Option("--judge", help="A rater of the file, or of --run, that is a judge. Repeatable.")
    ] = None,
    run: Annotated[
        Path | None, typer.Option(help="A run whose judges rated the items; items are then ids of its dialogues.")
    ] = None,
    draws: Draws = DRAWS,
    epsilon: Annotated[
        float, typer.Option(help="Of the alternative annotator test: 0.2 experts, 0.15 skilled raters, 0.1 the crowd.")
    ] = EXPERTS,
    out: Annotated[Path | None, typer.Option(help="Write a page with pictures here (HTML).")] = None,
    page_language: PageLanguage = "en",
    as_json: AsJson = False,
) -> None:
    """Show how well judges agree with people, beside how well people agree with each other.

    Without a judge, people alone. What a judge left unscored is left out, never filled in.

    Exit codes: 0 done; 2 refused.
    """
    opens_in = language_of(page_language, "--page-language")
    can_be_written(out)
    given = read_ratings(ratings)
    in_run = _of_run(run, given) if run is not None else []
    given += in_run
    named = _named(judges, raters(given), in_run=raters(in_run))
    every = [made for each in compared(given, named) for made in agreement(each, draws=draws, epsilon=epsilon)]
    if not every:
        raise Refused(f"{ratings}: nobody but judges rated anything; at least one rater has to be a person")
    content = blake2b(msgspec.json.encode(given), digest_size=4).hexdigest()
    parts = {"hardseek": hardseek.__version__, "ratings": content, "judges": "+".join(named) or "none",
             "draws": str(draws), "epsilon": f"{epsilon:g}"}  # fmt: skip
    found = Agreements(tuple(every), Signature(parts).line)
    if out is not None:
        # Only here: the page needs the report's templates, which a table does not.
        from hardseek.report.agreement import write_agreement

        write_agreement(out, found.properties, found.signature, language=opens_in)
        errors.print(f"Page: {out}", markup=False)
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(found)).decode())
        return
    for (dimension, language, by), some in groupby(every, key=lambda made: (made.dimension, made.language, made.judge)):
        measures = list(some)
        output.print(Text(f"\n{dimension} ({language}), {by or 'people alone'}: {measures[0].items:,} items", "bold"))
        output.print(_table(measures))
    errors.print(_READ, markup=False)
    errors.print(f"Signature: {found.signature}", markup=False)


def _of_run(run: Path, given: Sequence[Given]) -> list[Given]:
    """Read what the judges of a run scored; a judge's dimension JUDGE/NAME is held against people's NAME."""
    known = {(each.item, each.dimension): each for each in given}
    languages = {each.item: each.language for each in given}
    found = []
    for identity, by, dimension, score in scores_of(run, given):
        name = dimension.rpartition("/")[2]
        beside = known.get((identity, name))
        cluster = beside.cluster if beside is not None else None
        found.append(Given(identity, by, name, score, cluster, languages.get(identity, "en")))
    return found


def _named(judges: list[str] | None, known: list[str], in_run: list[str]) -> list[str]:
    if not judges:
        return in_run
    for name in judges:
        if name not in known:
            raise Refused(f"--judge: nobody called {name} rated anything; {choices(name, known, says='there are')}")
    return [*dict.fromkeys([*judges, *in_run])]


def _table(measures: Sequence[Measure]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1))
    by_judge = any(made.judge is not None for made in measures)
    headings = ["", "Judge", "People", "Difference", "Guess", "≥"] if by_judge else ["", "People"]
    for heading in headings:
        table.add_column(heading, overflow="fold", no_wrap=heading in {"Guess", "≥"})
    for made in measures:
        people = _told(made.people, made.people_interval)
        row = [made.name, people]
        if by_judge:
            apart = _told(made.difference, made.difference_interval)
            holds = "" if made.holds is None else "yes" if made.holds else "no"
            row = [made.name, _told(made.value, made.interval), people, apart, _told(made.baseline, None), holds]
        table.add_row(*map(Text, row))
    return table


def _told(value: float | None, interval: tuple[float, float] | None) -> str:
    if value is None:
        return ""
    return f"{value:.2f}" if interval is None else f"{value:.2f} [{interval[0]:.2f}, {interval[1]:.2f}]"
