"""What belongs together, such as all that one participant did, summed for a bootstrap that draws it whole."""

from collections.abc import Sequence

import numpy as np

from hardseek.analysis.bootstrap import CardTotals


def totals(clusters: Sequence[Sequence[float]]) -> CardTotals:
    """Sum values within each cluster; each has one at least."""
    return CardTotals(
        np.array([float(np.sum(values)) for values in clusters]), np.array([float(len(values)) for values in clusters])
    )
