"""Whether the supporter says again what it has said."""

from hardseek.judging.indicators.account import Account, Unscored
from hardseek.judging.indicators.shares import mean


def self_repetition(account: Account) -> float | Unscored:
    """Return how much of a turn stood in one earlier turn of the supporter's, the most alike one, on average.

    Counted in runs of 4 words or 6 characters; the first turn does not count.
    """
    later = [answer.appraisal.repetition for answer in account.answers[1:]]
    return mean(later, Unscored("the supporter has fewer than two turns"))
