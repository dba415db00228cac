"""`hardseek validate`: what the instrument is shown to do."""

import asyncio
import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from hardseek.cli.console import errors, output
from hardseek.cli.exits import DONE, FAILED, INTERRUPTED
from hardseek.cli.files import can_be_written
from hardseek.cli.languages import language_of, languages_of
from hardseek.cli.options import AsJson, Languages, PageLanguage
from hardseek.cli.progress import duration, words
from hardseek.cli.runs.holding import hold_dialogues, hopeless, tally_of
from hardseek.cli.validate.shown import validity_table
from hardseek.errors import HardseekError, Refused
from hardseek.language import LANGUAGES
from hardseek.mistakes import choices
from hardseek.runs import Store, estimate, open_run
from hardseek.seekers.spec import ScriptedSeeker
from hardseek.validity import (
    CARDS,
    FAMILIES,
    Corpora,
    Counted,
    Family,
    Property,
    ValidityPlan,
    appraisals,
    cast,
    count,
    plan_validation,
    read_seeker,
)

_WITHOUT_CORPORA = (
    "Left out: told-apart (can a classifier tell these seekers from people?). It needs dialogues of people: --corpora "
    "FOLDER with esconv/train.jsonl, valid.jsonl and failed.jsonl; see docs/how-to/validate-a-seeker.md."
)

_OF_APPRAISALS = 6
"""Calls for a turn in the comparison of appraisals: two with the model's own appraisal and two with one call for both
(a draft may not fit the move), one with rules, and one that appraises anew."""


