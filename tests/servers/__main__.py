"""`python -m servers` (in the folder `tests`): run a server, print its base URL, and go on until stopped."""

import argparse
import asyncio
import signal
import threading

from servers.script import Answer, Asked, Script, always, completion, echo
from servers.server import Server

FIXED = "That sounds really hard, and it makes sense that it weighs on you. What has been the worst part of it lately?"


def main() -> None:
    parser = argparse.ArgumentParser(prog="servers", description=__doc__)
    parser.add_argument("--script", choices=["echo", "fixed"], default="echo")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds before each answer")
    parser.add_argument("--port", type=int, default=0, help="any free one by default")
    chosen = parser.parse_args()
    script: Script = echo if chosen.script == "echo" else always(completion(FIXED))
    server = Server(_after(script, chosen.latency), port=chosen.port, record=False)
    asyncio.run(_serve(server))


def _after(script: Script, latency: float) -> Script:
    def delayed(asked: Asked) -> Answer:
        return script(asked).later(latency)

    return delayed if latency else script


async def _serve(server: Server) -> None:
    ready = threading.Event()
    serving = asyncio.create_task(server.serve(ready))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, serving.cancel)
    while not ready.is_set():
        await asyncio.sleep(0.001)
    print(server.base_url, flush=True)
    try:
        await serving
    except asyncio.CancelledError:
        return


if __name__ == "__main__":
    main()
