"""Is a paired difference more than chance? A test that flips the signs of whole cards."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from hardseek.analysis.bootstrap import SEED, Array, CardTotals
from hardseek.analysis.threads import one_thread

FLIPS: Final = 9_999
"""Random sign patterns; the smallest p-value they can give is 1 / (FLIPS + 1)."""
EXACT_CARDS: Final = 14
"""Up to here all patterns are gone through: one sign fixed, for a pattern and its mirror image count the same."""

_BLOCK: Final = 1 << 21
_COLUMNS: Final = 512
_SLACK: Final = 1e-9  # of the greatest sum possible: sums that differ by rounding alone are ties


def sign_flip(cells: Sequence[CardTotals], *, flips: int = FLIPS, seed: int = SEED) -> list[float | None]:
    """Two-sided p-value that the mean of paired differences is 0, for each cell.

    If the condition made no difference, each card's summed difference could as well have had the other sign, all its
    pairs together (Fisher, 1935, The Design of Experiments, section 21). The statistic is the absolute sum. Exact for
    few cards; otherwise (1 + patterns at least as extreme) / (1 + flips), which is never 0 (Phipson and Smyth, 2010).

    Args:
        cells: differences summed within cards.
        flips: random patterns when there are too many cards for all of them.
        seed: of the random patterns.

    Returns:
        A p-value for each cell, None where there is no pair.
    """
    results: list[float | None] = [None] * len(cells)
    alike: dict[int, list[int]] = defaultdict(list)
    for place, cell in enumerate(cells):
        if len(cell.sums):
            alike[len(cell.sums)].append(place)
    for cards, places in alike.items():
        for start in range(0, len(places), _COLUMNS):
            chunk = places[start : start + _COLUMNS]
            sums = np.column_stack([cells[place].sums for place in chunk])
            for place, p in zip(chunk, _p_values(sums, cards, flips, seed), strict=True):
                results[place] = float(p)
    return results


def _p_values(sums: Array, cards: int, flips: int, seed: int) -> Array:
    bound = np.abs(sums.sum(axis=0)) - _SLACK * np.abs(sums).sum(axis=0)
    exact = cards <= EXACT_CARDS
    patterns = _all_signs(cards) if exact else _random_signs(cards, flips, seed)
    extreme = np.zeros(sums.shape[1])
    with one_thread():
        for signs in patterns:
            extreme += (np.abs(signs @ sums) >= bound).sum(axis=0)
    return extreme / 2 ** (cards - 1) if exact else (1 + extreme) / (1 + flips)


def _all_signs(cards: int) -> Iterator[Array]:
    patterns = np.arange(2 ** (cards - 1))[:, None] >> np.arange(cards) & 1
    yield np.where(patterns, -1.0, 1.0)


def _random_signs(cards: int, flips: int, seed: int) -> Iterator[Array]:
    generator = np.random.Generator(np.random.PCG64(seed))
    block = max(1, _BLOCK // cards)
    for start in range(0, flips, block):
        rows = min(block, flips - start)
        bits = np.unpackbits(np.frombuffer(generator.bytes(-(-rows * cards // 8)), np.uint8), count=rows * cards)
        yield np.where(bits, -1.0, 1.0).reshape(rows, cards)
