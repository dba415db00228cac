"""The dialogues that the figures are counted from: any seeker with the built-in controls."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from hardseek.cards import RoleCard
from hardseek.dialogues import Turn
from hardseek.language import Language
from hardseek.seekers import SeekerState
from hardseek.supporters.builtin import BUILTIN_NAMES

EXCHANGES: Final = 8
GOOD: Final = frozenset(BUILTIN_NAMES[:2])
"""The balanced helper and the reflective listener; the four others are poor."""


@dataclass(frozen=True)
class Talk:
    """One dialogue as it is counted."""

    card: RoleCard
    system: str
    replicate: int
    turns: tuple[Turn, ...]
    fault: str | None = None
    """The kind of fault that ended it."""

    @property
    def language(self) -> Language:
        """The card's."""
        return self.card.language

    @property
    def good(self) -> bool:
        """Whether the system is one of the good ones."""
        return self.system in GOOD

    @cached_property
    def said(self) -> tuple[Turn, ...]:
        """The seeker's turns."""
        return tuple(turn for turn in self.turns if turn.speaker == "seeker")

    @cached_property
    def states(self) -> tuple[SeekerState, ...]:
        """The seeker's hidden state after each of their turns; none of seekers that have no hidden state."""
        return tuple(turn.trace.state for turn in self.said if turn.trace is not None and turn.trace.state is not None)

    @cached_property
    def relief(self) -> float:
        """Points by which distress fell; 0 where the seeker never spoke."""
        return self.states[0].distress - self.states[-1].distress if self.states else 0.0


def by_card(held: Iterable[Talk]) -> list[list[Talk]]:
    """Put the dialogues of a card together."""
    found: dict[str, list[Talk]] = defaultdict(list)
    for talk in held:
        found[talk.card.id].append(talk)
    return list(found.values())
