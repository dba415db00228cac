"""Which database a study is kept in: a file of its folder, or a server whose address is given."""

import os
import ssl
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from hardseek.errors import Refused
from hardseek.study.storage.connection import Connection
from hardseek.study.storage.sqlite import FILE, SqliteConnection

URL_ENV: Final = "HARDSEEK_STUDY_DATABASE"
"""The environment variable that may hold the address, with its password."""
_SCHEMES: Final = {"postgresql", "postgres"}
_TLS: Final = ("disable", "require", "verify-full")
_PORT: Final = 5432
_PATIENCE: Final = 60.0
"""Seconds that a server may take to answer."""


def connect(folder: Path, study: str, url: str | None) -> Connection:
    """Open the database of a study.

    Args:
        folder: the study's; holds the file where there is no address.
        study: the study's name.
        url: `postgresql://USER:PASSWORD@HOST:PORT/DATABASE`, or None for SQLite. What it leaves out is taken from
            PGUSER, PGPASSWORD, PGHOST, PGPORT and PGDATABASE. Over a network the server has to show a certificate
            that holds, unless `?sslmode=require` (any certificate) or `disable` is added.

    Raises:
        Refused: the address cannot be read, the database cannot be opened, or the driver is not installed.
    """
    if url is None:
        return SqliteConnection(folder / FILE)
    try:
        from pg8000.native import Connection as Link

        from hardseek.study.storage.postgres import PostgresConnection
    except ImportError:
        raise Refused("a study on PostgreSQL needs pg8000; install it with: pip install 'hardseek[study]'") from None
    parts = address(url)
    told = _settings(parts)
    return PostgresConnection(_shown(parts, told), study, partial(Link, **told))


def address(url: str) -> SplitResult:
    """Read the address of a server; raises Refused, without repeating a password."""
    parts = urlsplit(url)
    if parts.scheme not in _SCHEMES:
        raise Refused("database: is no address of PostgreSQL; write postgresql://USER@HOST:PORT/DATABASE")
    try:
        _ = parts.port
    except ValueError:
        raise Refused("database: the port of the address is no number from 0 to 65535") from None
    return parts


def _settings(parts: SplitResult) -> dict[str, Any]:
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    if beyond := sorted(set(query) - {"host", "sslmode"}):
        raise Refused(f"database: {beyond[0]} is not known in an address; it may have host and sslmode")
    env = os.environ.get
    host = unquote(parts.hostname or "") or query.get("host") or env("PGHOST") or "localhost"
    port = parts.port or int(env("PGPORT") or _PORT)
    user = unquote(parts.username or "") or env("PGUSER") or env("USER") or "postgres"
    told: dict[str, Any] = {
        "user": user,
        "password": unquote(parts.password) if parts.password else env("PGPASSWORD"),
        "database": unquote(parts.path.removeprefix("/")) or env("PGDATABASE") or user,
        "timeout": _PATIENCE,
        "application_name": "hardseek study",
    }
    if host.startswith("/"):
        return {**told, "unix_sock": f"{host}/.s.PGSQL.{port}"}
    mode = query.get("sslmode", "disable" if is_here(host) else "verify-full")
    if mode not in _TLS:
        raise Refused(f"database: sslmode {mode} is not known; it is one of {', '.join(_TLS)}")
    return {**told, "host": host, "port": port, "ssl_context": _tls(mode)}


def _tls(mode: str) -> ssl.SSLContext | None:
    if mode == "disable":
        return None
    context = ssl.create_default_context()
    if mode == "require":  # any certificate: nobody listens, but somebody may stand in for the server
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _shown(parts: SplitResult, told: dict[str, Any]) -> str:
    place = told.get("unix_sock") or f"{told['host']}:{told['port']}"
    return f"{parts.scheme}://{told['user']}@{place}/{told['database']}"


def is_here(host: str) -> bool:
    """Tell whether a host is this machine, and no other can listen on the way."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
