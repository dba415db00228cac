"""Measuring a run: outcomes and judges over its finished dialogues, those that have not been measured yet.

When what a judge goes by has changed since, all is measured anew: one run never holds measures of two kinds.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from hardseek.chat import FaultError
from hardseek.dialogues import Dialogue
from hardseek.errors import HardseekError
from hardseek.judging import Bench, Dimension, Judge, PairJudge, Signing
from hardseek.judging.outcomes import SEEKER, outcomes
from hardseek.runs.signature import sign_judge
from hardseek.runs.store import Store


@dataclass
class Measured:
    """How far measuring is."""

    planned: int = 0
    """Dialogues and pairs that wait for a judge, summed over the judges."""
    done: int = 0
    unscored: int = 0
    """Ratings without a score, whatever the reason."""
    unasked: int = 0
    """Dialogues that a judge could not be asked about, for a reason that may pass; they wait for the next time."""
    why: str | None = None
    """The last such reason."""


async def measure(
    store: Store, bench: Bench, *, concurrency: int = 1, measured: Measured | None = None,
    pausing: Callable[[], bool] = lambda: False,
) -> Measured:  # fmt: skip
    """Measure what is finished and not failed.

    A judge is given the transcript and its language; system, condition, card and hidden state it never sees.

    Args:
        store: the run.
        bench: who rates dialogues, and who compares those of two systems with the same seeker.
        concurrency: dialogues that a judge is asked about at once.
        measured: counts as it goes on.
        pausing: whether to stop after the dialogues in progress.

    Returns:
        `measured`.

    Raises:
        StoreFailed: nothing can be written any more.
    """
    counted = measured if measured is not None else Measured()
    _note(store, bench.everyone)
    for number, dialogue in store.finished(unrated_by=SEEKER):
        if dialogue.ending != "failed":
            store.rate(number, outcomes(dialogue))
    waiting = {judge.name: store.pairs(unseen_by=judge.name) for judge in bench.pair_judges}
    counted.planned = sum(store.waiting_for(judge.name) for judge in bench.judges) + sum(map(len, waiting.values()))
    try:
        for judge in bench.judges:
            rated = (
                _rate(store, judge, number, dialogue, counted)
                for number, dialogue in store.finished(unrated_by=judge.name)
                if dialogue.ending != "failed"
            )
            await _at_once(rated, concurrency, pausing)
        for comparing in bench.pair_judges:
            pairs = (_compare(store, comparing, pair, counted) for pair in waiting[comparing.name])
            await _at_once(pairs, concurrency, pausing)
    except* HardseekError as failures:
        raise failures.exceptions[0] from None
    store.writer.flush()
    return counted


def judged_dimensions(store: Store) -> list[Dimension]:
    """Return what the judges of a run rate, in the order in which they came to it."""
    noted = msgspec.convert(store.noted("judged dimensions") or {}, dict[str, list[Dimension]])
    return [dimension for dimensions in noted.values() for dimension in dimensions]


def _note(store: Store, judges: Sequence[Signing]) -> None:
    """Note who judges, what, and how they measure now; drop the measures of those that have changed since."""
    before = store.noted("judged by") or {}
    now = {SEEKER: sign_judge(SEEKER)} | {judge.name: sign_judge(judge.name, judge.settings) for judge in judges}
    changed = [name for name in now if before.get(name, now[name]) != now[name]]
    if changed:
        store.forget_measures(changed)
    dimensions = store.noted("judged dimensions") or {}
    store.note("judged by", {**before, **now})
    store.note("judged dimensions", {**dimensions, **{judge.name: judge.dimensions for judge in judges}})
    store.writer.flush()


async def _at_once(jobs: Iterator[Coroutine[Any, Any, None]], many: int, pausing: Callable[[], bool]) -> None:
    """Run jobs, so many at once; what is taken from the iterator is run."""
    under_way: set[asyncio.Task[None]] = set()
    async with asyncio.TaskGroup() as group:
        while not pausing() and (job := next(jobs, None)) is not None:
            under_way.add(group.create_task(job))
            if len(under_way) >= many:
                _, under_way = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)


async def _rate(store: Store, judge: Judge, number: int, dialogue: Dialogue, counted: Measured) -> None:
    try:
        judgement = await judge.judge(dialogue.transcript, author=_author(dialogue))
    except FaultError as error:
        counted.unasked += 1
        counted.why = str(error)
        return
    store.rate(number, judgement.ratings, judgement.usages)
    counted.done += 1
    counted.unscored += sum(rating.score is None for rating in judgement.ratings)


async def _compare(store: Store, judge: PairJudge, pair: tuple[int, int], counted: Measured) -> None:
    one, other = map(store.numbered, pair)
    try:
        found = await judge.compare(one.transcript, other.transcript, authors=(_author(one), _author(other)))
    except FaultError as error:
        counted.unasked += 1
        counted.why = str(error)
        return
    store.prefer(*pair, found.preferences, found.usages)
    counted.done += 1
    counted.unscored += sum(preference.score is None for preference in found.preferences)


def _author(dialogue: Dialogue) -> str | None:
    """Return the model that wrote the supporter's turns, as its server names it."""
    return next((turn.usage.model for turn in dialogue.turns if turn.speaker == "supporter"), None)
