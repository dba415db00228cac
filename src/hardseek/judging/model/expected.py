"""The expected score: what a judge's token probabilities say, rather than the one token that was drawn.

The mean over the levels, weighed by their probabilities at the place of the score, tells apart dialogues that get the
same most likely level (Liu et al., 2023, G-Eval, arXiv 2303.16634).
"""

import math
import re
from collections.abc import Sequence
from typing import Final

from hardseek.chat import Token

LEAST: Final = 0.5
"""Probability that has to lie on levels of the scale among the tokens that the server tells; with less, nothing is
expected from them."""


def level_odds(tokens: Sequence[Token], dimension: str, low: int, high: int) -> dict[int, float] | None:
    """Return the probability of each level at the place of a dimension's score, summing to 1.

    Args:
        tokens: of the answer, with their alternatives.
        dimension: whose score is looked for.
        low: the lowest level.
        high: the highest.

    Returns:
        None where the server told no alternatives, the score is not one token, or the levels have too little of the
        probability.
    """
    place = _place(tokens, dimension)
    if place is None:
        return None
    token, begins = place
    before, after = token.token[:begins], token.token[begins:].lstrip("-0123456789")
    odds: dict[int, float] = {}
    for option in token.top_logprobs:
        said = option.token
        if said.startswith(before) and said.endswith(after):
            digits = said[len(before) : len(said) - len(after)].strip()
            if digits.lstrip("-").isdecimal() and low <= int(digits) <= high:
                odds[int(digits)] = odds.get(int(digits), 0.0) + math.exp(option.logprob)
    mass = sum(odds.values())
    return {level: share / mass for level, share in sorted(odds.items())} if mass >= LEAST else None


def expected(odds: dict[int, float]) -> float:
    """Return the mean level."""
    return sum(level * share for level, share in odds.items())


def _place(tokens: Sequence[Token], dimension: str) -> tuple[Token, int] | None:
    """Find the token that holds a dimension's whole score, and where in it the score begins."""
    text = "".join(token.token for token in tokens)
    found = re.search(rf'"{re.escape(dimension)}"\s*:\s*\{{.*?"score"\s*:\s*(-?\d+)', text, re.DOTALL)
    if found is None:
        return None
    start, end = found.span(1)
    at = 0
    for token in tokens:
        if at <= start < at + len(token.token):
            return (token, start - at) if end <= at + len(token.token) else None
        at += len(token.token)
    return None
