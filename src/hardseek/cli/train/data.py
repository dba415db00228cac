"""`hardseek train data`: from stored dialogues to datasets, with everything that was left out."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import msgspec
import typer
from rich.table import Table
from rich.text import Text

from hardseek.cli.console import errors, output
from hardseek.cli.options import AsJson, Conditions
from hardseek.documents import read
from hardseek.errors import Refused
from hardseek.language import LANGUAGES, Language, detect

if TYPE_CHECKING:
    from hardseek.training.data import DataRecipe
    from hardseek.training.dataset import About, Kind

_SHOWN: Final = 12
_LOPSIDED: Final = 0.15
"""From a half: the share of pairs in which the longer reply is preferred; beyond it, that is told."""


def data(
    runs: Annotated[list[Path], typer.Argument(help="Run folders, of `run`, `generate` or `import`.")],
    out: Annotated[Path, typer.Option(help="The dataset folder to make; with --arm, the folder of the arms.")],
    kind: Annotated[
        Literal["supporter-sft", "supporter-preference", "seeker-sft", "scorer"],
        typer.Option(help="What is to be trained, and how."),
    ] = "supporter-sft",
    bar: Annotated[
        list[str] | None,
        typer.Option(help="What a turn must reach, such as response>=0.05 or early_advice<=0.2; dialogue:NAME for a "
                     "rating of the whole dialogue. Repeatable."),
    ] = None,
    learn: Annotated[
        Literal["turns", "dialogues"],
        typer.Option(help="Hold each turn against the bars, or the mean of a dialogue's turns."),
    ] = "turns",
    arm: Annotated[
        list[str] | None,
        typer.Option(help="A mixture, such as worst, or mixed:average=0.5,worst=0.5; all arms learn the same number "
                     "of turns. Repeatable."),
    ] = None,
    most_turns: Annotated[int | None, typer.Option(min=1, help="Learnt turns of the training split at most.")] = None,
    against: Annotated[
        list[Path] | None,
        typer.Option(help="Cards or runs that models will be measured with: what is too near is left out. Repeatable."),
    ] = None,
    cards: Annotated[
        list[Path] | None, typer.Option(help="Role cards of runs that keep none, such as imported ones. Repeatable.")
    ] = None,
    condition: Conditions = None,
    system: Annotated[list[str] | None, typer.Option(help="Only dialogues of this system. Repeatable.")] = None,
    system_prompt: Annotated[
        list[Path] | None,
        typer.Option(help="A text file that begins every dialogue in its language, for supporters. Repeatable."),
    ] = None,
    chosen_by: Annotated[
        Literal["response", "judges"],
        typer.Option(help="Preferences: by the seeker's simulated response, or by the judges of `generate`."),
    ] = "response",
    margin: Annotated[float, typer.Option(min=0, help="Preferences: least difference of best and worst.")] = 0.05,
    even_length: Annotated[
        bool, typer.Option("--even-length", help="Preferences: drop pairs until the longer reply is preferred in half.")
    ] = False,
    edits: Annotated[
        Path | None, typer.Option(help="Preferences: experts' edits (JSON Lines: dialogue, turn, text), preferred.")
    ] = None,
    general: Annotated[
        Path | None, typer.Option(help="Seekers: general role-play data to mix in (JSON Lines with messages).")
    ] = None,
    general_ratio: Annotated[
        float, typer.Option(min=0, help="Seekers: general dialogues for each dialogue of the runs.")
    ] = 1.0,
    judge: Annotated[
        list[str] | None, typer.Option(help="Scorers: whose ratings; everyone's but counts. Repeatable.")
    ] = None,
    valid: Annotated[float, typer.Option(min=0, max=0.9, help="Share of the cards that validates.")] = 0.1,
    test: Annotated[float, typer.Option(min=0, max=0.9, help="Share of the cards that is kept for a test.")] = 0.0,
    seed: Annotated[int, typer.Option(min=0, help="The seed of splits and mixtures.")] = 1,
    licence: Annotated[str | None, typer.Option(help="Under which the dialogues may be used.")] = None,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Make a dataset for training from stored dialogues, in the format that TRL reads, with a datasheet.

    The same runs, options and seed give the same rows. Cards of one family are in one split. What is left out is
    counted, with the reason.

    Exit codes: 0 done; 2 refused; 3 stopped (disk).
    """
    from hardseek.training.data import DataRecipe, make_datasets, read_arm, read_bar

    _refuse_for_others(kind, {
        "--system-prompt": (system_prompt, "supporter"), "--edits": (edits, "supporter-preference"),
        "--even-length": (even_length, "supporter-preference"),
        "--general": (general, "seeker-sft"), "--judge": (judge, "scorer"),
    })  # fmt: skip
    if valid + test >= 1:
        raise Refused(f"--valid {valid:g} and --test {test:g} leave nothing to train on")
    recipe = DataRecipe(
        kind=kind, runs=tuple(runs), bars=tuple(map(read_bar, bar or ())), unit=learn,
        conditions=tuple(condition or ()), systems=tuple(system or ()), arms=tuple(map(read_arm, arm or ())),
        most_turns=most_turns, against=tuple(against or ()), cards=tuple(cards or ()),
        prompts=_prompts(system_prompt or []), chosen_by=chosen_by, margin=margin, even_length=even_length, edits=edits,
        general=general, general_ratio=general_ratio, judges=tuple(judge or ()),
        valid=valid, test=test, seed=seed, licence=licence,
    )  # fmt: skip
    _refuse_what_does_not_fit(recipe)
    made = make_datasets(recipe, out)
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(made)).decode())
    else:
        _show(made, kind)
        _warn_of_length(made)
    errors.print(f"{out}: " + _written(made), markup=False, soft_wrap=True)


