"""What a run would take: dialogues, calls, tokens, money; an estimate made before anything is sent."""

from dataclasses import dataclass
from typing import Final

from hardseek.chat import Endpoint, Price
from hardseek.runs.plan import Plan
from hardseek.runs.tally import cost
from hardseek.seekers.spec import AnySeeker, ChatSeeker, EmotionPlannerSeeker, second_model
from hardseek.supporters.spec import ChatSystem, HookSystem

SEEKER_TURN: Final = 30
"""Tokens of a seeker's turn: a median of 16 words (ESConv), a long tail, and the message's own frame."""
SUPPORTER_TURN: Final = 110
"""Tokens of a supporter's turn: replies of chat models to seekers run to some 60-80 words."""
SEEKER_PROMPT: Final = 900
"""Tokens of the seeker's instructions: persona, behaviour, move."""
STRUCTURED_PROMPT: Final = 1100
"""Tokens of what a structured answer is asked with: an appraisal's scales, or a planner's instructions and labels."""
APPRAISAL: Final = 90
"""Tokens of 13 named values."""
PLAN: Final = 130
"""Tokens of an emotion, a description and a reason."""
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
            found.append(priced(system.name, each * exchanges, heard, each * exchanges * SUPPORTER_TURN, system.price))
        elif isinstance(system, HookSystem):
            found.append(Estimate(system.name, each * exchanges, None, None, None))
    return found + _of_seeker(experiment.seeker, len(plan), exchanges, history)


def _of_seeker(seeker: AnySeeker, dialogues: int, exchanges: int, history: int) -> list[Estimate]:
    """Estimate the calls that word, and those that appraise or plan; what has to be mended is left out."""
    if not isinstance(seeker, Endpoint):
        return []
    turns, answered = dialogues * exchanges, dialogues * (exchanges - 1)
    heard, said = dialogues * history + turns * SEEKER_PROMPT, turns * SEEKER_TURN
    if isinstance(seeker, ChatSeeker) and seeker.appraisal == "together":
        # At most, no draft is for the move that is made: then each turn but the first takes a call more.
        both = dialogues * history + answered * (SEEKER_PROMPT + STRUCTURED_PROMPT)
        heard, said = heard + both, said + answered * (APPRAISAL + SEEKER_TURN)
        return [priced("the seeker", turns + answered, heard, said, seeker.price)]
    found = [priced("the seeker", turns, heard, said, seeker.price)]
    second = second_model(seeker)
    if second is not None:
        # The opening is planned, but there is nothing to appraise before it.
        calls = turns if isinstance(seeker, EmotionPlannerSeeker) else answered
        each = PLAN if isinstance(seeker, EmotionPlannerSeeker) else APPRAISAL
        name = "its planner" if isinstance(seeker, EmotionPlannerSeeker) else "its appraiser"
        heard = dialogues * history + calls * STRUCTURED_PROMPT
        found.append(priced(name, calls, heard, calls * each, second.price))
    return found


def priced(speaker: str, calls: int, heard: int, said: int, price: Price | None) -> Estimate:
    """Put an estimate together, with its cost where there is a price."""
    return Estimate(speaker, calls, heard, said, cost(price, heard, said) if price is not None else None)
