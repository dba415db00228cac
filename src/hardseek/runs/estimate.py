"""What a run would take: dialogues, calls, tokens, money; an estimate made before anything is sent."""

from dataclasses import dataclass
from typing import Final

from hardseek.chat import Endpoint, Price
from hardseek.runs.plan import Plan
from hardseek.runs.tally import cost
from hardseek.supporters.spec import ChatSystem, HookSystem

SEEKER_TURN: Final = 30
"""Tokens of a seeker's turn: a median of 16 words (ESConv), a long tail, and the message's own frame."""
SUPPORTER_TURN: Final = 110
"""Tokens of a supporter's turn: replies of chat models to seekers run to some 60-80 words."""
SEEKER_PROMPT: Final = 900
"""Tokens of the seeker's instructions: persona, behaviour, move."""
SYSTEM_PROMPT: Final = 60
"""Tokens of a system prompt of which the length is not known."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What one speaker is asked for over the whole run, if every dialogue uses all its exchanges."""

    speaker: str
    calls: int
    tokens_in: int | None
    """None where no model server is asked."""
    tokens_out: int | None
    cost: float | None
    """None where no price is known."""


def estimate(plan: Plan) -> list[Estimate]:
    """Estimate calls and tokens of the systems and of the seeker; an upper bound on calls, a rough one on tokens."""
    experiment = plan.experiment
    exchanges = experiment.exchanges
    each = len(plan) // len(experiment.systems)
    history = (SEEKER_TURN + SUPPORTER_TURN) * exchanges * (exchanges - 1) // 2
    found = []
    for system in experiment.systems:
        if isinstance(system, ChatSystem):
            heard = each * (history + exchanges * (SYSTEM_PROMPT + SEEKER_TURN))
            found.append(_priced(system.name, each * exchanges, heard, each * exchanges * SUPPORTER_TURN, system.price))
        elif isinstance(system, HookSystem):
            found.append(Estimate(system.name, each * exchanges, None, None, None))
    if isinstance(experiment.seeker, Endpoint):
        heard = len(plan) * (history + exchanges * SEEKER_PROMPT)
        said = len(plan) * exchanges * SEEKER_TURN
        found.append(_priced("the seeker", len(plan) * exchanges, heard, said, experiment.seeker.price))
    return found


def _priced(speaker: str, calls: int, heard: int, said: int, price: Price | None) -> Estimate:
    return Estimate(speaker, calls, heard, said, cost(price, heard, said) if price is not None else None)
