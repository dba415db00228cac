"""The seeker's own response to a supporter's turn: what it changed in the hidden state behind their next turn.

Distress is taken without its swing, the part that moves whatever is said, so that luck does not choose turns.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hardseek.dialogues import Turn
from hardseek.seekers import Trace

_DISTRESS: Final = 10.0
"""The length of the scale of distress; that of trust is 1."""
_LEFT: Final = 1.0
"""Leaving unhelped weighs as much as trust falling from its highest to its lowest."""


@dataclass(frozen=True, slots=True)
class Response:
    """How a seeker's state changed with one turn of the supporter's."""

    relief: float
    """Fall of settled distress, in points of 0 to 10."""
    trust: float
    """Gain of trust, -1 to 1."""
    withdrew: bool
    """Whether the seeker left, not helped, with the turn that followed."""

    @property
    def value(self) -> float:
        """Relief as a share of its scale and trust gained, added with equal weight; less 1 where the seeker left.

        That distress and trust weigh the same is our choice: they are the two outcomes that are reported, both on
        their whole scale.
        """
        return self.relief / _DISTRESS + self.trust - (_LEFT if self.withdrew else 0.0)


def response(before: Trace | None, after: Trace | None) -> Response | None:
    """Compare the states behind the seeker's turns before and after a turn of the supporter's; None without both."""
    if before is None or after is None or before.state is None or after.state is None:
        return None
    relief = (before.state.distress - before.state.swing) - (after.state.distress - after.state.swing)
    return Response(relief, after.state.trust - before.state.trust, after.ending == "withdrew")


def responses(turns: Sequence[Turn]) -> dict[int, Response]:
    """Return the seeker's response to each turn of the supporter's of which it is known, by its place."""
    found: dict[int, Response] = {}
    before: Trace | None = None
    asked: int | None = None
    for place, turn in enumerate(turns):
        if turn.speaker == "supporter":
            asked = place
        else:
            changed = response(before, turn.trace)
            if changed is not None and asked is not None:
                found[asked] = changed
            before, asked = turn.trace, None
    return found
