"""`hardseek run`: hold the dialogues of an experiment, measure them, and say what came out."""

import asyncio
from pathlib import Path
from typing import Annotated, Any

import typer

from hardseek.cli.console import errors
from hardseek.cli.exits import DONE, FAILED, INTERRUPTED
from hardseek.cli.options import Concurrency, Conditions, DryRun, Languages, MostCards, MostExchanges, RunFolder, Seed
from hardseek.cli.progress import duration, words
from hardseek.cli.runs.holding import hold_dialogues, tally_of, tell_failed
from hardseek.cli.runs.measuring import measure_shown
from hardseek.cli.runs.results import present, print_estimate
from hardseek.judging import build_judges
from hardseek.runs import (
    Cast,
    Experiment,
    Plan,
    estimate,
    experiment_text,
    open_run,
    read_experiment,
)
from hardseek.seekers.spec import build_seeker
from hardseek.supporters import build_supporter


def run(
    experiment: Annotated[Path | None, typer.Argument(help="An experiment file; without one, the demo.")] = None,
    out: RunFolder = None,
    system: Annotated[
        list[str] | None, typer.Option(help="Only this system of the file, or a built-in one. Repeatable.")
    ] = None,
    condition: Conditions = None,
    language: Languages = None,
    cards: MostCards = None,
    exchanges: MostExchanges = None,
    replicates: Annotated[int | None, typer.Option(help="Dialogues for each system, card and condition.")] = None,
    seed: Seed = None,
    concurrency: Concurrency = None,
    dry_run: DryRun = False,
) -> None:
    """Hold the dialogues of an experiment and measure them; the same command goes on where it stopped.

    Exit codes: 0 done, 1 done but some dialogues failed, 2 refused before anything ran, 3 stopped (disk), 130 Ctrl-C.
    """
    given, text = read_experiment(experiment)
    changes = _changes(
        given, system=system, condition=condition, language=language, cards=cards, exchanges=exchanges,
        replicates=replicates, seed=seed, concurrency=concurrency,
    )  # fmt: skip
    wanted = read_experiment(experiment, changes)[0] if changes else given
    home = experiment.parent if experiment is not None else Path()
    plan = Plan.of(wanted, folder=home)
    if dry_run:
        print_estimate(plan, estimate(plan))
        return
    folder = out or Path("runs") / wanted.name
    cast = Cast(build_seeker(wanted.seeker), [build_supporter(spec, home) for spec in wanted.systems])
    bench = build_judges(wanted.judges, home)
    kept = experiment_text(wanted, text, folder=home, changed=bool(changes))
    with open_run(folder, plan, kept) as store:
        tally = tally_of(plan)
        if not asyncio.run(hold_dialogues(plan, store, cast, tally)):
            errors.print(f"Stopped. {words(tally)}; every turn so far is in {folder}.", markup=False)
            errors.print("Run the same command to go on.", markup=False)
            raise typer.Exit(INTERRUPTED)
        if tally.dialogues:
            errors.print(f"{words(tally)}, in {duration(tally.seconds)}", markup=False)
        measured = measure_shown(store, bench, wanted.concurrency)
        present(folder, store)
        failed = tell_failed(store)
    raise typer.Exit(FAILED if failed or measured.unasked else DONE)


def _changes(given: Experiment, *, system: list[str] | None, condition: list[str] | None,
             language: list[str] | None, cards: int | None, **plain: int | None) -> dict[str, Any]:  # fmt: skip
    """Gather what flags change; systems and conditions of the file are chosen by name, others must be packaged."""
    changes: dict[str, Any] = {name: value for name, value in plain.items() if value is not None}
    if system:
        described = {spec.name: spec for spec in given.systems}
        changes["systems"] = [described.get(name, name) for name in system]
    if condition:
        described_conditions = {spec.name: spec for spec in given.conditions}
        changes["conditions"] = [described_conditions.get(name, name) for name in condition]
    if language:
        changes["languages"] = language
    if cards is not None:
        changes["cards"] = {**given.cards.model_dump(), "limit": cards}
    return changes
