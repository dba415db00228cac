"""Measuring a run: outcomes and judges over its finished dialogues, those that have not been measured yet.

When what judges go by has changed since, all is measured anew: one run never holds measures of two kinds.
"""

from collections.abc import Callable, Sequence

from hardseek.dialogues import Dialogue
from hardseek.judging import Judge, Rating
from hardseek.judging.outcomes import SEEKER, outcomes
from hardseek.runs.signature import sign_judge
from hardseek.runs.store import Store


def measure(store: Store, judges: Sequence[Judge], *, measured: Callable[[], None] = lambda: None) -> None:
    """Measure what is finished and not failed.

    A judge is given the transcript and its language; system, condition, card and hidden state it never sees.

    Args:
        store: the run.
        judges: who rates.
        measured: is called after each dialogue and judge.
    """
    _forget_what_changed(store, [SEEKER, *(judge.name for judge in judges)])
    _each(store, SEEKER, outcomes, measured)
    for judge in judges:

        def rate(dialogue: Dialogue, judge: Judge = judge) -> list[Rating]:
            return judge.rate(dialogue.transcript)

        _each(store, judge.name, rate, measured)
    store.writer.flush()


def _forget_what_changed(store: Store, names: Sequence[str]) -> None:
    """Drop the measures of judges that have changed since, and note how each measures now."""
    before = store.noted("judged by") or {}
    now = {name: sign_judge(name) for name in names}
    changed = [name for name in names if before.get(name, now[name]) != now[name]]
    if changed:
        store.forget_measures(changed)
    store.note("judged by", {**before, **now})
    store.writer.flush()


def _each(store: Store, judge: str, rate: Callable[[Dialogue], list[Rating]], measured: Callable[[], None]) -> None:
    for number, dialogue in store.finished(unrated_by=judge):
        if dialogue.ending != "failed":
            store.rate(number, rate(dialogue))
            measured()
