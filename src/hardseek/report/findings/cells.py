"""Figures as cells of tables, and rows of them."""

from collections.abc import Sequence
from dataclasses import replace

from hardseek.analysis import Drop, Estimate
from hardseek.judging import Dimension
from hardseek.report.headline import DISCOVERY
from hardseek.report.numbers import count, digits, interval, number, percent, probability
from hardseek.report.safe import visible
from hardseek.report.table import Row, Value, shade
from hardseek.report.words import Bilingual, say


def estimated(estimate: Estimate | None, decimals: int) -> Value:
    """Write an estimate with its interval."""
    if estimate is None or estimate.mean is None:
        return Value("")
    ends = "" if estimate.low is None else interval(estimate, decimals)
    return Value(number(estimate.mean, decimals), ends, estimate.mean)


def scored(estimate: Estimate | None, dimension: Dimension) -> Value:
    """Write a mean with its interval, or that there is no score."""
    return Value(say("no_score")) if estimate is None else estimated(estimate, digits(dimension))


def dropped(drop: Drop | None, dimension: Dimension, greatest: float = 0.0) -> Value:
    """Write a drop with its interval, marked where it is beyond chance.

    Args:
        drop: the drop.
        dimension: of what.
        greatest: the greatest drop of the table, by which its shade is chosen; 0 for no shade.
    """
    if drop is None:
        return Value(say("no_pairs"))
    tint = shade(drop.estimate.mean, greatest) if dimension.better != "neither" else ""
    return replace(estimated(drop.estimate, digits(dimension)), shade=tint, clear=drop.q < DISCOVERY)


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


def worded(text: Bilingual | str) -> Value:
    """Write words that are no figure."""
    return Value(text, words=True)


def named(text: str) -> Value:
    """Write what somebody called something."""
    return Value(visible(text), words=True)


def system_row(system: str | None, values: Sequence[Value]) -> Row:
    """Head a row with a system, or with all of them together (None)."""
    return Row(say("all_systems") if system is None else visible(system), tuple(values), all=system is None)
