"""Running `hardseek` as its users do; in this process, but where the process itself is what is tested."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hardseek.cli import main
from hardseek.cli.console import errors, output
from servers import Server

Done = subprocess.CompletedProcess[str]
"""What a command line came to."""
Here = Callable[..., Done]
"""`hardseek` in a folder that is set; see the fixture `here`."""


def hardseek(*words: str | Path, cwd: Path = Path(), env: dict[str, str] | None = None, keys: str = "") -> Done:
    """Run a command line to its end in this process, which spares its start; `keys` is what is typed."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    code = 0
    with (
        chdir(cwd), patch.dict(os.environ, surroundings(env)), redirect_stdout(out), redirect_stderr(err),
        patch.object(sys, "argv", ["hardseek", *map(str, words)]), patch.object(sys, "stdin", io.StringIO(keys)),
        _own_modules(),
    ):  # fmt: skip
        # They took the width once and for all where it was set when they were made, as pytest-xdist sets it.
        output.width = errors.width = int(os.environ["COLUMNS"])
        try:
            main()
        except SystemExit as left:
            code = int(left.code or 0)
    return Done(words, code, _told(out), _told(err))


def _told(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()


@contextmanager
def _own_modules() -> Iterator[None]:
    """Forget the modules of a user's that were imported, and where they lay: another test has others of their names."""
    path = set(sys.path)
    with patch.object(sys, "path", [*sys.path]):
        yield
        places = set(sys.path) - path
    for name, module in list(sys.modules.items()):
        if places and str(Path(getattr(module, "__file__", None) or "/").parent) in places:
            del sys.modules[name]


def started(*words: str | Path, cwd: Path) -> subprocess.Popen[str]:
    """Start a command in a process group of its own, so that it can be interrupted or killed."""
    return subprocess.Popen(
        command(*words), cwd=cwd, env=surroundings(None), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip


def until(happened: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    """Wait until something has happened, or a command that was started has ended."""
    late = time.monotonic() + 60
    while not happened() and process.poll() is None:
        assert time.monotonic() < late, "it has not happened"
        time.sleep(0.005)


def killed(*words: str | Path, cwd: Path, server: Server, after: float) -> None:
    """Start a command and kill it so many seconds after the first that it asks of a server."""
    asked = server.count
    process = started(*words, cwd=cwd)
    until(lambda: server.count > asked, process)
    time.sleep(after)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def command(*words: str | Path) -> list[str]:
    """Return the command line."""
    return [sys.executable, "-m", "hardseek", *map(str, words)]


def surroundings(env: dict[str, str] | None) -> dict[str, str]:
    """Return the environment: a terminal of known width, and what the test adds."""
    return {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", **(env or {})}


def exported(run: Path, cwd: Path) -> bytes:
    """Return the exported dialogues of a run."""
    out = cwd / "exported.jsonl"
    done = hardseek("export", run, "--out", out, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return out.read_bytes()


def records(run: Path, cwd: Path) -> list[dict[str, Any]]:
    """Return the exported dialogues of a run, parsed."""
    return [json.loads(line) for line in exported(run, cwd).splitlines()]


def everything_in(folder: Path) -> bytes:
    """Return the bytes of all files of a folder, to look for what must not be there."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
