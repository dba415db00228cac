"""The generator: the engine, holding dialogues in which replies are tried."""

from collections.abc import Callable, Sequence

from hardseek.dialogues import Close, Turn
from hardseek.runs import Cast, Engine, Store, Tally
from hardseek.runs.feeder import Job
from hardseek.training.generating.branching import hold_branching
from hardseek.training.generating.candidates import Candidate, Candidates, keep_tried
from hardseek.training.generating.generation import GenerationPlan
from hardseek.training.generating.spending import Spending
from hardseek.training.generating.trying import Troupe


class Generator(Engine):
    """Holds all dialogues of a generation that are not finished yet."""

    def __init__(
        self, planned: GenerationPlan, store: Store, troupe: Troupe, tally: Tally, *, spending: Spending,
        kept: Candidates,
    ) -> None:  # fmt: skip
        """Prepare.

        Args:
            planned: what is held.
            store: where dialogues and candidates are kept; `prepare`d.
            troupe: who is asked.
            tally: counts dialogues.
            spending: counts costs, and stops the generation when they reach its limit.
            kept: reads the candidates of the same store.
        """
        super().__init__(planned.plan, store, Cast(troupe.seeker, troupe.supporters), tally)
        self._troupe, self._spending, self._kept = troupe, spending, kept

    async def talk(self, job: Job, session: str, said: Sequence[Turn], keep: Callable[[Turn], None]) -> Close:
        """Hold one dialogue, trying replies."""
        number = job.spec.number
        opened = any(turn.speaker == "seeker" for turn in said)

        def keep_counted(turn: Turn) -> None:
            nonlocal opened
            keep(turn)
            if turn.speaker == "seeker" and not opened:
                self._spending.add_opening(turn.usage)
                opened = True

        def keep_candidates(position: int, candidates: Sequence[Candidate]) -> None:
            keep_tried(self._store, number, position, candidates)
            self._spending.add(candidates)

        def pause() -> bool:
            if self._spending.reached:
                self.pause()
            return self.pausing

        drawn = self._kept.answer_after(number, len(said) - 1) if said and said[-1].speaker == "supporter" else None
        return await hold_branching(
            self._troupe, self._plan.part(job.spec), session, said=said, answer=drawn,
            greeting=self._plan.greeting(job.spec.card.language), keep=keep_counted,
            keep_candidates=keep_candidates,
            pause=pause,
        )  # fmt: skip
