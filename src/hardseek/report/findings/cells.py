"""Figures as cells of tables."""

from hardseek.analysis import Estimate
from hardseek.report.numbers import count, interval, number, percent, probability
from hardseek.report.safe import visible
from hardseek.report.table import Value


def estimated(estimate: Estimate | None, decimals: int) -> Value:
    """Write an estimate with its interval."""
    if estimate is None or estimate.mean is None:
        return Value("")
    ends = "" if estimate.low is None else interval(estimate, decimals)
    return Value(number(estimate.mean, decimals), ends, estimate.mean)


def counted(value: int) -> Value:
    """Write a count."""
    return Value(count(value), sort=value)


def shared(value: float | None) -> Value:
    """Write a share as a percentage."""
    return Value(percent(value), sort=value)


def plain(value: float | None, decimals: int) -> Value:
    """Write a number without an interval."""
    return Value(number(value, decimals), sort=value)


def tested(q: float | None) -> Value:
    """Write a p-value or q-value."""
    return Value(probability(q), sort=q)


def named(text: str) -> Value:
    """Write what somebody called something."""
    return Value(visible(text))
