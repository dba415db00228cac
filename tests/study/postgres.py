"""A PostgreSQL server of our own, in a folder of its own, as somebody who is not root."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any

from pg8000.native import Connection, identifier

_TOLD = "no PostgreSQL server is installed"
_NOBODY = ("postgres", "nobody")


def programs() -> Path | None:
    """Return the folder of the server's programs, which Debian keeps out of the PATH; None where there is none."""
    found = shutil.which("initdb")
    places = [Path(found).parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists()), None)


def why_not() -> str | None:
    """Say why no server can be started here; None where one can."""
    if programs() is None:
        return _TOLD
    if os.geteuid() == 0 and _user() is None:
        return f"PostgreSQL does not run as root, and there is no user {' or '.join(_NOBODY)}"
    return None


def _user() -> str | None:
    known = {each.pw_name for each in pwd.getpwall()}
    return next((name for name in _NOBODY if name in known), None)


class Postgres:
    """A server that is running."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = count()
        self._user: dict[str, Any] = {"user": _user()} if os.geteuid() == 0 else {}
        self.port = 0

    @cached_property
    def _programs(self) -> Path:
        found = programs()
        assert found is not None
        return found

    def start(self) -> None:
        """Start, or start again on the same port."""
        if not self.port:
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                self.port = free.getsockname()[1]
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        self._do("pg_ctl", "-D", "data", "-w", "-t", "60", "-l", "log", "-o", options, "start")

    def stop(self) -> None:
        """Stop at once, as a server that fails does."""
        self._do("pg_ctl", "-D", "data", "-m", "immediate", "-w", "stop")

    def make(self) -> None:
        """Make the folder of the server's data; who connects needs a password."""
        (self.folder / "password").write_text("an unlikely password", encoding="utf-8")
        if self._user:
            shutil.chown(self.folder, **self._user)
            shutil.chown(self.folder / "password", **self._user)
        how = ("-A", "scram-sha-256", "--pwfile", "password", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8")
        self._do("initdb", "-D", "data", "-U", "owner", *how)

    def url(self, name: str, password: str = "an%20unlikely%20password") -> str:
        """Return the address of a database."""
        return f"postgresql://owner:{password}@127.0.0.1:{self.port}/{name}"

    def new(self) -> str:
        """Make a database and return its address."""
        name = f"study{next(self._numbers)}"
        self.ask(f"CREATE DATABASE {identifier(name)}", "postgres")
        return self.url(name)

    def ask(self, statement: str, database: str) -> list[Any]:
        """Ask the server something, past the study."""
        link = Connection("owner", "127.0.0.1", database, self.port, "an unlikely password")
        try:
            return list(link.run(statement) or [])
        finally:
            link.close()

    def _do(self, program: str, *words: str) -> None:
        done = subprocess.run(
            [self._programs / program, *words], cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            text=True, check=False, **self._user,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Run a server."""
    folder = Path(tempfile.mkdtemp(prefix="hardseek-postgres-"))
    server = Postgres(folder)
    try:
        server.make()
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
