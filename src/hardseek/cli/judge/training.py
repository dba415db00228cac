"""`hardseek judge train`: a scorer from people's ratings, with what it reaches on dialogues it has not seen."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Annotated, Final

import msgspec
import typer
from rich.table import Table
from rich.text import Text

from hardseek.analysis.bootstrap import DRAWS
from hardseek.cli.console import errors, output
from hardseek.cli.options import AsJson, Draws
from hardseek.dialogues import Transcript
from hardseek.errors import Refused
from hardseek.interop import Skipped, importer
from hardseek.judging.scorer import Agreement, write_scorer
from hardseek.runs import Store
from hardseek.validity.judge import material, read_ratings
from hardseek.validity.judge import train as train_scorer

_SCHEMES: Final = {
    "unseen-system": "systems that it was not trained on",
    "unseen-item": "dialogues that it was not trained on, by systems that it was",
}
_MEASURES: Final = {
    "qwk": "QWK",
    "spearman": "Spearman",
    "spearman-points": "Spearman, the folds' level left out",
    "spearman-within": "Spearman within a system",
    "mae": "Mean absolute error",
}
_BY: Final = ("scorer", "length", "majority")


class Trained(msgspec.Struct, frozen=True):
    """What came of training."""

    scorer: str
    """Its file or folder."""
    signature: str
    agreement: dict[str, tuple[Agreement, ...]]
    """By dimension, all measured on what was held out."""


def train(
    ratings: Annotated[
        Path, typer.Argument(help="Ratings (CSV or JSON Lines): item, rater, dimension, score[, cluster, language].")
    ],
    items: Annotated[Path, typer.Option(help="The rated dialogues: a run folder, or JSON Lines of messages with ids.")],
    out: Annotated[Path, typer.Option(help="The scorer to write: a .json file, or a folder with --base.")],
    base: Annotated[
        str | None,
        typer.Option(help="Train an adapter on this model (a name at Hugging Face, or a folder) instead; a GPU helps."),
    ] = None,
    epochs: Annotated[int, typer.Option(min=1, help="With --base: times that all dialogues are gone through.")] = 4,
    tokens: Annotated[int, typer.Option(min=16, help="With --base: tokens of a dialogue that are read.")] = 1024,
    data: Annotated[
        str | None, typer.Option(help="Whose ratings these are, as it is to stand in the scorer; the file's name.")
    ] = None,
    licence: Annotated[str | None, typer.Option(help="Under which the ratings and dialogues may be used.")] = None,
    lower: Annotated[
        list[str] | None, typer.Option(help="A dimension of which less is better for the seeker. Repeatable.")
    ] = None,
    draws: Draws = DRAWS,
    as_json: AsJson = False,
) -> None:
    """Train a scorer on people's ratings of dialogues, on one core, in seconds to a minute; with --base a transformer.

    It is measured on systems and on dialogues that it was not trained on, beside the length of what the supporter
    says and beside the best constant. `cluster` is the system that a dialogue is of. Use it as a judge with
    `kind: scorer`.

    Exit codes: 0 done; 2 refused.
    """
    if (out.suffix == ".json") != (base is None):
        wanted = "is a folder with --base" if base is not None else "ends in .json"
        raise Refused(f"--out {out}: such a scorer {wanted}")
    given = read_ratings(ratings)
    dialogues = _dialogues(items)
    named = {each.dimension for each in given}
    for name in lower or ():
        if name not in named:
            raise Refused(f"--lower {name}: nobody rated that; rated are {', '.join(sorted(named))}")
    of = material(given, dialogues, data=data or ratings.name, licence=licence, lower=lower or ())
    if base is None:
        scorer = train_scorer(of, name=out.stem, draws=draws)
        write_scorer(scorer, out)
        signed, learnt = scorer.signature, {each.dimension.name: each.agreement for each in scorer.learnt}
    else:
        from hardseek.judging.transformer.file import signature
        from hardseek.judging.transformer.train import Course
        from hardseek.validity.judge.transforming import train_on_base

        course = Course(epochs=epochs, tokens=tokens)
        made = train_on_base(of, base, out, course=course, draws=draws)
        signed, learnt = signature(out), {each.dimension.name: each.agreement for each in made.graded}
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(Trained(str(out), signed, learnt))).decode())
    else:
        _show(learnt)
    about = of.provenance
    missing = len({each.item for each in given} - dialogues.keys())
    errors.print(
        f"{out}: trained on {about.items:,} dialogues, {about.ratings:,} ratings by {about.raters:,} people"
        + (f"; {missing:,} rated items are none of the dialogues" if missing else ""),
        markup=False,
    )


def _dialogues(path: Path) -> dict[str, Transcript]:
    """Read the dialogues of a run, or of a file, by id; failed ones are left out."""
    if path.is_dir():
        with Store(path) as store:
            return {each.id: each.transcript for _, each in store.finished() if each.ending != "failed"}
    found = importer("messages").read(path)
    kept = [each.dialogue for each in found if not isinstance(each, Skipped)]
    return {each.id: each.transcript for each in kept if each.ending != "failed"}


def _show(learnt: Mapping[str, Sequence[Agreement]]) -> None:
    for dimension, agreement in learnt.items():
        for scheme, some in groupby(agreement, key=lambda made: made.scheme):
            made = list(some)
            output.print(Text(f"\n{dimension}: {_SCHEMES[scheme]}, {made[0].items:,} dialogues", "bold"))
            output.print(_table(made))
    if not any(made.scheme == "unseen-system" for agreement in learnt.values() for made in agreement):
        errors.print("Of unseen systems nothing is known: the ratings name no clusters, or only one.", markup=False)


def _table(made: Sequence[Agreement]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1))
    for heading in ("", "Scorer", "Length alone", "Best constant"):
        table.add_column(heading)
    for measure, title in _MEASURES.items():
        cells = [next((each for each in made if each.by == by and each.measure == measure), None) for by in _BY]
        if any(cells):
            table.add_row(*map(Text, [title, *map(_told, cells)]))
    return table


def _told(made: Agreement | None) -> str:
    if made is None or made.value is None:
        return ""
    return f"{made.value:.2f}" if made.low is None else f"{made.value:.2f} [{made.low:.2f}, {made.high:.2f}]"