def seeker(
    seeker: Annotated[
        Path | None, typer.Option(help="A file with a seeker, or an experiment; without one, the scripted seeker.")
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option(help=f"Only these properties: {', '.join(FAMILIES)}. With commas or repeatable.")
    ] = None,
    language: Languages = None,
    cards: Annotated[int, typer.Option(help="At most so many packaged cards in each language.")] = CARDS,
    replicates: Annotated[int, typer.Option(help="Dialogues for each system, card and condition.")] = 1,
    seed: Annotated[int, typer.Option(help="The seed of all luck.")] = 1,
    concurrency: Annotated[
        int | None, typer.Option(help="Dialogues in progress at once; the experiment's, or 32.")
    ] = None,
    corpora: Annotated[
        Path | None, typer.Option(help="A folder of dialogues of people, to try to tell these seekers from.")
    ] = None,
    run: Annotated[
        Path | None,
        typer.Option(help="The run folder that keeps the dialogues; runs/validate-FILE for a --seeker."),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write a page with pictures here (HTML).")] = None,
    page_language: PageLanguage = "en",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be held, and hold nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show what a seeker does with the built-in systems: the scripted one offline, any other with its model.

    Exit codes: 0 done, whether or not the aims are reached; 1 done but some dialogues failed and are left out;
    2 refused before anything ran; 3 stopped (no dialogue succeeds, disk); 130 Ctrl-C.
    """
    opens_in = language_of(page_language, "--page-language")
    can_be_written(out)
    chosen = languages_of(language or LANGUAGES)
    wanted = _families(only)
    families = [family for family in wanted if corpora is not None or family != "told-apart"]
    if not families:
        raise Refused(f"nothing to show. {_WITHOUT_CORPORA}")
    spec, at_once = read_seeker(seeker) if seeker is not None else (ScriptedSeeker(), 32)
    plan = plan_validation(
        spec, chosen, families=families, cards=cards, replicates=replicates, seed=seed,
        concurrency=at_once if concurrency is None else concurrency,
    )  # fmt: skip
    people = None if corpora is None else Corpora.read(corpora)
    if families != wanted:
        errors.print(_WITHOUT_CORPORA, markup=False)
    _announce(plan)
    if dry_run:
        return
    folder = run or (Path("runs") / f"validate-{seeker.stem}" if seeker is not None else None)
    with _kept(plan, folder) as store:
        _hold(plan, store, folder)
        counted = count(plan, store, people, _compared(plan))
        failed = store.counts().get("failed", 0)
    _present(counted, as_json=as_json)
    if out is not None:
        # Only here: the page needs the report's templates, which a table does not.
        from hardseek.report.validity import write_validity

        write_validity(out, counted.validity, counted.pictures, language=opens_in)
        errors.print(f"Page: {out}", markup=False)
    if failed:
        where = f"see `hardseek status {folder}`; " if folder is not None else ""
        errors.print(f"{failed:,} dialogues failed and are left out of all figures but integrity ({where}the same "
                     "command tries again those that failed for a passing reason).", markup=False)  # fmt: skip
    raise typer.Exit(FAILED if failed else DONE)


@contextlib.contextmanager
def _kept(plan: ValidityPlan, folder: Path | None) -> Iterator[Store]:
    """Open the run that keeps the dialogues, or one that is gone afterwards: scripted seekers cost nothing."""
    if folder is not None:
        with open_run(folder, plan, plan.text) as store:
            yield store
    else:
        with tempfile.TemporaryDirectory(prefix="hardseek-") as name, open_run(Path(name), plan, plan.text) as store:
            yield store


def _hold(plan: ValidityPlan, store: Store, folder: Path | None) -> None:
    """Hold what is missing; leaves the command when interrupted or when nothing succeeds."""
    tally = tally_of(plan)
    kept = f"every turn so far is in {folder}. Run the same command to go on." if folder else "nothing is kept."
    if not asyncio.run(hold_dialogues(plan, store, cast(plan), tally, give_up=True)):
        if hopeless(tally):
            store.writer.flush()
            kind, detail = next(((kind, detail) for _, kind, detail, _ in store.faults()), ("unknown", ""))
            raise HardseekError(f"stopped: the first {tally.failed} dialogues all failed ({kind}): {detail}")
        errors.print(f"Stopped. {words(tally)}; {kept}", markup=False)
        raise typer.Exit(INTERRUPTED)
    if tally.dialogues:
        errors.print(f"{words(tally)}, in {duration(tally.seconds)}", markup=False)


def _compared(plan: ValidityPlan) -> list[Property]:
    if "appraisals" not in plan.families:
        return []
    errors.print("Comparing three ways of taking in the supporter's turns; these dialogues are not kept.", markup=False)
    return asyncio.run(appraisals(plan))


def _announce(plan: ValidityPlan) -> None:
    """Say beforehand what will be asked of a model server, and at most how often."""
    rows = estimate(plan)
    errors.print(
        f"{len(plan):,} dialogues: {len(plan.experiment.systems)} built-in systems x {len(plan.cards)} cards x "
        f"{len(plan.held)} conditions and intensities x {plan.experiment.replicates} replicates, "
        f"{plan.experiment.exchanges} exchanges at most", markup=False,
    )  # fmt: skip
    for row in rows:
        tokens = f"; about {row.tokens_in:,} tokens in and {row.tokens_out:,} out" if row.tokens_in is not None else ""
        price = f"; about {row.cost:,.2f}" if row.cost is not None else ""
        errors.print(
            f"Asked: {row.speaker}, {row.calls:,} calls at most (a wording that will not do is asked for again, at "
            f"most twice){tokens}{price}.", markup=False,
        )  # fmt: skip
    if rows:
        errors.print("Less with --cards, --only and --language.", markup=False)
    if "appraisals" in plan.families:
        turns = len(plan.experiment.systems) * len(plan.cards) * plan.experiment.exchanges
        errors.print(f"Asked besides, for appraisals: {_OF_APPRAISALS * turns:,} calls at most.", markup=False)


def _present(counted: Counted, *, as_json: bool) -> None:
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(counted.validity)).decode())
        return
    properties = counted.validity.properties
    output.print(validity_table(properties))
    held = [made.holds for made in properties if made.holds is not None]
    output.print(f"\n{sum(held)} of {len(held)} aims reached")
    errors.print(f"Signature: {counted.validity.signature}", markup=False)


def _families(only: list[str] | None) -> list[Family]:
    wanted = [name.strip() for given in only or [",".join(FAMILIES)] for name in given.split(",")]
    for name in wanted:
        if name not in FAMILIES:
            raise Refused(f"--only: found {name!r}; {choices(name, FAMILIES)}")
    return [family for family in FAMILIES if family in wanted]
