"""The test server as a process of its own, for benchmarks and for tests that kill what they test."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def server_process(*, script: str = "echo", latency: float = 0.0) -> Iterator[str]:
    """Run a server; gives its base URL.

    Args:
        script: `echo` (depends on the messages) or `fixed` (one prepared answer: the cheapest).
        latency: seconds before each answer.
    """
    command = [sys.executable, "-m", "servers", "--script", script, "--latency", str(latency)]
    with subprocess.Popen(command, cwd=Path(__file__).parents[1], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()
