"""Building on the command line: progress, Ctrl-C, and a server that is not there."""

import asyncio

from hardseek.cards.building import Builder, BuildStore, BuildTally
from hardseek.chat import Endpoint, Price
from hardseek.cli.progress import Standing, show_standing
from hardseek.cli.stopping import stoppable
from hardseek.runs.tally import cost


def build_shown(store: BuildStore, endpoint: Endpoint, seed: int) -> tuple[BuildTally, bool]:
    """Have a model build what waits. The first Ctrl-C lets the calls in progress finish, the second stops at once.

    Returns:
        What was done, and whether that was all that could be.

    Raises:
        Refused: the endpoint cannot be called as it is written.
        BuildStopped: the store cannot be written.
    """
    return asyncio.run(_build(store, endpoint, seed))


async def _build(store: BuildStore, endpoint: Endpoint, seed: int) -> tuple[BuildTally, bool]:
    # Only here: aiohttp is slow to import.
    from hardseek.chat.client import ChatModel

    tally = BuildTally()
    model = ChatModel(endpoint)
    stopping = asyncio.Event()
    work = Builder(model, store, seed=seed, tally=tally).run(stopping.is_set)
    shown = show_standing(lambda: Standing(tally.done, tally.planned, _words(tally, endpoint.price)))
    try:
        await stoppable(work, stopping.set, shown, what="calls")
    finally:
        await model.close()
    return tally, not (stopping.is_set() and tally.waiting)


def _words(tally: BuildTally, price: Price | None) -> str:
    parts = [f"{tally.done:,}/{tally.planned:,} items", f"{tally.built:,} cards"]
    if tally.failed:
        parts.append(f"{tally.failed:,} without")
    if tally.faulted:
        parts.append(f"{tally.faulted:,} could not be asked about")
    parts.append(f"{tally.tokens_in:,} tokens in, {tally.tokens_out:,} out")
    if price is not None:
        parts.append(f"cost {cost(price, tally.tokens_in, tally.tokens_out):,.2f}")
    return ", ".join(parts)
