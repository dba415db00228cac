"""What goes wrong with one attempt at a call, and whether it may pass by itself."""

import asyncio
import json
import re
from collections.abc import Mapping
from typing import Any, Final

import aiohttp

from hardseek.chat.fault import FaultKind
from hardseek.chat.message import NOTHING_USED, Usage
from hardseek.chat.retry import asked_delay

_PASSING: Final = frozenset({408, 409, 425, 429})
_NEVER_PASSING: Final = frozenset({501, 505})
_NOT_TAKEN: Final = frozenset({429, 503, 529})
"""The server turned the request away before doing anything with it."""
_KINDS: Final[dict[int, FaultKind]] = {
    401: "refused-key",
    403: "refused-key",
    404: "unknown-model",
    408: "timeout",
    409: "server-error",
    425: "server-error",
    429: "rate-limited",
}
_LASTING: Final = frozenset({401, 403, 404})
# How servers say that an answer was withheld for its content: OpenAI and Azure, Alibaba Cloud Model Studio,
# DeepSeek, and OpenRouter's moderation (403 with `flagged_input`).
_FILTERED = re.compile(
    r"content_filter|content_policy_violation|data_?inspection_?failed|content exists risk|flagged_input", re.IGNORECASE
)
_WORDS_KEPT: Final = 2000
_SERVER_ERROR: Final = 500
_RATE_LIMITED: Final = 429


class Failure(Exception):
    """One attempt that brought no answer."""

    def __init__(
        self,
        kind: FaultKind,
        came: str,
        *,
        passing: bool = False,
        taken: bool = True,
        lasting: bool = False,
        asked: float | None = None,
        used: Usage = NOTHING_USED,
    ) -> None:
        super().__init__(kind)  # not what came: it may hold secrets, and exceptions are printed
        self.kind = kind
        self.came = came
        """What came back; may be long and hold secrets until `Caller` hides them."""
        self.passing = passing
        """Whether the same call may succeed later."""
        self.taken = taken
        """Whether the server may have acted on the request."""
        self.lasting = lasting
        """Whether every further call would fail in the same way."""
        self.asked = asked
        """Seconds that the server asks to wait."""
        self.used = used
        """What the server says that it took."""


def of_status(status: int, headers: Mapping[str, str], body: bytes) -> Failure:
    """Tell what an answer with this status means; `body` is the answer's beginning, at least."""
    text = body.decode("utf-8", "replace")
    came = f"{status}: {_words(text)}"
    if status < _SERVER_ERROR and status != _RATE_LIMITED and _FILTERED.search(text):
        return Failure("filtered", came)
    if status == _RATE_LIMITED and "insufficient_quota" in text:  # OpenAI: the account has no credit left
        return Failure("rate-limited", came)
    passing = status in _PASSING or (status >= _SERVER_ERROR and status not in _NEVER_PASSING)
    return Failure(
        _KINDS.get(status, "server-error" if status >= _SERVER_ERROR else "bad-request"),
        f"{came}; redirects to {headers['Location'].partition('?')[0]}" if "Location" in headers else came,
        passing=passing,
        taken=status not in _NOT_TAKEN,
        lasting=status in _LASTING,
        asked=asked_delay(headers) if passing else None,
    )


def of_exception(error: Exception, timeout: float) -> Failure:
    """Tell what an exception of the client means."""
    if isinstance(error, asyncio.TimeoutError):
        return Failure("timeout", f"no complete answer within {timeout:g} s", passing=True)
    if isinstance(error, aiohttp.ClientSSLError):
        return Failure("unreachable", f"no trusted connection: {error}")
    if isinstance(error, aiohttp.ClientConnectorError):
        return Failure("unreachable", f"no connection: {error.os_error}", passing=True, taken=False)
    if isinstance(error, aiohttp.ClientResponseError):
        return Failure("unreadable", f"not HTTP: {error.message[:_WORDS_KEPT]}", passing=True)
    return Failure("unreachable", f"the connection was dropped ({type(error).__name__})", passing=True)


def of_error_field(error: Any) -> Failure:
    """Tell what an `error` in place of an answer means, as gateways send it with status 200."""
    code = error.get("code") if isinstance(error, dict) else None
    body = json.dumps({"error": error}, ensure_ascii=False).encode("utf-8", "replace")
    if isinstance(code, int) and code >= 400:  # noqa: PLR2004 - the least status that is an error
        return of_status(code, {}, body)
    if _FILTERED.search(body.decode()):
        return Failure("filtered", _words(body.decode()))
    return Failure("unreadable", f"an error in place of an answer: {_words(body.decode())}", passing=True)


def _words(text: str) -> str:
    """Return the server's own words: the message of the error forms in use, or else the text as it is."""
    try:
        found: Any = json.loads(text)
    except ValueError:
        found = text
    for name in ("error", "message", "detail", "msg"):
        if isinstance(found, dict) and found.get(name):
            found = found[name]
    words = found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)
    return words[:_WORDS_KEPT].strip() or "no message"
