"""`hardseek train supporter`, `seeker`: a small model from a dataset, by a recipe."""

from pathlib import Path
from typing import Annotated, Final

import typer
from rich.table import Column, Table
from rich.text import Text

from hardseek.cli.console import errors, output
from hardseek.cli.exits import INTERRUPTED
from hardseek.training.fitting import Recipe, Role, commands, fit, read_recipe
from hardseek.training.fitting.forecast import WAYS, Forecast, forecast, table
from hardseek.training.fitting.outcome import Outcome
from hardseek.training.fitting.trainers import leads

_Recipe = Annotated[Path, typer.Argument(metavar="RECIPE", help="A YAML file; examples/training holds some.")]
_DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Check everything, say what it would take, and train nothing.")
]
_WAYS: Final = {"sft": "SFT", "dpo": "DPO", "adapter": "adapter", "full": "all weights"}


def supporter(recipe: _Recipe, dry_run: _DryRun = False) -> None:
    """Train a supporter on dialogues (SFT) or on pairs (DPO); the same command goes on where it stopped.

    Exit codes: 0 done; 2 refused before anything ran; 3 stopped (disk, memory), the last checkpoint kept; 130 Ctrl-C.
    """
    _train(recipe, "supporter", dry_run=dry_run)


def seeker(recipe: _Recipe, dry_run: _DryRun = False) -> None:
    """Train a seeker that plays role cards; the same command goes on where it stopped.

    Exit codes: 0 done; 2 refused before anything ran; 3 stopped (disk, memory), the last checkpoint kept; 130 Ctrl-C.
    """
    _train(recipe, "seeker", dry_run=dry_run)


def _train(path: Path, role: Role, *, dry_run: bool) -> None:
    recipe = read_recipe(path)
    if dry_run:
        _show_table(recipe)
        _show(recipe, role, forecast(recipe, role))
        return
    try:
        outcome = fit(recipe, role, _say)
    except KeyboardInterrupt:
        _say("Stopped. Run the same command to go on from the last checkpoint.")
        raise typer.Exit(INTERRUPTED) from None
    if leads():
        _say(_came(outcome))
        _show_commands(recipe, role)


def _say(line: str) -> None:
    if leads():
        errors.print(line, markup=False, soft_wrap=True)


def _came(outcome: Outcome) -> str:
    loss = f"loss {outcome.losses[0]:.4g}, then {outcome.losses[-1]:.4g}" if outcome.losses else "no loss was logged"
    return f"{outcome.name}: {outcome.steps:,} updates, {loss}"


def _show_table(recipe: Recipe) -> None:
    headings = [f"{_WAYS[method]}, {_WAYS[weights]}" for method, weights in WAYS]
    shown = Table(Column("GB of memory, about", overflow="fold"), *(Column(name, justify="right") for name in headings),
                  box=None, pad_edge=False)  # fmt: skip
    for shape, totals in table(recipe):
        shown.add_row(Text(shape.name), *(f"{total:,.0f}" for total in totals))
    output.print(shown)
    output.print(
        f"On one device in bf16, with {recipe.at_once} at once and {recipe.tokens:,} tokens each, gradient "
        f"checkpointing {'on' if recipe.gradient_checkpointing else 'off'}; libraries take some more. The formula is "
        "in docs/method/training.md.\n", markup=False, soft_wrap=True,
    )  # fmt: skip


def _show(recipe: Recipe, role: Role, found: Forecast) -> None:
    rows, watched = found.ready.rows
    method, memory = found.ready.material.method, found.memory
    lines = [
        f"{_WAYS[method]} of {_WAYS[recipe.weights]} of {recipe.base} ({found.shape.billions:.3g}B)",
        f"{rows.rows:,} rows, {rows.learnt:,} tokens learnt from, {watched.rows:,} rows held out to watch it; "
        f"{rows.cut:,} cut after the last turn that fits, {rows.left_out:,} left out as too long",
        f"{found.updates:,} updates of {recipe.batch}, learning rate {recipe.rate(method):g}",
        f"Memory of each device: {memory.total:.2g} GB = weights {memory.weights:.2g} + trained {memory.trained:.2g} + "
        f"reference {memory.reference:.2g} + activations {memory.activations:.2g} + logits {memory.logits:.2g}",
        f"Signature: {found.ready.signature.line}",
    ]
    output.print("\n".join(lines), markup=False, soft_wrap=True)


def _show_commands(recipe: Recipe, role: Role) -> None:
    made = commands(recipe, role)
    how = "Serve it:" if len(made.serve) == 1 else "Serve it with one of these:"
    lines = [how, *(f"  {line}" for line in made.serve), "and measure it:", f"  {made.measure}"]
    output.print("\n".join(lines), markup=False, soft_wrap=True)
