"""Luck: random draws that depend on who is playing and when, and on nothing else.

Each draw is a hash of its key (run seed, card, condition, replicate) and its place (turn, purpose). It does not
depend on the system under test, on the order of execution, on concurrency or on an interruption: all systems meet
the same seeker with the same luck, which is what makes their differences paired (common random numbers; Law, 2015,
Simulation Modeling and Analysis, ch. 11). There is no generator and so no state to save.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")
_TWO_TO_53 = float(1 << 53)
_UNDER_WAY = 1 << 12
"""Dialogues whose keyed hash is kept: it costs more to set up than to use."""


@dataclass(frozen=True, slots=True)
class Luck:
    """Keyed draws for one dialogue; make it with `Luck.of`."""

    key: bytes

    @classmethod
    def of(cls, *, seed: int, card: str, condition: str, replicate: int) -> "Luck":
        """Key the draws of the dialogue of `card` under `condition`, its `replicate`-th repetition."""
        label = f"{seed}\x1f{card}\x1f{condition}\x1f{replicate}"
        return cls(blake2b(label.encode(), digest_size=16).digest())

    def integer(self, turn: int, purpose: str) -> int:
        """Draw a whole number from 0 to 2**53 - 1, each as likely."""
        keyed = _keyed(self.key).copy()
        keyed.update(f"{turn}\x1f{purpose}".encode())
        return int.from_bytes(keyed.digest(), "big") >> 11

    def unit(self, turn: int, purpose: str) -> float:
        """Draw a real number from [0, 1)."""
        return self.integer(turn, purpose) / _TWO_TO_53

    def chance(self, probability: float, turn: int, purpose: str) -> bool:
        """Tell whether something of this probability happens."""
        return self.unit(turn, purpose) < probability

    def normal(self, turn: int, purpose: str) -> float:
        """Draw from the standard normal distribution (Box and Muller, 1958)."""
        radius = math.sqrt(-2.0 * math.log(1.0 - self.unit(turn, f"{purpose} radius")))
        return radius * math.cos(2.0 * math.pi * self.unit(turn, f"{purpose} angle"))

    def pick(self, options: Sequence[T], turn: int, purpose: str) -> T:
        """Pick one option, each as likely; raises IndexError when there are none."""
        return options[int(self.unit(turn, purpose) * len(options))]

    def weigh(self, weights: dict[T, float], turn: int, purpose: str) -> T:
        """Pick a key in proportion to its weight; weights are 0 or more and not all 0."""
        total = math.fsum(weights.values())
        if not total > 0:
            raise ValueError(f"weights for {purpose!r} must be 0 or more and not all 0: {weights}")
        mark = self.unit(turn, purpose) * total
        for option, weight in weights.items():
            mark -= weight
            if mark < 0:
                return option
        return max(weights, key=lambda option: weights[option])  # rounding left a crumb at the very end

    def shuffle(self, options: Sequence[T], turn: int, purpose: str) -> list[T]:
        """Return the options in a random order; an option's rank depends on its own place alone."""
        order = sorted(range(len(options)), key=lambda place: self.integer(turn, f"{purpose} {place}"))
        return [options[place] for place in order]


@lru_cache(maxsize=_UNDER_WAY)
def _keyed(key: bytes) -> blake2b:
    return blake2b(digest_size=8, key=key)
