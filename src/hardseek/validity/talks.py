"""The dialogues that the figures are counted from: the scripted seeker with the built-in controls."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from hardseek.cards import RoleCard
from hardseek.dialogues import Casting, Turn, hold
from hardseek.language import Language
from hardseek.luck import Luck
from hardseek.seekers import BehaviourProfile, Part, SeekerState
from hardseek.seekers.policy_seeker import PolicySeeker
from hardseek.seekers.voices import ScriptedVoice
from hardseek.supporters.builtin import BUILTIN_NAMES, build_builtin

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
        """The seeker's hidden state after each of their turns."""
        return tuple(turn.trace.state for turn in self.said if turn.trace is not None and turn.trace.state is not None)

    @cached_property
    def relief(self) -> float:
        """Points by which distress fell; 0 where the seeker never spoke."""
        return self.states[0].distress - self.states[-1].distress if self.states else 0.0


def talks(
    cards: Sequence[RoleCard], profile: BehaviourProfile, *, condition: str, seed: int, replicates: int,
) -> list[Talk]:  # fmt: skip
    """Hold every control's dialogues about every card; `condition` and `seed` key the luck."""
    return asyncio.run(_talks(cards, profile, condition, seed, replicates))


async def _talks(
    cards: Sequence[RoleCard], profile: BehaviourProfile, condition: str, seed: int, replicates: int
) -> list[Talk]:
    seeker, held = PolicySeeker(ScriptedVoice()), []
    for system in BUILTIN_NAMES:
        supporter = build_builtin(system)
        for card in cards:
            for replicate in range(replicates):
                luck = Luck.of(seed=seed, card=card.id, condition=condition, replicate=replicate)
                turns: list[Turn] = []
                casting = Casting(Part(card, profile, luck, EXCHANGES), seeker, supporter, card.id)
                close = await hold(casting, said=(), keep=turns.append, pause=lambda: False)
                fault = close.fault.kind if close.fault is not None else None
                held.append(Talk(card, system, replicate, tuple(turns), fault))
    return held


def by_card(held: Iterable[Talk]) -> list[list[Talk]]:
    """Put the dialogues of a card together."""
    found: dict[str, list[Talk]] = defaultdict(list)
    for talk in held:
        found[talk.card.id].append(talk)
    return list(found.values())
