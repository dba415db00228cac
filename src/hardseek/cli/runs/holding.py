"""Holding the dialogues of a plan on the command line: progress, Ctrl-C, and a server that is not there."""

import asyncio
from typing import Final

from hardseek.chat import Endpoint
from hardseek.cli.console import errors
from hardseek.cli.progress import show_progress
from hardseek.cli.stopping import stoppable
from hardseek.runs import Cast, Engine, Plan, Store, Tally
from hardseek.seekers.spec import price_of_a_turn

_HOPELESS: Final = 16
"""When so many dialogues have failed and none has not, it is no use to go on."""
_LOOK_EVERY: Final = 0.1
"""Seconds."""


def tally_of(plan: Plan) -> Tally:
    """Begin to count what a run does."""
    seeker, systems = plan.experiment.seeker, plan.experiment.systems
    return Tally(
        planned=len(plan),
        seeker_price=price_of_a_turn(seeker),
        system_prices=[spec.price if isinstance(spec, Endpoint) else None for spec in systems],
    )


async def hold_dialogues(plan: Plan, store: Store, cast: Cast, tally: Tally, *, give_up: bool = False) -> bool:
    """Hold the dialogues. The first Ctrl-C lets each finish its turn, the second stops at once.

    Args:
        plan: what is held.
        store: where it is kept.
        cast: who speaks; closed at the end.
        tally: what is counted.
        give_up: stop when the first dialogues have all failed.

    Returns:
        Whether all dialogues are finished.
    """
    try:
        return await run_engine(Engine(plan, store, cast, tally), tally, give_up=give_up)
    finally:
        await cast.close()


async def run_engine(engine: Engine, tally: Tally, *, give_up: bool = False) -> bool:
    """Let an engine hold its dialogues, with progress and Ctrl-C as in `hold_dialogues`.

    Returns:
        Whether all dialogues are finished.
    """
    beside = [show_progress(tally), *([_watch(engine, tally)] if give_up else [])]
    await stoppable(engine.run(), engine.pause, *beside, what="turns")
    return not engine.pausing


def hopeless(tally: Tally) -> bool:
    """Tell whether all of the first dialogues failed."""
    return tally.failed == tally.dialogues and tally.dialogues >= min(_HOPELESS, tally.planned)


def tell_failed(store: Store) -> int:
    """Say how many dialogues failed, why most of them did, and what to do; returns how many."""
    failed = store.counts().get("failed", 0)
    if failed:
        system, kind, detail, many = store.faults()[0]
        what = "dialogue" if failed == 1 else "dialogues"
        errors.print(f"{failed:,} {what} failed; {many:,} with {system}, {kind}: {detail}", markup=False)
        errors.print(
            f"`hardseek status {store.folder}` tells every reason; the same command tries again those that failed for "
            "a passing one.",
            markup=False,
        )
    return failed


async def _watch(engine: Engine, tally: Tally) -> None:
    while True:
        await asyncio.sleep(_LOOK_EVERY)
        if hopeless(tally):
            engine.pause()
            return
