"""The feeder: hands out the dialogues that are still to be held, evenly over the systems."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from hardseek.errors import HardseekError
from hardseek.runs.plan import DialogueSpec, Plan
from hardseek.runs.store import Entry, Store

_CHUNK: Final = 512


@dataclass(frozen=True, slots=True)
class Job:
    """A dialogue to be held, begun before or not."""

    spec: DialogueSpec
    place: int
    """Of its system in the experiment."""
    entry: Entry | None


class Feeder:
    """Hands out jobs. The system with the fewest dialogues in progress is next, so that one that is slow or gone
    holds up at most its share of the places; among equals the one that is least far in the plan, so that a run that
    is broken off has asked all systems the same.
    """

    def __init__(self, plan: Plan, store: Store) -> None:
        self._plan, self._store = plan, store
        self._waiting = {place: self._unfinished(place) for place in range(len(plan.experiment.systems))}
        self._in_progress = dict.fromkeys(self._waiting, 0)
        self._reached = dict.fromkeys(self._waiting, -1)
        self.found_finished = 0
        """Dialogues that needed nothing more."""

    def take(self) -> Job | None:
        """Return the next job, None when there is none left."""
        while self._waiting:
            place = min(self._waiting, key=lambda place: (self._in_progress[place], self._reached[place]))
            job = next(self._waiting[place], None)
            if job is not None:
                self._in_progress[place] += 1
                self._reached[place] = job.spec.number
                return job
            del self._waiting[place]
        return None

    def done(self, job: Job) -> None:
        """Say that a job is no longer in progress."""
        self._in_progress[job.place] -= 1

    def _unfinished(self, place: int) -> Iterator[Job]:
        specs = self._plan.of_system(place)
        while chunk := list(islice(specs, _CHUNK)):
            entries = self._store.entries(range(chunk[0].number, chunk[-1].number + 1))
            for spec in chunk:
                entry = entries.get(spec.number)
                if entry is not None and entry.id != spec.id:
                    raise HardseekError(
                        f"dialogue {spec.number} of the run is another one ({entry.id}); use a new --out"
                    )
                if entry is not None and entry.finished and (entry.fault is None or entry.fault.lasting):
                    self.found_finished += 1
                else:
                    yield Job(spec, place, entry)
