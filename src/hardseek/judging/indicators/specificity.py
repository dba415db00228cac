"""How much of what the seeker said comes back."""

from hardseek.judging.indicators.account import Account, Unscored
from hardseek.judging.indicators.shares import NO_SUPPORTER, mean


def specificity(account: Account) -> float | Unscored:
    """Return the share of the content words of the seeker's turn that stand in the answer, on average over answers.

    Stems in English, pairs of characters in Chinese. Answers to turns without content words ("idk") do not count.
    """
    if not account.answers:
        return NO_SUPPORTER
    returned = [
        len(said.reading.terms & to.reading.terms) / len(to.reading.terms)
        for to, said in account.answered
        if to.reading.terms
    ]
    return mean(returned, Unscored("no turn of the seeker with content words was answered"))
