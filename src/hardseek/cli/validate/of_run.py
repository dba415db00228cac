"""The scores of a run, to be held against people's ratings of its dialogues."""

from collections.abc import Sequence
from pathlib import Path

from hardseek.errors import Refused
from hardseek.runs import Store
from hardseek.validity.judge import Given


def scores_of(run: Path, rated: Sequence[Given]) -> list[tuple[str, str, str, float | None]]:
    """Return every judge's score of every dialogue of a run: (dialogue's id, judge, dimension, score or None).

    Raises:
        Refused: there is no run, nobody has judged it, or none of the rated items is one of its dialogues.
    """
    with Store(run) as store:
        scores = store.scores()
    if not scores:
        raise Refused(f"{run}: no judge has rated anything in this run; `hardseek judge {run} JUDGES` has it rated")
    if not {each.item for each in rated} & {identity for identity, *_ in scores}:
        raise Refused(f"{run}: none of the rated items is a dialogue of this run; items have to be its dialogues' ids")
    return scores
