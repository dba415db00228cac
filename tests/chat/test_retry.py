import email.utils
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardseek.chat.retry import LONGEST_ASKED, LONGEST_BACKOFF, Backoff, Breaker, asked_delay


@given(st.floats(0.001, 10), st.integers(0, 20), st.none() | st.floats(0, 120))
def test_a_delay_stays_within_its_bounds(base: float, retry: int, asked: float | None) -> None:
    least = asked or 0.0
    assert least <= Backoff(base).delay(retry, asked) <= least + min(LONGEST_BACKOFF, base * 2**retry)


def test_jitter_is_full_and_differs_between_processes() -> None:
    backoff = Backoff(1.0)
    delays = [backoff.delay(2, None) for _ in range(2000)]
    # Even over 0 to 4: mean 2, standard error 4 / sqrt(12 * 2000) = 0.026.
    assert abs(sum(delays) / len(delays) - 2.0) < 0.13
    assert min(delays) < 0.1
    assert max(delays) > 3.9
    assert Backoff(1.0).delay(2, None) != Backoff(1.0).delay(2, None)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "7"}, 7.0),
        ({"Retry-After": "1.5"}, 1.5),
        ({"Retry-After": "-3"}, 0.0),
        ({"Retry-After": "86400"}, LONGEST_ASKED),
        ({"Retry-After": "1e999"}, LONGEST_ASKED),
        ({"Retry-After": "nan"}, None),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "Sun, 06 Nov 1994 08:49:37 GMT"}, 0.0),
        ({"Retry-After": "Sun, 06 Nov 1994 08:49:37 -0000"}, 0.0),
        ({"Retry-After": "Fri, 31 Dec 9999 23:59:59 GMT"}, LONGEST_ASKED),
        ({"retry-after-ms": "250"}, 0.25),
        ({"retry-after-ms": "250", "Retry-After": "9"}, 0.25),
        ({"retry-after-ms": "?", "Retry-After": "9"}, 9.0),
    ],
)
def test_what_the_server_asks_for(headers: dict[str, str], seconds: float | None) -> None:
    assert asked_delay(headers) == seconds


def test_a_date_is_counted_from_now() -> None:
    seconds = asked_delay({"Retry-After": email.utils.formatdate(time.time() + 30, usegmt=True)})
    assert seconds is not None
    assert 28 < seconds <= 30


def test_the_breaker_opens_at_five_in_a_row_and_closes_with_a_success() -> None:
    breaker = Breaker()
    states = []
    for _ in range(5):
        breaker.exhausted()
        states.append(breaker.open)
    assert states == [False, False, False, False, True]
    breaker.succeeded()
    assert not breaker.open
