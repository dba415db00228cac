"""Showing how a run goes: a bar on a terminal, plain lines elsewhere."""

import asyncio
from collections.abc import Callable
from typing import Final, NamedTuple

from rich.progress import BarColumn, Progress, TextColumn

from hardseek.cli.console import errors
from hardseek.runs import Tally

_REFRESH: Final = 0.2
_LINE_EVERY: Final = 5.0
"""Seconds between plain lines at first; the pause grows to a minute so that logs of long runs stay short."""
_LINE_AT_MOST_EVERY: Final = 60.0
_MINUTE: Final = 60
_HOUR: Final = 3600


class Standing(NamedTuple):
    """Where something stands."""

    done: int
    planned: int
    """0 while it is not known."""
    words: str


async def show_progress(tally: Tally) -> None:
    """Show the tally until cancelled."""
    await show_standing(lambda: Standing(tally.done, tally.planned, words(tally)))


async def show_standing(standing: Callable[[], Standing]) -> None:
    """Show where something stands until cancelled."""
    await (_bar(standing) if errors.is_terminal else _lines(standing))


def words(tally: Tally) -> str:
    """Say where the run stands, in one line."""
    parts = [f"{tally.done:,}/{tally.planned:,} dialogues", f"{tally.turns:,} turns", f"{tally.rate:,.1f} dialogues/s"]
    if tally.failed:
        parts.append(f"{tally.failed:,} failed")
    if tally.priced:
        parts.append(f"cost {tally.cost:,.2f}")
    if tally.seconds_left is not None and tally.done < tally.planned:
        parts.append(f"{duration(tally.seconds_left)} left")
    return ", ".join(parts)


def duration(seconds: float) -> str:
    """Word a time span: `42 s`, `3 min 20 s`, `2 h 05 min`."""
    whole = round(seconds)
    if whole < _MINUTE:
        return f"{whole} s"
    if whole < _HOUR:
        return f"{whole // _MINUTE} min {whole % _MINUTE:02d} s"
    return f"{whole // _HOUR} h {whole % _HOUR // _MINUTE:02d} min"


async def _bar(standing: Callable[[], Standing]) -> None:
    columns = (BarColumn(bar_width=24), TextColumn("{task.percentage:>3.0f} %"), TextColumn("{task.description}"))
    with Progress(*columns, console=errors, transient=True) as progress:
        task = progress.add_task("", total=None)
        while True:
            done, planned, words_ = standing()
            progress.update(task, completed=done, total=planned or None, description=words_)
            await asyncio.sleep(_REFRESH)


async def _lines(standing: Callable[[], Standing]) -> None:
    pause = _LINE_EVERY
    while True:
        await asyncio.sleep(pause)
        errors.print(standing().words, markup=False)
        pause = min(pause * 1.5, _LINE_AT_MOST_EVERY)
