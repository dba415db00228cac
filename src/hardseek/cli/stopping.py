"""Ctrl-C in the middle of work: the first lets what is in progress come to its end, the second stops at once."""

import asyncio
import contextlib
import signal
from collections.abc import Callable, Coroutine
from typing import Any

from hardseek.cli.console import errors


async def stoppable(
    work: Coroutine[Any, Any, object], pause: Callable[[], None], *beside: Coroutine[Any, Any, None], what: str
) -> None:
    """Carry out work that can be stopped by Ctrl-C or SIGTERM.

    Args:
        work: what is done; stopped at once by the second Ctrl-C.
        pause: asks the work to come to an end soon, at the first.
        beside: what is done as long as the work is, such as showing how it goes.
        what: what is in progress, as it is told: `turns`.
    """
    doing = asyncio.create_task(work)
    others = [asyncio.create_task(each) for each in beside]
    asked = False

    def interrupted() -> None:
        nonlocal asked
        if asked:
            doing.cancel()
        else:
            asked = True
            pause()
            errors.print(f"Stopping after the {what} in progress; press Ctrl-C again to stop at once.", markup=False)

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C then stops at once
            loop.add_signal_handler(number, interrupted)
    try:
        with contextlib.suppress(asyncio.CancelledError):
            await doing
    finally:
        for each in others:
            each.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        for number in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(NotImplementedError):
                loop.remove_signal_handler(number)
