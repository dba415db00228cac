"""Which of four kinds of help a supporter's turn mainly gives: points for the signs in it, added up."""

from collections.abc import Sequence
from functools import cache
from typing import ClassVar, Final, Literal, get_args

from hardseek.chat import Message
from hardseek.documents import load, packaged
from hardseek.language import Language
from hardseek.seekers.appraisal.points import Points
from hardseek.seekers.appraisal.signs import signs

Strategy = Literal["question", "advice", "understanding", "other"]
"""The strategies of ESConv (Liu et al., 2021) by what they do: question; advice is suggestion or information;
understanding is restatement, reflection, affirmation and reassurance; other is self-disclosure and all the rest."""
STRATEGIES: Final[tuple[Strategy, ...]] = get_args(Strategy)


class StrategyPoints(Points):
    """What each sign counts for each strategy."""

    kinds: ClassVar[tuple[str, ...]] = STRATEGIES


def strategy(text: str, transcript: Sequence[Message], language: Language) -> Strategy:
    """Say what a supporter's turn mainly does.

    The points of all signs in the turn are added up for each strategy, and the highest sum decides; a turn without
    words is `other`. The points were estimated once, on the training dialogues of ESConv, and stand in
    `data/strategy.yaml`. How far this agrees with people is in docs/method/appraisal.md.

    Args:
        text: the supporter's turn.
        transcript: the talk before it, seeker `user`, supporter `assistant`.
        language: what the talk is in.
    """
    found = signs(text, transcript, language)
    if not found:
        return "other"
    sums = _points().sums(found)
    return max(STRATEGIES, key=sums.__getitem__)


@cache
def _points() -> StrategyPoints:
    return load(packaged("hardseek.seekers", "data", "strategy.yaml"), StrategyPoints, source="strategy.yaml")
