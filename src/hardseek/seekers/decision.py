"""A decision: what the policy makes of a supporter's turn that has been appraised."""

from dataclasses import dataclass

from hardseek.seekers.choice import choose
from hardseek.seekers.course import intensities
from hardseek.seekers.seeker import Part
from hardseek.seekers.state import Appraisal, Move, SeekerState, Trace
from hardseek.seekers.update import begin, first_course, update


@dataclass(frozen=True, slots=True)
class Decision:
    """What the policy makes of a supporter's turn."""

    state: SeekerState
    """After the turn was taken in; what the move tells is not yet disclosed in it."""
    appraisal: Appraisal | None
    move: Move


def begun(last: Trace | None) -> bool:
    """Tell whether the seeker has spoken before, so that there is a turn of the supporter's to appraise."""
    return last is not None and last.state is not None and last.move is not None


def decide(part: Part, last: Trace | None, turn: int, appraisal: Appraisal | None, heard: str) -> Decision:
    """Take in the supporter's last turn and choose the next move; the same input gives the same decision.

    Args:
        part: who is played.
        last: the trace of the seeker's last turn, None before their first.
        turn: of the seeker, counted from 0.
        appraisal: how the supporter's last turn is taken in; None at the opening.
        heard: that turn, empty at the opening.
    """
    before = last.state if last is not None else None
    now = intensities(part.profile, turn + 1, before, part.luck)
    if appraisal is None or last is None or before is None or last.move is None:
        state = begin(part, now)
        move = choose(part, state, None, now, turn=turn, last=None, lighter_by=0.0, heard="")
        return Decision(state, None, move)
    state = update(before, appraisal, now, part, turn)
    lighter_by = first_course(part) - (state.distress - state.swing)
    move = choose(part, state, appraisal, now, turn=turn, last=last.move.act, lighter_by=lighter_by, heard=heard)
    return Decision(state, appraisal, move)
