"""What stands before every page: strict headers, no large bodies, no endless guessing of links."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST: Final = 256 * 1024
"""Bytes of a request's body at most: all forms fit, with their longest texts in Chinese."""
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),  # a personal link never leaves, and our own forms tell where they come from
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
    (b"x-robots-tag", b"noindex, nofollow"),
)
_SECURE: Final = (b"strict-transport-security", b"max-age=31536000")


class Guard:
    """ASGI middleware: adds the headers, and turns away bodies that are too large."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        """Stand before an application; `secure` says that browsers reach it by HTTPS."""
        self._app = app
        self._headers = [*_HEADERS, _SECURE] if secure else [*_HEADERS]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", ()))
                if not any(name == b"cache-control" for name, _ in headers):
                    headers.append((b"cache-control", b"no-store"))
                message["headers"] = headers + self._headers
            await send(message)

        body = await _body(receive)
        if body is None:
            await guarded({"type": "http.response.start", "status": 413, "headers": [(b"connection", b"close")]})
            await guarded({"type": "http.response.body", "body": b"Too large."})
            return
        given = False

        async def replay() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, replay, guarded)


async def _body(receive: Receive) -> bytes | None:
    """Read a body whole; None when it is too large, whatever length was announced."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b""
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > LARGEST:
            return None
        if not message.get("more_body", False):
            return b"".join(parts)


class Tries:
    """Counts what somebody did within some time, so that nobody does too much of it."""

    def __init__(
        self, most: int = 10, within: float = 600.0, clock: Callable[[], float] = time.monotonic, known: int = 10_000
    ) -> None:
        """Allow `most` within so many seconds; at most `known` of those who try are remembered."""
        self._most, self._within, self._clock, self._known = most, within, clock, known
        self._counted: OrderedDict[str, deque[float]] = OrderedDict()

    def allowed(self, who: str) -> bool:
        """Tell whether another try is allowed."""
        counted = self._counted.get(who, deque())
        while counted and counted[0] <= self._clock() - self._within:
            counted.popleft()
        return len(counted) < self._most

    def count(self, who: str) -> None:
        """Count one."""
        self._counted.setdefault(who, deque(maxlen=self._most)).append(self._clock())
        self._counted.move_to_end(who)
        while len(self._counted) > self._known:
            self._counted.popitem(last=False)
