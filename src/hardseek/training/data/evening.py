"""Evening out length: as many pairs in which the longer reply is preferred as pairs in which the shorter one is.

Preference training learns length wherever it goes with preference (Singhal et al., 2023, arXiv 2310.03716; Park et al.,
2024, arXiv 2403.19159). With even numbers it tells nothing of which reply is better.
"""

from collections.abc import Sequence

from hardseek.language import length
from hardseek.training.data.drops import Drops
from hardseek.training.data.sample import Sample
from hardseek.training.data.splits import place_of
from hardseek.training.dataset import Pair


def evened(samples: Sequence[Sample], *, seed: int, drops: Drops) -> list[Sample]:
    """Take pairs out until neither way has more; pairs of one length stay.

    Args:
        samples: pairs.
        seed: of which are taken out.
        drops: counts them.
    """
    longer = [sample for sample in samples if _difference(sample) > 0]
    shorter = [sample for sample in samples if _difference(sample) < 0]
    many, few = (longer, shorter) if len(longer) > len(shorter) else (shorter, longer)
    order = sorted(many, key=lambda sample: (place_of(sample.key, seed, "even length"), sample.key))
    out = {sample.key for sample in order[len(few) :]}
    way = "longer" if many is longer else "shorter"
    drops.add("pairs", f"the {way} reply is preferred, more than the other way round", len(out))
    return [sample for sample in samples if sample.key not in out]


def _difference(sample: Sample) -> int:
    """Return by how much the preferred reply is longer, in words (Chinese: characters)."""
    row = sample.row
    return length(row.chosen[0].content) - length(row.rejected[0].content) if isinstance(row, Pair) else 0
