"""What the supporter asks."""

from typing import Final

from hardseek.judging.indicators.account import Account, Answer, Unscored
from hardseek.judging.indicators.shares import NO_SUPPORTER, mean, share

_UPON: Final = 2
"""Questions in one turn from which on they are question upon question."""


def open_questions(account: Account) -> float | Unscored:
    """Return the open questions in a turn, on average."""
    return mean([answer.said.reading.open_questions for answer in account.answers], NO_SUPPORTER)


def closed_questions(account: Account) -> float | Unscored:
    """Return the closed questions in a turn, on average."""
    return mean([answer.said.reading.closed_questions for answer in account.answers], NO_SUPPORTER)


def interrogation(account: Account) -> float | Unscored:
    """Return the share of turns with question upon question."""
    return share(account.answers, lambda answer: _questions(answer) >= _UPON, NO_SUPPORTER)


def _questions(answer: Answer) -> int:
    return answer.said.reading.open_questions + answer.said.reading.closed_questions
