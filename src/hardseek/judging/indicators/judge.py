"""The offline judge: transparent counts that show how a system fails; no score of quality."""

from collections.abc import Callable
from functools import cache
from types import MappingProxyType
from typing import Final

import msgspec

from hardseek.dialogues import Transcript
from hardseek.documents import packaged
from hardseek.judging.indicators import advice, amount, questions, repetition, risk, specificity, uptake
from hardseek.judging.indicators.account import Account, Unscored
from hardseek.judging.indicators.shares import share_with_cue
from hardseek.judging.rating import Dimension, Judgement, Rating, Settings

INDICATORS: Final = "indicators"
"""How the offline judge signs."""

_MEASURES: Final = MappingProxyType[str, Callable[[Account], float | Unscored]](
    {
        "supporter_turns": amount.supporter_turns,
        "supporter_length": amount.supporter_length,
        "supporter_share": amount.supporter_share,
        "open_questions": questions.open_questions,
        "closed_questions": questions.closed_questions,
        "interrogation": questions.interrogation,
        "specificity": specificity.specificity,
        "validation": share_with_cue("validating"),
        "advice": advice.advice,
        "early_advice": advice.early_advice,
        "first_advice": advice.first_advice,
        "template": share_with_cue("template"),
        "self_repetition": repetition.self_repetition,
        "minimising": share_with_cue("minimising"),
        "siding": share_with_cue("siding"),
        "risk_handled": risk.risk_handled,
        "seeker_turns": amount.seeker_turns,
        "seeker_length": amount.seeker_length,
        "seeker_brief": amount.seeker_brief,
        "seeker_thanks": uptake.seeker_thanks,
        "seeker_rejection": uptake.seeker_rejection,
    }
)


@cache
def indicator_dimensions() -> tuple[Dimension, ...]:
    """Return what the offline judge measures, in the order of its ratings."""
    text = packaged("hardseek.judging.indicators", "data", "dimensions.yaml")
    return msgspec.yaml.decode(text, type=tuple[Dimension, ...])


class IndicatorJudge:
    """Counts, by the cue lists with which seekers take a supporter's turn in; same transcript, same ratings."""

    name = INDICATORS
    settings: Settings = ()

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """What it measures, in order."""
        return indicator_dimensions()

    async def judge(self, transcript: Transcript, *, author: str | None = None) -> Judgement:
        """Measure one dialogue, as any judge does; who wrote it makes no difference."""
        return Judgement(tuple(self.rate(transcript)))

    async def close(self) -> None:
        """Hold nothing, release nothing."""

    def rate(self, transcript: Transcript) -> list[Rating]:
        """Measure one dialogue; what it does not have is unscored with the reason."""
        account = Account.of(transcript)
        return [_rating(dimension.name, account) for dimension in indicator_dimensions()]


def measured(name: str, account: Account) -> float | None:
    """Return one indicator of a dialogue; None for what it does not have."""
    value = _MEASURES[name](account)
    return None if isinstance(value, Unscored) else value


def _rating(name: str, account: Account) -> Rating:
    value = _MEASURES[name](account)
    if isinstance(value, Unscored):
        return Rating(INDICATORS, name, None, value.reason)
    return Rating(INDICATORS, name, value)
