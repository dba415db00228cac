"""How many calls to a server may be in flight: as many as allowed, fewer while the server limits the rate.

Additive increase, multiplicative decrease, as in TCP (Chiu and Jain, 1989; RFC 5681): a 429 halves the number in
flight, once for all calls that were sent before the halving; a run of as many successes as are allowed in flight
adds one, up to what the endpoint was given.
"""

import asyncio
from collections import deque


class Limit:
    """A limit that adapts; first come, first served. Use it from one event loop."""

    __slots__ = ("_pause", "_pause_ends", "_successes", "_waiting", "_window", "allowed", "ceiling", "in_flight")

    def __init__(self, ceiling: int) -> None:
        self.ceiling = ceiling
        """Calls in flight at most."""
        self.allowed = ceiling
        """Calls in flight at most for now, 1 to the ceiling."""
        self.in_flight = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._window = 0
        self._successes = 0
        self._pause: asyncio.TimerHandle | None = None
        self._pause_ends = 0.0

    def lower_ceiling(self, ceiling: int) -> None:
        """Keep to a further user's ceiling too: each was promised that no more are in flight."""
        self.ceiling = min(self.ceiling, ceiling)
        self.allowed = min(self.allowed, self.ceiling)

    async def enter(self) -> int:
        """Wait for a slot and take it; returns the window that the call belongs to, for `slow_down`."""
        if self.in_flight < self.allowed and not self._waiting and self._pause is None:
            self.in_flight += 1
            return self._window
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():  # the slot was handed over in the same moment
                self.leave()
            raise
        return self._window

    def leave(self) -> None:
        """Give the slot back."""
        self.in_flight -= 1
        if self._waiting:
            self._admit()

    def succeeded(self) -> None:
        """Take note that a call was answered."""
        if self.allowed < self.ceiling:
            self._successes += 1
            if self._successes >= self.allowed:
                self._successes = 0
                self.allowed += 1
                self._admit()

    def slow_down(self, window: int, pause: float | None) -> None:
        """Take note that the server limits the rate; call it before `leave`.

        Args:
            window: what `enter` returned to the call.
            pause: seconds in which no new call may begin, where the server named any.
        """
        self._successes = 0
        if window == self._window:
            self._window += 1
            self.allowed = max(1, min(self.allowed, self.in_flight) // 2)
        if pause:
            self._hold(pause)

    def _hold(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        ends = loop.time() + seconds
        if self._pause is not None:
            if ends <= self._pause_ends:
                return
            self._pause.cancel()
        self._pause_ends = ends
        self._pause = loop.call_at(ends, self._resume)

    def _resume(self) -> None:
        self._pause = None
        self._admit()

    def _admit(self) -> None:
        while self._waiting and self.in_flight < self.allowed and self._pause is None:
            turn = self._waiting.popleft()
            if not turn.done():  # else its caller was cancelled while waiting
                self.in_flight += 1
                turn.set_result(None)