def _refuse_for_others(kind: str, only: Mapping[str, tuple[object, str]]) -> None:
    for option, (given, wanted) in only.items():
        if given and not kind.startswith(wanted):
            raise Refused(f"{option} is for {wanted} data, and this is {kind}")


def _refuse_what_does_not_fit(recipe: "DataRecipe") -> None:
    names = [each.name for each in recipe.arms]
    if len(set(names)) < len(names):
        raise Refused(f"--arm: two arms have the same name ({', '.join(names)}); give each its own, as NAME:MIXTURE")
    of_turns = [each for each in recipe.bars if not each.of_dialogue]
    if recipe.bars and recipe.kind in {"supporter-preference", "scorer"}:
        raise Refused(f"--bar chooses turns or dialogues for SFT, and this is {recipe.kind}")
    if of_turns and recipe.kind == "seeker-sft":
        raise Refused(f"--bar {of_turns[0].text}: is about a supporter's turn; for seekers name a dialogue's rating")


def _prompts(paths: list[Path]) -> dict[Language, str | None]:
    found: dict[Language, str | None] = {}
    for path in paths:
        text = read(path).strip()
        language = detect(text)
        if language is None:
            raise Refused(f"--system-prompt {path}: no words that tell its language, {' or '.join(LANGUAGES)}")
        if language in found:
            raise Refused(f"--system-prompt {path}: a second one in {language}; give one for each language")
        found[language] = text
    return found


def _show(made: "dict[str, About]", kind: "Kind") -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 1))
    learnt = {"supporter-preference": "Pairs", "scorer": "Scores"}.get(kind, "Learnt turns")
    for heading in ("Arm" if any(made) else "", "Split"):
        table.add_column(heading)
    for heading in ("Rows", learnt, "Cards"):
        table.add_column(heading, justify="right")
    for heading in ("Conditions", "Languages"):
        table.add_column(heading)
    for name, about in made.items():
        for split, counts in about.counts.items():
            numbers = (f"{counts.rows:,}", f"{counts.supervised:,}", f"{counts.cards:,}")
            table.add_row(*map(Text, (name, split, *numbers, *map(_told, (counts.by_condition, counts.by_language)))))
    output.print(table)
    first = next(iter(made.values()))
    if first.dropped:
        output.print(Text("\nLeft out" + (f" (arm {first.arm})" if first.arm else ""), "bold"))
        for why, many in list(first.dropped.items())[:_SHOWN]:
            output.print(f"{many:>9,}  {why}", markup=False)
        if len(first.dropped) > _SHOWN:
            output.print(f"           and {len(first.dropped) - _SHOWN} more reasons; see datasheet.md")


def _warn_of_length(made: "dict[str, About]") -> None:
    for name, about in made.items():
        share = about.counts["train"].longer_preferred
        if share is not None and abs(share - 0.5) > _LOPSIDED:
            errors.print(
                f"{name + ': ' if name else ''}the longer reply is preferred in {share:.0%} of the pairs; a model will "
                "learn length, too (see --even-length).", markup=False, soft_wrap=True,
            )  # fmt: skip


def _told(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {many:,}" for name, many in counts.items())


def _written(made: "dict[str, About]") -> str:
    return "; ".join(f"{name + ': ' if name else ''}signature {about.signature}" for name, about in made.items())
