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
    """Counts failures by who failed, so that nobody goes on guessing; successes cost nothing."""

    def __init__(
        self, most: int = 10, within: float = 600.0, clock: Callable[[], float] = time.monotonic, known: int = 10_000
    ) -> None:
        """Allow `most` failures within so many seconds; at most `known` addresses are remembered."""
        self._most, self._within, self._clock, self._known = most, within, clock, known
        self._failures: OrderedDict[str, deque[float]] = OrderedDict()

    def allowed(self, who: str) -> bool:
        """Tell whether another try is allowed."""
        failures = self._failures.get(who, deque())
        while failures and failures[0] <= self._clock() - self._within:
            failures.popleft()
        return len(failures) < self._most

    def failed(self, who: str) -> None:
        """Count a failure."""
        self._failures.setdefault(who, deque(maxlen=self._most)).append(self._clock())
        self._failures.move_to_end(who)
        while len(self._failures) > self._known:
            self._failures.popitem(last=False)
