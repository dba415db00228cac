"""What a command line came to that was run in this process; see the fixture `here`."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Done:
    """What a command came to."""

    returncode: int
    stdout: str
    stderr: str


Here = Callable[..., Done]
