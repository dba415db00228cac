"""What calls to one server share: connections, the limit, and whether it seems to be gone."""

import asyncio
import urllib.request
from dataclasses import dataclass, field
from typing import Final
from weakref import WeakKeyDictionary

import aiohttp
from yarl import URL

import hardseek
from hardseek.chat.credentials import Credentials
from hardseek.chat.limit import Limit
from hardseek.chat.retry import Breaker

_KEEP_ALIVE: Final = 30.0
"""Seconds that an idle connection is kept: less than servers do, so that a call seldom meets a closing one."""


@dataclass(slots=True, eq=False)
class _Server:
    limit: Limit
    breaker: Breaker = field(default_factory=Breaker)
    sessions: dict[tuple[tuple[str, str], ...], aiohttp.ClientSession] = field(default_factory=dict, repr=False)
    leases: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Lease:
    """One user's hold on a server, in one event loop."""

    loop: asyncio.AbstractEventLoop
    base: str
    session: aiohttp.ClientSession
    limit: Limit
    breaker: Breaker


_servers: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, _Server]] = WeakKeyDictionary()


def lease(base: URL, credentials: Credentials, ceiling: int) -> Lease:
    """Take hold of a server; call it within the event loop that will make the calls.

    Args:
        base: names the server; all with the same base share its limit.
        credentials: the headers of every call; all with the same headers share connections too.
        ceiling: calls in flight at most; the least of all users' counts.
    """
    loop = asyncio.get_running_loop()
    servers = _servers.setdefault(loop, {})
    server = servers.get(str(base))
    if server is None:
        server = servers[str(base)] = _Server(Limit(ceiling))
    server.limit.lower_ceiling(ceiling)
    server.leases += 1
    session = server.sessions.get(credentials.headers)
    if session is None:
        session = server.sessions[credentials.headers] = _open(base, credentials)
    return Lease(loop, str(base), session, server.limit, server.breaker)


async def release(held: Lease) -> None:
    """Let go; the last user's letting go closes the connections."""
    server = _servers[held.loop][held.base]
    server.leases -= 1
    if not server.leases:
        del _servers[held.loop][held.base]
        for session in server.sessions.values():
            await session.close()


def _open(base: URL, credentials: Credentials) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        headers=[("Content-Type", "application/json"), ("User-Agent", f"hardseek/{hardseek.__version__}"),
                 *credentials.headers],
        connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=_KEEP_ALIVE, ttl_dns_cache=300),
        cookie_jar=aiohttp.DummyCookieJar(),
        # Each call has one timeout of its own, which covers connecting, sending and reading.
        timeout=aiohttp.ClientTimeout(total=None, connect=None, sock_connect=None, sock_read=None),
        proxy=_proxy(base),
    )  # fmt: skip


def _proxy(base: URL) -> str | None:
    """Return the proxy that the environment names for a server, if any (HTTPS_PROXY, HTTP_PROXY, NO_PROXY)."""
    if urllib.request.proxy_bypass(base.host or ""):
        return None
    return urllib.request.getproxies().get(base.scheme)
