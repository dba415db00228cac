"""Measuring on the command line: progress, Ctrl-C, and servers that cannot be asked."""

import asyncio

from hardseek.cli.console import errors
from hardseek.cli.progress import Standing, show_standing
from hardseek.cli.stopping import stoppable
from hardseek.judging import Bench
from hardseek.runs import Measured, Store, measure


async def measure_shown(store: Store, bench: Bench, concurrency: int) -> tuple[Measured, bool]:
    """Measure a run and close its judges. The first Ctrl-C lets what is being judged finish, the second stops at once.

    Returns:
        What was measured, and whether that was all.
    """
    measured = Measured()
    stopping = asyncio.Event()
    work = measure(store, bench, concurrency=concurrency, measured=measured, pausing=stopping.is_set)
    shown = show_standing(lambda: Standing(measured.done + measured.unasked, measured.planned, _words(measured)))
    try:
        await stoppable(work, stopping.set, shown, what="dialogues")
    finally:
        await bench.close()
    if measured.unasked:
        errors.print(
            f"{measured.unasked:,} dialogues or pairs could not be rated, the last because of {measured.why}. They are "
            "not counted as unscored; run the same command to ask again.",
            markup=False,
        )
    return measured, not stopping.is_set()


def _words(measured: Measured) -> str:
    parts = [f"{measured.done:,}/{measured.planned:,} dialogues and pairs judged"]
    if measured.unscored:
        parts.append(f"{measured.unscored:,} ratings unscored")
    if measured.unasked:
        parts.append(f"{measured.unasked:,} could not be asked about")
    return ", ".join(parts)
