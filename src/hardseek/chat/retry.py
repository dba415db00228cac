"""How long to wait before a call is made again, and when not to wait any more.

Exponential backoff with full jitter: a delay drawn evenly from 0 to min(30 s, backoff * 2**retry) (M. Brooker,
Exponential backoff and jitter, AWS Architecture Blog, 2015). What the server asks for comes on top of it.
"""

import math
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from hardseek.luck import Luck

LONGEST_BACKOFF: Final = 30.0
"""Seconds that are waited at most of our own accord."""
LONGEST_ASKED: Final = 120.0
"""Seconds that are waited at most because the server asks for it."""
_CALLS_UNTIL_OPEN: Final = 5


class Backoff:
    """Delays before retries."""

    def __init__(self, base: float) -> None:
        self._base = base
        # Jitter is there to pull processes apart, so it must differ between them. No result depends on it.
        self._luck = Luck(os.urandom(16))
        self._drawn = 0

    def delay(self, retry: int, asked: float | None) -> float:
        """Return the seconds to wait.

        Args:
            retry: counted from 0 within the call.
            asked: seconds the server asked for, if it did.
        """
        self._drawn += 1
        jitter = self._luck.unit(self._drawn, "backoff") * min(LONGEST_BACKOFF, self._base * 2.0**retry)
        return jitter + (asked or 0.0)


def asked_delay(headers: Mapping[str, str]) -> float | None:
    """Read how many seconds the server asks to wait, 0 to 120; None when it asks for nothing readable.

    `Retry-After` is a number of seconds or an HTTP date (RFC 9110, 10.2.3); `retry-after-ms` is what some gateways
    send besides, and is finer.
    """
    milliseconds, value = headers.get("retry-after-ms"), headers.get("Retry-After")
    if milliseconds is not None and (seconds := _number(milliseconds)) is not None:
        return _capped(seconds / 1000.0)
    if value is None:
        return None
    if (seconds := _number(value)) is not None:
        return _capped(seconds)
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    if when.tzinfo is None:  # "-0000" instead of "GMT"
        when = when.replace(tzinfo=UTC)
    return _capped((when - datetime.now(UTC)).total_seconds())


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return None if math.isnan(number) else number


def _capped(seconds: float) -> float:
    return min(max(seconds, 0.0), LONGEST_ASKED)


class Breaker:
    """Tells whether a server seems to be gone: then further calls try once and do not wait.

    It is open after five calls in a row that used up their retries on connections or timeouts, until a call succeeds.
    """

    __slots__ = ("_in_a_row",)

    def __init__(self) -> None:
        self._in_a_row = 0

    @property
    def open(self) -> bool:
        """Whether waiting for the server has been given up."""
        return self._in_a_row >= _CALLS_UNTIL_OPEN

    def succeeded(self) -> None:
        """Take note that a call was answered."""
        self._in_a_row = 0

    def exhausted(self) -> None:
        """Take note that a call gave up because the server could not be reached."""
        self._in_a_row += 1
