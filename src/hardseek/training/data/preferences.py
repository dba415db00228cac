"""Pairs of replies: the best and the worst of several candidates for the same state of the same seeker.

Candidates answer one talk with one seeker behind it, and the seeker's next move is drawn with the same luck after each
of them (common random numbers): what differs is the reply.
"""

from collections.abc import Sequence
from statistics import fmean
from typing import Literal

from hardseek.chat import Message
from hardseek.dialogues import Turn
from hardseek.training.data.drops import Drops
from hardseek.training.data.material import Held
from hardseek.training.data.messages import joined, opening
from hardseek.training.data.sample import Sample
from hardseek.training.data.supporter_sft import Prompts
from hardseek.training.dataset import Pair
from hardseek.training.generating.candidates import Candidate
from hardseek.training.response import response

By = Literal["response", "judges"]
"""response: by what the reply changed in the simulated seeker; judges: by the mean of what they gave it."""


def value_of(candidate: Candidate, said: Sequence[Turn], by: By) -> float | None:
    """Return how good a candidate is, None where it is not known.

    Args:
        candidate: the reply, with the seeker's next move after it.
        said: the talk that it answers.
        by: what decides.
    """
    if candidate.left_out is not None:
        return None
    if by == "judges":
        return fmean(candidate.scores.values()) if candidate.scores else None
    before = next((turn.trace for turn in reversed(said) if turn.speaker == "seeker"), None)
    made = response(before, candidate.trace)
    return None if made is None else made.value


def best_and_worst(
    candidates: Sequence[Candidate], said: Sequence[Turn], *, by: By, margin: float, drops: Drops
) -> tuple[Candidate, Candidate] | None:
    """Choose two candidates at least `margin` apart; None, counted, where there are none.

    Among equals the first one is taken, so that the same candidates always give the same pair.
    """
    valued = [(value, each) for each in candidates if (value := value_of(each, said, by)) is not None]
    if len(valued) < 2:  # noqa: PLR2004 (a pair)
        drops.add("states", "fewer than two candidates with a value")
        return None
    high, best = max(valued, key=lambda each: (each[0], -each[1].place))
    low, worst = min(valued, key=lambda each: (each[0], each[1].place))
    if high - low <= 0:
        drops.add("states", "all candidates tie")
        return None
    if high - low < margin:
        drops.add("states", f"best and worst less than the margin of {margin:g} apart")
        return None
    return best, worst


def pair_of(
    each: Held, family: str, position: int, *, chosen: str, rejected: str, prompts: Prompts, drops: Drops
) -> Sample | None:
    """Make a row of two replies to the talk before the turn at `position`; None, counted, where that has a hole."""
    said = each.dialogue.turns[:position]
    turns = [turn for turn, _ in joined(said)]
    if not turns or joined(said)[-1][1] != position - 1 or turns[-1].speaker != "seeker":
        drops.add("states", "nothing, or a hole, stands before the reply")
        return None
    if chosen.strip() == rejected.strip():
        drops.add("states", "both replies are the same")
        return None
    dialogue = each.dialogue
    before = opening(dialogue.language, prompts.get(dialogue.language), turns[0])
    row = Pair(
        prompt=(*before, *(turn.message for turn in turns)), chosen=(Message("assistant", chosen),),
        rejected=(Message("assistant", rejected),), card=dialogue.card, dialogue=dialogue.id,
        condition=dialogue.condition, language=dialogue.language,
    )  # fmt: skip
    return Sample(row, family, dialogue.condition, f"{dialogue.id}-{position:04}")
