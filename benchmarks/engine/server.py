"""A chat endpoint that answers at once, or after a set time, and costs next to nothing itself.

Plain HTTP/1.1 over an asyncio protocol, so that what is measured is the client. Run as a process of its own; it prints
its port on the first line.
"""

import argparse
import asyncio
import json

SEEKER = (
    "i don't know, work has been a lot lately and i can't switch off",
    "my manager keeps piling things on and nobody says anything",
    "it gets worse at night, i just lie there going over it",
    "maybe, i haven't really told anyone about this",
    "yeah. it's more that i feel like i'm letting everyone down",
)
SUPPORTER = (
    "That sounds exhausting, carrying all of that without a break. What weighs on you most right now?",
    "It makes sense that you are worn out. When did you first notice it getting heavier?",
    "You have been holding this on your own for a while. What would it be like to say more about it?",
)


class Server(asyncio.Protocol):
    """One connection."""

    latency = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.buffer = b""

    def data_received(self, data: bytes) -> None:
        """Answer every whole request in the buffer."""
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            head = self.buffer[:end].lower()
            mark = head.find(b"content-length:")
            size = int(head[mark + 15 :].split(b"\r\n", 1)[0]) if mark >= 0 else 0
            if len(self.buffer) < end + 4 + size:
                return
            body = self.buffer[end + 4 : end + 4 + size]
            self.buffer = self.buffer[end + 4 + size :]
            answer = reply(body)
            if self.latency:
                asyncio.get_running_loop().call_later(self.latency, self.transport.write, answer)
            else:
                self.transport.write(answer)


def reply(body: bytes) -> bytes:
    """Word the answer; the model's name tells whether it is a seeker, the length of the request which sentence."""
    seeker = b'"seeker"' in body
    sentences = SEEKER if seeker else SUPPORTER
    content = {
        "id": "x",
        "object": "chat.completion",
        "model": "seeker" if seeker else "supporter",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": sentences[len(body) % len(sentences)]},
                "finish_reason": "stop",
            }
        ],
        "usage": {"prompt_tokens": len(body) // 4, "completion_tokens": 20, "total_tokens": len(body) // 4 + 20},
    }
    text = json.dumps(content).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(text), text)


async def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--latency", type=float, default=0.0, help="seconds before each answer")
    Server.latency = parser.parse_args().latency
    server = await asyncio.get_running_loop().create_server(Server, "127.0.0.1", 0, backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
