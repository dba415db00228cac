"""`hardseek generate`: dialogues in which several replies are tried at every turn, to make training data from."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from hardseek.cli.console import errors, output
from hardseek.cli.exits import DONE, FAILED, INTERRUPTED
from hardseek.cli.options import Concurrency, Conditions, DryRun, Languages, MostCards, MostExchanges, RunFolder, Seed
from hardseek.cli.progress import duration, words
from hardseek.cli.runs.holding import run_engine, tell_failed
from hardseek.cli.runs.measuring import measure_shown
from hardseek.cli.runs.results import present, print_estimates
from hardseek.errors import Refused
from hardseek.judging import build_judges
from hardseek.runs import Store, Tally, experiment_text, open_run
from hardseek.seekers.spec import build_seeker
from hardseek.supporters import build_supporter

if TYPE_CHECKING:
    from hardseek.training.generating import Candidates, GenerationPlan, Spending, Troupe


def generate(
    experiment: Annotated[Path, typer.Argument(help="An experiment file; its `candidates` say what is tried.")],
    out: RunFolder = None,
    each: Annotated[int | None, typer.Option(help="Replies that each system is asked for at a turn.")] = None,
    follow: Annotated[
        Literal["best", "first", "luck"] | None, typer.Option(help="Which reply the dialogue goes on with.")
    ] = None,
    condition: Conditions = None,
    language: Languages = None,
    cards: MostCards = None,
    exchanges: MostExchanges = None,
    seed: Seed = None,
    concurrency: Concurrency = None,
    budget: Annotated[
        float | None, typer.Option(min=0, help="Stop when so much was spent, in the currency of the prices.")
    ] = None,
    dry_run: DryRun = False,
) -> None:
    """Hold dialogues in which all systems of an experiment answer the same seeker, with several replies at each turn.

    After each reply the seeker's next move is drawn, from the same state and with the same luck; the dialogue goes on
    with one of the replies, and all are kept. Make pairs of them with `hardseek train data --kind
    supporter-preference`. The same command goes on where it stopped, with a higher budget too.

    Exit codes: 0 done, 1 done but some dialogues failed, 2 refused, 3 stopped (disk), 130 Ctrl-C or budget.
    """
    from hardseek.training.generating import Troupe, plan_generation, read_generation

    changes: dict[str, Any] = {"exchanges": exchanges, "seed": seed, "concurrency": concurrency, "languages": language}
    tried = {name: value for name, value in (("each", each), ("follow", follow)) if value is not None}
    changes |= {"candidates": tried or None, "cards": {"limit": cards} if cards is not None else None}
    changes = {name: value for name, value in changes.items() if value not in (None, [])}
    wanted, text = read_generation(experiment, changes, conditions=condition or ())
    home = experiment.parent
    planned = plan_generation(wanted, home)
    if dry_run:
        _print_estimate(planned, home)
        return
    spending = _spending(planned, budget)
    folder = out or Path("runs") / wanted.name
    troupe = Troupe(
        build_seeker(wanted.seeker),
        [build_supporter(spec, home) for spec in wanted.systems],
        [spec.name for spec in wanted.systems],
        build_judges(wanted.candidates.judges, home).judges,
        wanted.candidates,
    )
    bench = build_judges(wanted.judges, home)
    kept = experiment_text(wanted, text, folder=home, changed=bool(changes or condition))
    with open_run(folder, planned.plan, kept) as store:
        if not _hold(planned, store, troupe, spending, folder):
            raise typer.Exit(INTERRUPTED)
        measured = measure_shown(store, bench, wanted.concurrency)
        present(folder, store)
        failed = tell_failed(store)
    _tell(folder)
    raise typer.Exit(FAILED if failed or measured.unasked else DONE)


def _hold(planned: "GenerationPlan", store: Store, troupe: "Troupe", spending: "Spending", folder: Path) -> bool:
    """Hold the dialogues; returns whether all are finished, and says why not."""
    from hardseek.training.generating.candidates import Candidates, prepare

    prepare(store)
    tally = Tally(planned=len(planned.plan), system_prices=[None])
    with Candidates(folder) as before:
        spending.add_kept(before)
        finished = asyncio.run(_run(planned, store, troupe, tally, spending, before))
    told = words(tally) + (f", {spending.spent:,.2f} spent in all" if spending.priced else "")
    if finished:
        if tally.dialogues:
            errors.print(f"{told}, in {duration(tally.seconds)}", markup=False)
        return True
    if spending.reached:
        errors.print(f"The budget is reached. {told}; every turn so far is in {folder}.", markup=False)
        errors.print("Run the same command with a higher --budget to go on.", markup=False)
    else:
        errors.print(f"Stopped. {told}; every turn so far is in {folder}.", markup=False)
        errors.print("Run the same command to go on.", markup=False)
    return False


async def _run(planned: "GenerationPlan", store: Store, troupe: "Troupe", tally: Tally, spending: "Spending",
               before: "Candidates") -> bool:  # fmt: skip
    from hardseek.training.generating import Generator

    try:
        generator = Generator(planned, store, troupe, tally, spending=spending, kept=before)
        return await run_engine(generator, tally)
    finally:
        await troupe.close()


def _spending(planned: "GenerationPlan", budget: float | None) -> "Spending":
    from hardseek.training.generating import spending_of

    found = spending_of(planned.generation, budget)
    if budget is not None and not found.priced:
        raise Refused(f"--budget {budget:g}: nothing here has a `price`, so that nothing would ever be spent")
    return found


def _print_estimate(planned: "GenerationPlan", home: Path) -> None:
    from hardseek.training.generating import forecast

    experiment = planned.generation
    output.print(
        f"{len(planned.plan):,} dialogues: {len(experiment.conditions)} conditions x {len(planned.plan.cards)} cards x "
        f"{experiment.replicates} replicates, {experiment.exchanges} exchanges at most, {planned.replies} replies "
        f"tried at each ({len(planned.plan) * experiment.exchanges * planned.replies:,} in all)",
        markup=False,
    )
    print_estimates(forecast(planned, home))


def _tell(folder: Path) -> None:
    """Say how many replies were tried, and what was left out."""
    from hardseek.training.generating import Candidates

    with Candidates(folder) as candidates:
        counts: Mapping[str, int] = candidates.counts()
    left_out = [f"{many:,} {why}" for why, many in counts.items() if why != "considered"]
    told = f"{sum(counts.values()):,} replies were tried" + (f"; left out: {', '.join(left_out)}" if left_out else "")
    errors.print(told, markup=False)
