"""Measuring on the command line: progress, Ctrl-C, and servers that cannot be asked."""

import asyncio
import contextlib
import signal
from typing import Final

from rich.progress import BarColumn, Progress, TextColumn

from hardseek.cli.console import errors
from hardseek.judging import Bench
from hardseek.runs import Measured, Store, measure

_REFRESH: Final = 0.2
_LINE_EVERY: Final = 15.0
"""Seconds between plain lines, where there is no terminal."""


async def measure_shown(store: Store, bench: Bench, concurrency: int) -> tuple[Measured, bool]:
    """Measure a run and close its judges. Ctrl-C lets the dialogues in progress finish.

    Returns:
        What was measured, and whether that was all.
    """
    measured = Measured()
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C then stops at once
            loop.add_signal_handler(number, stopping.set)
    shown = asyncio.create_task(_show(measured))
    try:
        await measure(store, bench, concurrency=concurrency, measured=measured, pausing=stopping.is_set)
    finally:
        shown.cancel()
        await asyncio.gather(shown, return_exceptions=True)
        for number in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(NotImplementedError):
                loop.remove_signal_handler(number)
        await bench.close()
    if measured.unasked:
        errors.print(
            f"{measured.unasked:,} dialogues or pairs could not be rated, the last because of {measured.why}. They are "
            "not counted as unscored; run the same command to ask again.",
            markup=False,
        )
    return measured, not stopping.is_set()


async def _show(measured: Measured) -> None:
    if not errors.is_terminal:
        while True:
            await asyncio.sleep(_LINE_EVERY)
            errors.print(_words(measured), markup=False)
    columns = (BarColumn(bar_width=24), TextColumn("{task.percentage:>3.0f} %"), TextColumn("{task.description}"))
    with Progress(*columns, console=errors, transient=True) as progress:
        task = progress.add_task("", total=None)
        while True:
            done = measured.done + measured.unasked
            progress.update(task, total=measured.planned or None, completed=done, description=_words(measured))
            await asyncio.sleep(_REFRESH)


def _words(measured: Measured) -> str:
    parts = [f"{measured.done:,}/{measured.planned:,} dialogues and pairs judged"]
    if measured.unscored:
        parts.append(f"{measured.unscored:,} ratings unscored")
    if measured.unasked:
        parts.append(f"{measured.unasked:,} could not be asked about")
    return ", ".join(parts)
