"""Numbers and text as people read them."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardseek.report.chart import nice_ticks
from hardseek.report.numbers import NOTHING, number, percent, probability
from hardseek.report.safe import visible
from hardseek.report.table import shade


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.234, "1.23"),
        (-1.235, "−1.24"),
        (-0.001, "0.00"),
        (12345.6, "12,345.60"),
        (None, NOTHING),
        (math.nan, NOTHING),
    ],
)
def test_numbers(value: float | None, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.0, "0\u00a0%"),
        (0.001, "<1\u00a0%"),
        (0.5, "50\u00a0%"),
        (0.999, ">99\u00a0%"),
        (1.0, "100\u00a0%"),
        (None, NOTHING),
    ],
)
def test_shares_never_round_to_none_or_all(share: float | None, text: str) -> None:
    assert percent(share) == text


def test_small_chances_are_bounds() -> None:
    assert (probability(0.0004), probability(0.0421), probability(None)) == ("<0.001", "0.042", NOTHING)


@given(st.floats(-1e6, 1e6), st.floats(0, 1e6))
def test_ticks_hold_the_data_and_are_few(low: float, span: float) -> None:
    ticks = nice_ticks(low, low + span)
    slack = 1e-6 * max(1.0, abs(low), span)
    assert ticks[0] <= low + slack and ticks[-1] >= low + span - slack
    assert 2 <= len(ticks) <= 9
    assert all(b > a for a, b in pairwise(ticks))


def test_ticks_by_hand() -> None:
    assert nice_ticks(-2.3, 3.7) == [-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0]
    assert nice_ticks(0.0, 1.0) == [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]


@pytest.mark.parametrize(("value", "step"), [(1.0, "loss-5"), (0.1, "loss-1"), (-0.5, "gain-3"), (0.0, ""), (None, "")])
def test_shades(value: float | None, step: str) -> None:
    assert shade(value, 1.0) == step


def test_what_cannot_be_seen_is_written_out() -> None:
    assert visible("a\u202eb\x1b[0m\u200b") == "a‹U+202E›b‹U+001B›[0m‹U+200B›"
    assert visible("one\r\ntwo\tthree") == "one\ntwo\tthree"
    assert visible("👩\u200d💻 \ud800") == "👩\u200d💻 \ufffd"


def test_no_sign_of_a_plain_text_is_looked_over() -> None:
    """What is told to be printable at a glance has nothing in it that would be written otherwise."""
    for sign in map(chr, range(0x10000)):
        if sign.isprintable():
            assert visible(f"{sign}\t") == f"{sign}\t", hex(ord(sign))
