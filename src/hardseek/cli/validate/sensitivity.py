"""`hardseek validate sensitivity`: whether a judge is moved by what should not matter."""

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from hardseek.cards import load_cards
from hardseek.cli.console import errors, output
from hardseek.cli.exits import DONE, FAILED
from hardseek.cli.judge.file import read_judges
from hardseek.cli.options import AsJson
from hardseek.dialogues import Dialogue
from hardseek.errors import Refused
from hardseek.judging import Judge
from hardseek.judging.bench import build_model_judge
from hardseek.judging.spec import ModelJudgeSpec
from hardseek.language import LANGUAGES, Language
from hardseek.runs import CARDS, Signature, Store, sign_judge
from hardseek.validity.judge import (
    VARIANTS,
    Scores,
    Shift,
    Variant,
    language_shifts,
    other_names,
    score_variants,
    shifts,
)


class Shifts(msgspec.Struct, frozen=True):
    """All shifts, and what they depend on."""

    properties: tuple[Shift, ...]
    signature: str


def sensitivity(
    run: Annotated[Path, typer.Argument(help="A run folder: its dialogues are rated.")],
    judges: Annotated[Path, typer.Argument(help="A YAML file with `judges:`; those that are models are tested.")],
    limit: Annotated[int, typer.Option(min=2, help="At most so many dialogues of each language.")] = 40,
    concurrency: Annotated[int, typer.Option(min=1, help="Dialogues rated at once.")] = 16,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be asked, and ask nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show how far a judge's scores shift when dialogues are changed in what should not matter.

    Every dialogue is rated as it is; with supporters' turns made longer by sentences that say nothing; with an apology
    in front of each; with the speakers called otherwise; and once more as it is, with another seed. Where the run has
    parallel cards, the same person's dialogues in Chinese and English are compared besides. The run is not changed.

    Exit codes: 0 done; 1 some ratings could not be had and are left out; 2 refused.
    """
    specs = [spec for spec in read_judges(judges).judges if isinstance(spec, ModelJudgeSpec)]
    if not specs:
        raise Refused(f"{judges}: no judge of the kind model in it; only these are asked anew")
    dialogues = _dialogues(run, limit)
    ratings = len(dialogues) * (1 + len(VARIANTS)) * len(specs)
    errors.print(
        f"{len(dialogues):,} dialogues, as they are and in {len(VARIANTS)} variants: {ratings:,} ratings", markup=False
    )
    if dry_run:
        return
    with Store(run) as store:
        parallel = _parallel(run, store)
    found: list[Shift] = []
    signed: list[str] = []
    unasked = 0
    for spec in specs:
        plain = _judge(spec, judges.parent, None)
        signed.append(sign_judge(plain.name, plain.settings))
        scores = _scored(spec, judges.parent, dialogues, concurrency)
        unasked += scores.unasked
        found += shifts(scores, plain, dialogues) + language_shifts(scores, plain, dialogues, parallel)
    signature = Signature({"judges": "+".join(signed), "dialogues": str(len(dialogues))}).line
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(Shifts(tuple(found), signature))).decode())
    else:
        output.print(_table(found))
        errors.print(f"Signature: {signature}", markup=False)
    if unasked:
        errors.print(
            f"{unasked:,} ratings could not be had (the server did not answer) and are left out.", markup=False
        )
    raise typer.Exit(FAILED if unasked else DONE)


def _dialogues(run: Path, limit: int) -> list[Dialogue]:
    """Take dialogues evenly over the run, so many of each language."""
    with Store(run) as store:
        held = [each for _, each in store.finished() if each.ending != "failed"]
    found: list[Dialogue] = []
    for language in LANGUAGES:
        mine = [each for each in held if each.language == language]
        step = max(1, len(mine) // limit)
        found += mine[::step][:limit]
    if not found:
        raise Refused(f"{run}: no finished dialogues in it")
    return found


def _parallel(run: Path, store: Store) -> dict[str, str]:
    """Return the English card of each Chinese one, among the cards of the run; imported runs have none."""
    path = run / CARDS
    if store.noted("kind") != "run" or not path.is_file():
        return {}
    return {card.id: card.parallel for card in load_cards(path) if card.language == "zh" and card.parallel is not None}


def _judge(spec: ModelJudgeSpec, folder: Path, variant: Variant | None) -> Judge:
    names: Mapping[Language, tuple[str, str]] | None = None
    if variant == "names":
        names = {language: other_names(language) for language in LANGUAGES}
    return build_model_judge(spec, folder, salt="again " if variant == "again" else "", names=names)


def _scored(spec: ModelJudgeSpec, folder: Path, dialogues: Sequence[Dialogue], concurrency: int) -> Scores:
    with Progress(console=errors, transient=True) as progress:
        task = progress.add_task(spec.signs, total=len(dialogues) * (1 + len(VARIANTS)))
        return asyncio.run(
            score_variants(
                partial(_judge, spec, folder), dialogues, concurrency=concurrency, done=partial(progress.advance, task)
            )
        )


def _table(found: Sequence[Shift]) -> Table:
    table = Table("Variant", "Dimension", box=None, pad_edge=False)
    for heading in ("", "Shift [95 %]", "Same", "Kappa", "Of", "Unmoved"):
        table.add_column(heading, justify="right", no_wrap=True)
    for made in found:
        shift = "" if made.value is None else f"{made.value:+.2f}"
        if made.interval is not None:
            shift += f" [{made.interval[0]:+.2f}, {made.interval[1]:+.2f}]"
        holds = "" if made.holds is None else "yes" if made.holds else "no"
        row = (
            made.name, f"{made.judge}/{made.dimension}", made.language or "zh-en", shift, _told(made.same),
            _told(made.kappa), f"{made.items:,}", holds,
        )  # fmt: skip
        table.add_row(*map(Text, row))
    return table


def _told(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
