"""Which of four kinds of help a supporter's turn mainly gives: points for the signs in it, added up."""

from collections.abc import Sequence
from functools import cache
from typing import Final, Literal, get_args

from pydantic import Field, model_validator

from hardseek.chat import Message
from hardseek.documents import Document, load, packaged
from hardseek.language import Language, length, sentences
from hardseek.seekers.appraisal.reading import LONGEST_READ, read

Strategy = Literal["question", "advice", "understanding", "other"]
"""The strategies of ESConv (Liu et al., 2021) by what they do: question; advice is suggestion or information;
understanding is restatement, reflection, affirmation and reassurance; other is self-disclosure and all the rest."""
STRATEGIES: Final[tuple[Strategy, ...]] = get_args(Strategy)

COUNTED: Final = (
    "reflecting", "validating", "inviting", "advice", "template", "minimising", "informing", "affirming",
    "feeling_named", "asking", "checking", "own_story", "small_talk",
)  # fmt: skip
"""Groups of cues that are signs."""
MOST: Final = 3
"""Cues of a group that count, and words of the seeker's that come back: more say nothing new."""
_CHARACTERS_A_WORD: Final[dict[Language, float]] = {"en": 1.0, "zh": 1.6}
_BARE, _SHORT, _LONG = 3, 8, 20
"""Words of a turn; fewer than the first two, or more than the last, is a sign."""
_OPENING: Final = 4
"""Messages within which a talk is still beginning."""
_QUESTION_ENDS: Final = ("?", "？")


class Points(Document):
    """What each sign counts for each strategy."""

    id: str
    version: int = Field(ge=1)
    points: dict[str, dict[Strategy, float]]
    """By sign; `always` stands for what each strategy has before any sign."""

    @model_validator(mode="after")
    def _whole(self) -> "Points":
        for sign, row in self.points.items():
            if set(row) != set(STRATEGIES):
                raise ValueError(f"the sign {sign!r} needs points for each of {', '.join(STRATEGIES)}")
        return self


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
    points = _points().points
    sums = dict.fromkeys(STRATEGIES, 0.0)
    for sign, amount in found.items():
        for kind, each in points[sign].items():
            sums[kind] += amount * each
    return max(STRATEGIES, key=sums.__getitem__)


def signs(text: str, transcript: Sequence[Message], language: Language) -> dict[str, float]:
    """Return the signs of a turn that are there, each with how much of it; none for a turn without words."""
    now = read(text, language)
    if not now.length:
        return {}
    asked = [length(part) for part in sentences(text[:LONGEST_READ]) if part.endswith(_QUESTION_ENDS)]
    seeker = next((message.content for message in reversed(transcript) if message.role == "user"), "")
    words = now.length / _CHARACTERS_A_WORD[language]
    found: dict[str, float] = {group: min(now.cues.get(group, 0), MOST) for group in COUNTED}
    found |= {
        "always": 1.0,
        "open_question": now.open_questions > 0,
        "closed_question": now.closed_questions > 0,
        "asked_share": min(1.0, sum(asked) / now.length),
        "asks_reflecting": bool(asked) and (found["reflecting"] + found["feeling_named"] + found["checking"] > 0),
        "asks_advising": bool(asked) and found["advice"] > 0,
        "bare": words <= _BARE,
        "short": words <= _SHORT,
        "long": words > _LONG,
        "opening": len(transcript) < _OPENING,
        "heard": min(len(now.terms & read(seeker, language).terms), MOST),
    }
    return {sign: float(amount) for sign, amount in found.items() if amount}


@cache
def _points() -> Points:
    return load(packaged("hardseek.seekers", "data", "strategy.yaml"), Points, source="strategy.yaml")
