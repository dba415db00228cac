"""`hardseek judge rate`, or `hardseek judge` for short: other judges over a finished run; no dialogue is held again."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from hardseek.cli.console import output
from hardseek.cli.exits import DONE, FAILED
from hardseek.cli.judge.file import read_judges
from hardseek.cli.runs.measuring import measure_shown
from hardseek.cli.runs.results import present, print_estimates
from hardseek.judging import build_judges, load_rubric
from hardseek.judging.spec import AnyJudge
from hardseek.runs import Store, add_to
from hardseek.runs.asking import asked, estimate_judging, judge_prices


def rate(
    run: Annotated[Path, typer.Argument(help="The run folder.")],
    judges: Annotated[
        Path, typer.Argument(help="A YAML file with `judges:`, as in an experiment; an experiment file will do.")
    ],
    again: Annotated[bool, typer.Option("--again", help="Rate anew what these judges have rated already.")] = False,
    concurrency: Annotated[int | None, typer.Option(min=1, help="Dialogues rated at once.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be asked, and ask nothing.")] = False,
) -> None:
    """Rate the dialogues of a run by judges that are not the run's own; its dialogues stay as they are.

    What is rated is kept at once: the same command goes on where it stopped. Judges whose rubric or settings have
    changed since rate everything anew.

    Exit codes: 0 done, 1 done but some dialogues could not be asked about, 2 refused, 3 stopped (disk), 130 Ctrl-C.
    """
    given = read_judges(judges)
    bench = build_judges(given.judges, judges.parent)
    if dry_run:
        with Store(run) as store:
            _print_estimate(store, given.judges, judges.parent)
        return
    with add_to(run) as store:
        if again:
            store.forget_measures([judge.name for judge in bench.everyone])
        store.note("prices", {**(store.noted("prices") or {}), **judge_prices(given.judges)})
        store.writer.flush()
        measured = measure_shown(store, bench, concurrency or given.concurrency)
        present(run, store)
    raise typer.Exit(FAILED if measured.unasked else DONE)


def _print_estimate(store: Store, judges: Sequence[AnyJudge], folder: Path) -> None:
    dialogues = store.dialogue_frame()
    held = dialogues.filter(dialogues["ending"].is_null() | (dialogues["ending"] != "failed"))
    longest = held["exchanges"].max()
    output.print(f"{len(held):,} finished dialogues", markup=False)
    rubrics = {spec.rubric: load_rubric(spec.rubric, folder) for _, spec in asked(judges)}
    pairs = len(store.pairs(unseen_by=""))
    exchanges = longest if isinstance(longest, int) else 0
    print_estimates(estimate_judging(judges, rubrics, dialogues=len(held), exchanges=exchanges, pairs=pairs))
