"""What a scorer was trained on, and which dialogues lie outside.

A dialogue is outside when

- its language is none of the training dialogues';
- the supporter has fewer turns than half the fewest or more than twice the most of any training dialogue, or turns
  that are on average shorter than half the 1st percentile or longer than twice the 99th;
- its features are farther from the training dialogues than 99 % of these are: the root of the mean squared standard
  score over all features, each cut off at 6.

Near the edge nothing changes suddenly: the rule keeps out what is of another kind (a counselling session, a monologue,
one word a turn), and does not vouch for what it lets in.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from hardseek.judging.scorer.features import FEATURES, Array, Seen
from hardseek.judging.scorer.file import Domain

_SLACK: Final = 2.0
_RARE: Final = 1.0
"""Percentiles cut off at either end."""
_FARTHEST: Final = 6.0
"""Standard deviations: one feature that hardly ever varies must not decide alone."""
_LEAST: Final = 0.02
"""Of a standard deviation: features that are all but constant."""
CLIPPED: Final = 3.0
"""Standard deviations that count for a score."""


def domain(seen: Sequence[Seen]) -> Domain:
    """Describe training dialogues."""
    rows = np.array([each.features for each in seen])
    known = ~np.isnan(rows)
    counts = np.maximum(known.sum(axis=0), 1)
    means = np.where(known, rows, 0.0).sum(axis=0) / counts
    apart = np.where(known, rows - means, 0.0)
    deviations = np.maximum(np.sqrt((apart**2).sum(axis=0) / counts), _LEAST)
    far = [_distance(row, means, deviations) for row in rows]
    turns = [each.turns for each in seen]
    low, high = np.percentile([each.words for each in seen], [_RARE, 100 - _RARE])
    return Domain(
        languages=tuple(sorted({each.language for each in seen})),
        turns=(min(turns), max(turns)),
        words=(float(low), float(high)),
        means=tuple(map(float, means)),
        deviations=tuple(map(float, deviations)),
        distance=float(np.percentile(far, 100 - _RARE)),
    )


def outside(seen: Seen, known: Domain) -> str | None:
    """Say why a dialogue lies outside, or None."""
    if seen.language not in known.languages:
        return f"it was trained on {' and '.join(known.languages)}, and this is {seen.language}"
    if not seen.turns:
        return "the supporter says nothing"
    fewest, most = known.turns[0] / _SLACK, known.turns[1] * _SLACK
    if not fewest <= seen.turns <= most:
        return f"the supporter has {seen.turns} turns; it was trained on {known.turns[0]} to {known.turns[1]}"
    if not known.words[0] / _SLACK <= seen.words <= known.words[1] * _SLACK:
        return (
            f"the supporter's turns have {seen.words:.0f} words on average; "
            f"it was trained on {known.words[0]:.0f} to {known.words[1]:.0f}"
        )
    far = _distance(seen.features, np.array(known.means), np.array(known.deviations))
    if far > known.distance:
        return f"it is unlike what it was trained on (distance {far:.2f}; 99 % of that: {known.distance:.2f} at most)"
    return None


def standardised(rows: Array, known: Domain) -> Array:
    """Return features as standard scores that count at most CLIPPED; 0, the mean, for what a dialogue does not have."""
    scores = (rows - np.array(known.means)) / np.array(known.deviations)
    found: Array = np.clip(np.nan_to_num(scores, nan=0.0), -CLIPPED, CLIPPED)
    return found


def _distance(row: Array, means: Array, deviations: Array) -> float:
    scores = np.nan_to_num((row - means) / deviations, nan=0.0)
    return float(np.sqrt((np.minimum(np.abs(scores), _FARTHEST) ** 2).sum() / len(FEATURES)))
