"""Advice, and whether it came too soon."""

from typing import Final

from hardseek.judging.indicators.account import Account, Unscored
from hardseek.judging.indicators.shares import NO_SUPPORTER, has_cue, share, share_with_cue

_EARLY: Final = 0.3
"""Half of what one cue of advice is appraised at (0.6): less than half of the understanding due was shown."""

advice = share_with_cue("advice")


def early_advice(account: Account) -> float | Unscored:
    """Return the share of the supporter's turns that advise before understanding was shown."""
    return share(account.answers, lambda answer: answer.appraisal.early_advice > _EARLY, NO_SUPPORTER)


def first_advice(account: Account) -> float | Unscored:
    """Return the place of the first turn with advice among the supporter's turns, from 1."""
    for place, answer in enumerate(account.answers, start=1):
        if has_cue(answer.said, "advice"):
            return float(place)
    return Unscored("the supporter never advises") if account.answers else NO_SUPPORTER
