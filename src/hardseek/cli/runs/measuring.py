"""Measuring on the command line: progress, Ctrl-C, and servers that cannot be asked."""

import asyncio

import typer

from hardseek.cli.console import errors
from hardseek.cli.exits import INTERRUPTED
from hardseek.cli.progress import Standing, show_standing
from hardseek.cli.stopping import stoppable
from hardseek.judging import Bench
from hardseek.runs import Measured, Store, measure


def measure_shown(store: Store, bench: Bench, concurrency: int) -> Measured:
    """Measure a run and close its judges. The first Ctrl-C lets what is being judged finish, the second stops at once.

    Raises:
        typer.Exit: interrupted, and said so.
    """
    measured = Measured()
    if not asyncio.run(_measure(store, bench, concurrency, measured)):
        errors.print(f"Stopped; every rating so far is in {store.folder}. Run the same command to go on.", markup=False)
        raise typer.Exit(INTERRUPTED)
    if measured.unasked:
        errors.print(
            f"{measured.unasked:,} dialogues or pairs could not be rated, the last because of {measured.why}. They are "
            "not counted as unscored; run the same command to ask again.",
            markup=False,
        )
    return measured


async def _measure(store: Store, bench: Bench, concurrency: int, measured: Measured) -> bool:
    """Measure, and tell whether that was all."""
    stopping = asyncio.Event()
    work = measure(store, bench, concurrency=concurrency, measured=measured, pausing=stopping.is_set)
    shown = show_standing(lambda: Standing(measured.done + measured.unasked, measured.planned, _words(measured)))
    try:
        await stoppable(work, stopping.set, shown, what="dialogues")
    finally:
        await bench.close()
    return not stopping.is_set()


def _words(measured: Measured) -> str:
    parts = [f"{measured.done:,}/{measured.planned:,} dialogues and pairs judged"]
    if measured.unscored:
        parts.append(f"{measured.unscored:,} ratings unscored")
    if measured.unasked:
        parts.append(f"{measured.unasked:,} could not be asked about")
    return ", ".join(parts)
