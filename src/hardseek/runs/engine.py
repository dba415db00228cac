"""The engine: holds the dialogues of a plan, many at once, and keeps every turn."""

import asyncio
import secrets
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from hardseek.chat import Fault
from hardseek.dialogues import Casting, Close, Dialogue, Paused, Turn, hold
from hardseek.errors import HardseekError
from hardseek.language import clean
from hardseek.runs.feeder import Feeder, Job
from hardseek.runs.plan import Plan
from hardseek.runs.store import Store
from hardseek.runs.tally import Tally
from hardseek.runs.writer import StoreFailed
from hardseek.seekers import Seeker
from hardseek.supporters import Supporter

_BACKLOG: Final = 20_000
"""Writes that may wait before dialogues do, so that a slow disk cannot fill the memory."""

_SHOWN: Final = 300
"""Characters of an unexpected error that a fault tells."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Everyone who speaks in a run."""

    seeker: Seeker
    supporters: Sequence[Supporter]
    """In the order of the experiment's systems."""

    async def close(self) -> None:
        """Release all connections."""
        await self.seeker.close()
        for supporter in self.supporters:
            await supporter.close()


class Engine:
    """Holds all dialogues of a plan that are not finished yet."""

    def __init__(self, plan: Plan, store: Store, cast: Cast, tally: Tally) -> None:
        self._plan, self._store, self._cast, self._tally = plan, store, cast, tally
        self._feeder = Feeder(plan, store)
        self.pausing = False
        """Whether it has been asked to stop."""

    def pause(self) -> None:
        """Let every dialogue stop after the turn it is at; `run` then returns."""
        self.pausing = True

    async def run(self) -> bool:
        """Hold dialogues until all are finished or `pause` is called.

        What goes wrong in a dialogue stays in it: it is marked failed, with the reason.

        Returns:
            Whether all dialogues are finished.

        Raises:
            StoreFailed: nothing can be written any more.
            HardseekError: the store holds another run's dialogues.
        """
        places = max(1, min(self._plan.experiment.concurrency, len(self._plan)))
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(places):
                    group.create_task(self._work())
        except* HardseekError as failures:
            raise failures.exceptions[0] from None
        return not self.pausing

    async def talk(self, job: Job, session: str, said: Sequence[Turn], keep: Callable[[Turn], None]) -> Close:
        """Hold one dialogue, from wherever it stands; raises Paused when the engine is asked to stop."""
        spec, supporter = job.spec, self._cast.supporters[job.place]
        greeting = self._plan.greeting(spec.card.language)
        casting = Casting(self._plan.part(spec), self._cast.seeker, supporter, session, greeting)
        return await hold(casting, said=said, keep=keep, pause=lambda: self.pausing)

    async def _work(self) -> None:
        while not self.pausing and (job := self._next()) is not None:
            try:
                await self._hold(job)
            finally:
                self._feeder.done(job)
            # Offline dialogues never wait for anything: give the loop its turn, for progress and Ctrl-C.
            await asyncio.sleep(0)
            if self._store.writer.backlog > _BACKLOG:
                await asyncio.to_thread(self._store.writer.flush)

    def _next(self) -> Job | None:
        job = self._feeder.take()
        self._tally.found_finished = self._feeder.found_finished
        return job

    async def _hold(self, job: Job) -> None:
        store, spec, supporter = self._store, job.spec, self._cast.supporters[job.place]
        number, session = spec.number, spec.id
        begun = job.entry is not None
        if begun and supporter.remembers:
            # Its own memory of the talk is gone or ahead of ours: begin anew, under a name it has not heard.
            store.forget_turns(number)
            begun, session = False, f"{spec.id}-{secrets.token_hex(4)}"
        said = store.turns(number) if begun else []
        store.begin(number, _empty(job))
        if supporter.remembers:
            # That it was begun has to be known before it hears of it, whenever this process is killed.
            await asyncio.to_thread(store.writer.flush)
        position = len(said)

        def keep(turn: Turn) -> None:
            nonlocal position
            store.keep(number, position, turn)
            self._tally.add_turn(job.place, turn)
            position += 1

        try:
            close = await self.talk(job, session, said, keep)
        except Paused:
            return
        except StoreFailed:
            raise
        except Exception as error:  # noqa: BLE001  (a mistake in one dialogue must not cost the others)
            close = Close("failed", Fault("internal", _where(error)))
        store.finish(number, close)
        self._tally.add_dialogue(job.place, close)


def _empty(job: Job) -> Dialogue:
    spec = job.spec
    card = spec.card
    return Dialogue(spec.id, spec.system, spec.condition.name, card.id, card.language, spec.replicate, (), None)


def _where(error: Exception) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{frame.filename.rpartition('/')[2]}:{frame.lineno}"
    words = " ".join(clean(str(error)).split())[:_SHOWN]
    return f"a mistake in hardseek ({place}): {type(error).__name__}: {words}; please report it"
