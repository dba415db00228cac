"""Numbers as people read them: never NaN, never None."""

import math
from typing import Final

from hardseek.analysis import Estimate
from hardseek.judging import Dimension

NOTHING: Final = "–"
"""Stands where there is no number."""
MINUS: Final = "−"
_PER_CENT: Final = "\u00a0%"  # no line breaks before the sign
_WIDE: Final = 50.0  # scales at least this wide are read to one decimal


def digits(dimension: Dimension) -> int:
    """Choose the number of decimals: one on wide scales, two on others."""
    low, high = dimension.low, dimension.high
    return 1 if low is not None and high is not None and high - low >= _WIDE else 2


def number(value: float | None, decimals: int = 2) -> str:
    """Write a number with a true minus sign; what rounds to zero has no sign."""
    if value is None or not math.isfinite(value):
        return NOTHING
    text = f"{value:,.{decimals}f}"
    return text.removeprefix("-") if float(text.replace(",", "")) == 0 else text.replace("-", MINUS)


def interval(estimate: Estimate | None, decimals: int = 2) -> str:
    """Write the ends of an interval in brackets."""
    if estimate is None or estimate.low is None or estimate.high is None:
        return NOTHING
    return f"[{number(estimate.low, decimals)}, {number(estimate.high, decimals)}]"


def percent(share: float | None) -> str:
    """Write a share as a whole percentage; what is neither none nor all never reads 0 % or 100 %."""
    if share is None or not math.isfinite(share):
        return NOTHING
    if 0 < share < 0.005:  # noqa: PLR2004 - half a per cent
        return f"<1{_PER_CENT}"
    if 0.995 < share < 1:  # noqa: PLR2004 - half a per cent
        return f">99{_PER_CENT}"
    return f"{share:.0%}".replace("%", _PER_CENT).replace("-", MINUS)


def count(value: int | None) -> str:
    """Write a count with its thousands apart."""
    return NOTHING if value is None else f"{value:,}"


def probability(value: float | None) -> str:
    """Write a p-value or q-value to three decimals, the smallest as a bound."""
    if value is None:
        return NOTHING
    return "<0.001" if value < 0.001 else f"{value:.3f}"  # noqa: PLR2004 - what three decimals can tell
