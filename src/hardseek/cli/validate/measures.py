"""`hardseek validate measures`: every automatic measure of a run held against people's ratings, in one table."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from itertools import groupby
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.table import Table
from rich.text import Text

import hardseek
from hardseek.analysis.bootstrap import DRAWS
from hardseek.cli.console import errors, output
from hardseek.cli.options import AsJson, Draws
from hardseek.cli.validate.of_run import scores_of
from hardseek.errors import Refused
from hardseek.mistakes import choices
from hardseek.runs import Signature
from hardseek.validity.judge import Correlation, Given, correlations, read_ratings

_READ = (
    "Correlations with the mean of the people who rated a dialogue, with 95 % intervals; tau-b for Kendall. People: "
    "one with the mean of the others. What a measure left unscored is left out."
)


class Correlations(msgspec.Struct, frozen=True):
    """All coefficients, and what they depend on."""

    correlations: tuple[Correlation, ...]
    signature: str


def measures(
    ratings: Annotated[
        Path, typer.Argument(help="Ratings (CSV or JSON Lines): item, rater, dimension, score[, cluster, language].")
    ],
    run: Annotated[Path, typer.Option(help="The run that the rated dialogues are in; items are their ids.")],
    measure: Annotated[
        list[str] | None, typer.Option(help="Only this measure, such as metrics/bleu. Repeatable.")
    ] = None,
    draws: Draws = DRAWS,
    as_json: AsJson = False,
) -> None:
    """Correlate every automatic measure of a run (indicators, text metrics, judges) with people's ratings.

    `hardseek judge RUN FILE` adds measures to a run. How far a judge's own scale agrees with people's, and not only the
    order, is told by `validate judge`.

    Exit codes: 0 done; 2 refused.
    """
    given = read_ratings(ratings)
    measured = _chosen(_measured(run, given), measure)
    content = blake2b(msgspec.json.encode(given), digest_size=4).hexdigest()
    parts = {"hardseek": hardseek.__version__, "ratings": content, "draws": str(draws)}
    found = Correlations(tuple(correlations(given, measured, draws=draws)), Signature(parts).line)
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(found)).decode())
        return
    for (dimension, language), some in groupby(found.correlations, key=lambda made: (made.dimension, made.language)):
        output.print(Text(f"\n{dimension} ({language})", "bold"))
        output.print(_table(list(some)))
    errors.print(_READ, markup=False)
    errors.print(f"Signature: {found.signature}", markup=False)


def _measured(run: Path, rated: Sequence[Given]) -> dict[str, dict[str, float]]:
    """Return what every judge of the run scored: by judge and dimension, by dialogue."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for identity, by, dimension, score in scores_of(run, rated):
        if score is not None:
            found[dimension if dimension.startswith(f"{by}/") else f"{by}/{dimension}"][identity] = score
    return dict(found)


def _chosen(measured: Mapping[str, dict[str, float]], wanted: list[str] | None) -> dict[str, dict[str, float]]:
    for name in wanted or []:
        if name not in measured:
            known = choices(name, measured, says="there are")
            raise Refused(f"--measure: nothing called {name} was measured in this run; {known}")
    return {name: values for name, values in measured.items() if not wanted or name in wanted}


def _table(found: Sequence[Correlation]) -> Table:
    by_measure: dict[str | None, dict[str, Correlation]] = defaultdict(dict)
    for made in found:
        by_measure[made.measure][made.kind] = made
    table = Table(box=None, pad_edge=False, padding=(0, 1))
    for heading in ("", "Items", "Pearson", "Spearman", "Kendall"):
        table.add_column(heading, overflow="fold", no_wrap=not heading)
    for measure, by_kind in sorted(by_measure.items(), key=lambda row: _rank(*row)):
        kinds = [_told(by_kind[kind]) for kind in ("pearson", "spearman", "kendall")]
        table.add_row(Text(measure or "people"), f"{by_kind['spearman'].items:,}", *kinds)
    return table


def _rank(measure: str | None, made: Mapping[str, Correlation]) -> tuple[bool, float]:
    """Order people first, then measures by the size of their rank correlation."""
    value = made["spearman"].value
    return measure is not None, -abs(value) if value is not None else 1.0


def _told(made: Correlation) -> str:
    if made.value is None:
        return "-"
    return f"{made.value:.2f}" + (f" [{made.interval[0]:.2f}, {made.interval[1]:.2f}]" if made.interval else "")
