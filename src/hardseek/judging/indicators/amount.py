"""How much is said, and by whom."""

from hardseek.judging.indicators.account import Account, Unscored
from hardseek.judging.indicators.shares import NO_SEEKER, NO_SUPPORTER, middle, share
from hardseek.language import BRIEF


def supporter_turns(account: Account) -> float:
    """Count the supporter's turns."""
    return float(len(account.answers))


def seeker_turns(account: Account) -> float:
    """Count the seeker's turns."""
    return float(len(account.seeker))


def supporter_length(account: Account) -> float | Unscored:
    """Return the median length of the supporter's turns."""
    return middle([answer.said.length for answer in account.answers], NO_SUPPORTER)


def seeker_length(account: Account) -> float | Unscored:
    """Return the median length of the seeker's turns."""
    return middle([said.length for said in account.seeker], NO_SEEKER)


def seeker_brief(account: Account) -> float | Unscored:
    """Return the share of the seeker's turns of a few words."""
    return share(account.seeker, lambda said: said.length <= BRIEF[account.language], NO_SEEKER)


def supporter_share(account: Account) -> float | Unscored:
    """Return the supporter's share of all that is said."""
    supporter = sum(answer.said.length for answer in account.answers)
    total = supporter + sum(said.length for said in account.seeker)
    return supporter / total if total else Unscored("there are no words")
