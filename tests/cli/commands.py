"""Running `hardseek` as its users do: a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any


def hardseek(
    *words: str | Path, cwd: Path, env: dict[str, str] | None = None, timeout: float = 120
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        command(*words), cwd=cwd, env=surroundings(env), capture_output=True, text=True, timeout=timeout, check=False
    )


def started(*words: str | Path, cwd: Path) -> subprocess.Popen[str]:
    """Start a command in a process group of its own, so that it can be interrupted or killed."""
    return subprocess.Popen(
        command(*words), cwd=cwd, env=surroundings(None), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip


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
