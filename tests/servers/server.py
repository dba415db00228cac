"""A scripted HTTP/1.1 server on loopback.

It speaks just enough HTTP to be cheap (benchmarks measure clients, not this) and to break it on purpose.
"""

import asyncio
import threading
from types import TracebackType
from typing import Any, Self

from servers.script import Answer, Asked, Script, echo

_ENDLESS_PIECE = b"x" * 65536


class Server:
    """Runs in a thread of its own: `with Server(script) as server: ... server.base_url`.

    Attributes:
        script: what it answers; may be set to another while it runs.
        asked: all requests so far, in order of arrival; empty when `record` is false.
        count: how many requests there were.
        at_once: requests that wait for an answer now, and `most_at_once` at most so far.
        connected: how many connections there were.
    """

    def __init__(self, script: Script = echo, *, port: int = 0, record: bool = True) -> None:
        self.script = script
        self.asked: list[Asked] = []
        self.count = 0
        self.record = record
        self.at_once = 0
        self.most_at_once = 0
        self.connected = 0
        self._port = port
        self._thread: threading.Thread | None = None
        self.connections: set[asyncio.Transport] = set()

    @property
    def port(self) -> int:
        """The port it listens at; the same one again after `stop` and `start`."""
        return self._port

    @property
    def origin(self) -> str:
        """Such as `http://127.0.0.1:12345`."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def base_url(self) -> str:
        """What an endpoint is given."""
        return f"{self.origin}/v1"

    def start(self) -> None:
        """Listen."""
        ready = threading.Event()
        self._thread = threading.Thread(target=asyncio.run, args=(self.serve(ready),), daemon=True)
        self._thread.start()
        ready.wait()

    def stop(self) -> None:
        """Go away: connections are closed and new ones refused, until `start`."""
        assert self._thread is not None
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()
        self._thread = None

    async def serve(self, ready: threading.Event) -> None:
        """Listen until `stop`."""
        self._loop = loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        listening = await loop.create_server(lambda: _Connection(self, loop), "127.0.0.1", self._port)
        self._port = listening.sockets[0].getsockname()[1]
        ready.set()
        await self._stop.wait()
        listening.close()
        for connection in tuple(self.connections):
            connection.abort()
        await asyncio.sleep(0)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._thread is not None:
            self.stop()


class _Connection(asyncio.Protocol):
    def __init__(self, server: Server, loop: asyncio.AbstractEventLoop) -> None:
        self._server = server
        self._loop = loop
        self._received = b""

    def connection_made(self, transport: Any) -> None:
        self._transport: asyncio.Transport = transport
        self._server.connections.add(transport)
        self._server.connected += 1

    def connection_lost(self, exc: Exception | None) -> None:
        self._server.connections.discard(self._transport)

    def data_received(self, data: bytes) -> None:
        self._received = self._received + data if self._received else data
        end = self._received.find(b"\r\n\r\n")
        if end < 0:
            return
        length = _content_length(self._received[:end].lower())
        if len(self._received) < end + 4 + length:
            return
        head, raw = self._received[:end], self._received[end + 4 : end + 4 + length]
        self._received = b""
        self._take(head, raw)

    def _take(self, head: bytes, raw: bytes) -> None:
        server = self._server
        line, *fields = head.decode("latin-1").split("\r\n") if server.record else (head.split(b"\r\n", 1)[0].decode(),)
        method, path, _ = line.split(" ")
        headers = {name.lower(): value for name, _, value in (field.partition(": ") for field in fields)}
        asked = Asked(server.count, method, path, headers, raw)
        server.count += 1
        if server.record:
            server.asked.append(asked)
        server.at_once += 1
        server.most_at_once = max(server.most_at_once, server.at_once)
        answer = server.script(asked)
        if answer.latency:
            self._loop.call_later(answer.latency, self._answer, answer)
        else:
            self._answer(answer)

    def _answer(self, answer: Answer) -> None:
        self._server.at_once -= 1
        write = self._transport.write
        if answer.breakage == "silence":
            return
        if answer.breakage == "drop":
            self._transport.abort()
        elif answer.breakage == "endless-body":
            write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            self._go_on()
        else:
            write(_head(answer) + answer.body[: len(answer.body) // 2 if answer.breakage else None])
            if answer.breakage == "drop-in-body":
                self._transport.close()

    def _go_on(self) -> None:
        if not self._transport.is_closing():
            self._transport.write(b"%x\r\n%b\r\n" % (len(_ENDLESS_PIECE), _ENDLESS_PIECE))
            self._loop.call_later(0.001, self._go_on)


def _content_length(head: bytes) -> int:
    at = head.find(b"content-length:")
    return int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0


def _head(answer: Answer) -> bytes:
    fields = "".join(f"{name}: {value}\r\n" for name, value in answer.headers.items())
    return (
        f"HTTP/1.1 {answer.status} X\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(answer.body)}\r\n{fields}\r\n"
    ).encode("latin-1")
