"""One call to a server: within the limit, in time, made again while that may help, and told plainly when it failed."""

import asyncio
import re
from collections.abc import Callable, Mapping
from time import perf_counter
from typing import Final, Generic, NamedTuple, TypeVar

import aiohttp
import msgspec
from yarl import URL

from hardseek.chat.credentials import Credentials
from hardseek.chat.endpoint import Calling
from hardseek.chat.failure import Failure, of_exception, of_status
from hardseek.chat.fault import Fault, FaultError, FaultKind
from hardseek.chat.pool import Lease, lease, release
from hardseek.chat.retry import Backoff
from hardseek.errors import Refused

T = TypeVar("T")
_USER = re.compile(r"//[^/]*@")
LARGEST_ANSWER: Final = 8 * 1024 * 1024
"""Bytes; an answer that goes on beyond them is not read further."""
_OK: Final = 200
_REDIRECT: Final = 300
_SHOWN: Final = 240


class Answer(NamedTuple, Generic[T]):
    """What a call brought."""

    content: T
    latency: float
    """Seconds of the attempt that succeeded."""
    attempts: int


def address(text: str) -> URL:
    """Read an address; raises Refused when it is none, or holds a name and password, which messages would show."""
    shown = _USER.sub("//", text)
    try:
        url = URL(text)
    except ValueError:
        url = URL()
    if not url.host:
        raise Refused(f"{shown}: not an address; it should be such as http://localhost:8000/v1")
    if url.user or url.password:
        raise Refused(f"{shown}: take the name and password out of the address and send them in headers, as ${{NAME}}")
    return url


class Caller:
    """Makes calls to one address."""

    def __init__(
        self,
        base: URL,
        credentials: Credentials,
        calling: Calling,
        *,
        who: str,
        advice: Mapping[FaultKind, str],
        method: str = "POST",
        repeatable: bool = True,
    ) -> None:
        """Prepare calls; connections are opened by the first one.

        Args:
            base: names the server: callers with the same base share one limit.
            credentials: the headers of every call.
            calling: timeout, retries, backoff and concurrency.
            who: whom a call asks, as messages call it.
            advice: what to do about each kind of fault.
            method: of HTTP.
            repeatable: whether a call does no harm when it reaches the server twice. Where it does, only calls that
                the server has surely not acted upon are made again.
        """
        self._base = base
        self._credentials = credentials
        self._calling = calling
        self._timeout = calling.timeout
        self._backoff = Backoff(calling.backoff)
        self._who = who
        self._advice = advice
        self._method = method
        self._repeatable = repeatable
        self._lease: Lease | None = None
        self._lasting: Fault | None = None

    async def call(self, url: URL, body: bytes | None, read: Callable[[bytes], T]) -> Answer[T]:
        """Call and read the answer.

        Args:
            url: where.
            body: JSON, or None to send nothing.
            read: makes the content of the body of an answer with status 200 to 299; raises Failure when it cannot.

        Raises:
            FaultError: there is no answer, after all retries that made sense.
        """
        if self._lasting is not None:
            raise FaultError(self._lasting.kind, self._lasting.detail)
        held = self._lease
        if held is None or held.loop is not asyncio.get_running_loop():
            held = self._lease = lease(self._base, self._credentials, self._calling.concurrency)
        attempt = 1
        while True:
            try:
                content, latency = await self._attempt(held, url, body, read)
            except Failure as failure:
                if self._is_final(failure, attempt, held):
                    raise self._fault(failure, attempt) from None
                delay = self._backoff.delay(attempt - 1, failure.asked)
            else:
                held.breaker.succeeded()
                return Answer(content, latency, attempt)
            await asyncio.sleep(delay)
            attempt += 1

    async def close(self) -> None:
        """Let go of the connections."""
        held, self._lease = self._lease, None
        if held is not None:
            await release(held)

    async def _attempt(self, held: Lease, url: URL, body: bytes | None, read: Callable[[bytes], T]) -> tuple[T, float]:
        window = await held.limit.enter()
        try:
            began = perf_counter()
            async with asyncio.timeout(self._timeout):
                # Not followed: a redirected POST loses its body, and its key would go to another server.
                response = await held.session.request(self._method, url, data=body, allow_redirects=False)
                async with response:
                    raw = await _read(response)
            latency = perf_counter() - began
            if not _OK <= response.status < _REDIRECT:
                failure = of_status(response.status, response.headers, raw)
                if failure.kind == "rate-limited" or failure.asked is not None:
                    held.limit.slow_down(window, failure.asked)
                raise failure
            held.limit.succeeded()
        except (aiohttp.ClientError, OSError) as error:  # TimeoutError is an OSError
            raise of_exception(error, self._timeout) from None
        finally:
            held.limit.leave()
        return read(raw), latency

    def _is_final(self, failure: Failure, attempt: int, held: Lease) -> bool:
        if failure.lasting:
            self._lasting = self._fault(failure, attempt).fault
        if not failure.passing or (failure.taken and not self._repeatable):
            return True
        if attempt <= self._calling.retries and not held.breaker.open:
            return False
        if failure.kind in {"unreachable", "timeout"}:
            held.breaker.exhausted()
        return True

    def _fault(self, failure: Failure, attempts: int) -> FaultError:
        came = " ".join(self._credentials.hide(failure.came).split())
        if len(came) > _SHOWN:
            came = f"{came[: _SHOWN - 1]}…"
        tried = f" ({attempts} attempts)" if attempts > 1 else ""
        advice = self._advice.get(failure.kind)
        used = msgspec.structs.replace(failure.used, attempts=attempts)
        return FaultError(failure.kind, f"{self._who}: {came}{tried}{f'; {advice}' if advice else ''}", used)


async def _read(response: aiohttp.ClientResponse) -> bytes:
    """Read a body, but no endless one; raises Failure for that."""
    raw = await response.content.readany()
    if response.content.at_eof():  # nearly all answers arrive in one piece
        return raw
    pieces, size = [raw], len(raw)
    while not response.content.at_eof():
        piece = await response.content.readany()
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST_ANSWER:
            response.close()
            raise Failure("unreadable", f"an answer of more than {LARGEST_ANSWER // 2**20} MiB", passing=True)
    return b"".join(pieces)
