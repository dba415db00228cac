"""Strengths of systems from preferences between them.

The model (Bradley and Terry, 1952, Biometrika 39, 324): system i is preferred to j with probability
1 / (1 + exp(b_j - b_i)). A tie is half a win for each. Strengths are found by Hunter's minorisation (2004, Annals of
Statistics 32, 384) and centred on 0; half a win and half a loss against every other system are added, so that one that
won everything has a finite strength too. Intervals: cards are drawn with replacement, with all their preferences.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from hardseek.analysis.bootstrap import DRAWS, LEVEL, SEED, Array, resamples

_ADDED: Final = 0.5
_STEPS: Final = 500
_SETTLED: Final = 1e-9


class Contest(NamedTuple):
    """One preference: how much of a win the first system had over the other."""

    card: str
    one: str
    other: str
    score: float
    """1: the first won; 0: the other; 0.5: a tie."""


@dataclass(frozen=True, slots=True)
class Strength:
    """A system's strength on the log-odds scale."""

    system: str
    value: float
    low: float | None
    """The ends of the 95 % interval; None with fewer than two cards."""
    high: float | None
    wins: float
    """Ties count half."""
    contests: int


def strengths(contests: Sequence[Contest], *, draws: int = DRAWS, seed: int = SEED) -> list[Strength]:
    """Estimate the strengths of all systems that met another, the strongest first."""
    if not contests:
        return []
    systems = sorted({name for contest in contests for name in (contest.one, contest.other)})
    cards = sorted({contest.card for contest in contests})
    won = _won(contests, systems, cards)
    total = won.sum(axis=0)
    value = _fit(total[None])[0]
    low: Array | None = None
    high: Array | None = None
    if len(cards) > 1:
        blocks = resamples(len(cards), draws, seed)
        drawn = np.concatenate([_fit(np.tensordot(weights, won, axes=1)) for weights in blocks])
        low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
    found = [
        Strength(
            name, float(value[place]), float(low[place]) if low is not None else None,
            float(high[place]) if high is not None else None, float(total[place].sum()),
            round(float(total[place].sum() + total[:, place].sum())),
        )
        for place, name in enumerate(systems)
    ]  # fmt: skip
    return sorted(found, key=lambda strength: (-strength.value, strength.system))


def _won(contests: Sequence[Contest], systems: Sequence[str], cards: Sequence[str]) -> Array:
    """Count wins: cards x winner x loser."""
    place_of, card_of = {name: at for at, name in enumerate(systems)}, {name: at for at, name in enumerate(cards)}
    won = np.zeros((len(cards), len(systems), len(systems)))
    for card, one, other, score in contests:
        won[card_of[card], place_of[one], place_of[other]] += score
        won[card_of[card], place_of[other], place_of[one]] += 1 - score
    return won


def _fit(won: Array) -> Array:
    """Return log strengths, draws x systems, from wins, draws x winner x loser."""
    size = won.shape[1]
    won = won + _ADDED * (1 - np.eye(size))
    met, wins = won + won.transpose(0, 2, 1), won.sum(axis=2)
    worth = np.ones(wins.shape)
    for _ in range(_STEPS):
        shared = met / (worth[:, :, None] + worth[:, None, :])
        found = wins / shared.sum(axis=2)
        found /= np.exp(np.log(found).mean(axis=1, keepdims=True))
        settled = float(np.abs(found - worth).max()) < _SETTLED
        worth = found
        if settled:
            break
    log: Array = np.log(worth)
    return log
