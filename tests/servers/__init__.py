"""A scripted OpenAI-compatible server for tests and benchmarks."""

from servers.process import server_process
from servers.script import Answer, Asked, Script, always, completion, echo, error, in_turn
from servers.server import Server

__all__ = [
    "Answer",
    "Asked",
    "Script",
    "Server",
    "always",
    "completion",
    "echo",
    "error",
    "in_turn",
    "server_process",
]
