"""Who may come in: personal links and the sessions they open; only hashes of them are kept."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final, Literal

from hardseek.errors import Refused
from hardseek.study.database import Database, now

Role = Literal["participant", "coder", "researcher", "admin"]
"""Participants play and rate; coders mark talks and notes without knowing systems; researchers see all but links;
admins make and end those too."""
DAYS: Final = 30
"""How long a link opens the study when nothing else is said."""
_VALID: Final = "revoked IS NULL AND expires > ?"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is signed in."""

    role: Role
    code: str
    csrf: str
    """What their forms carry, so that no other site can send them."""


@dataclass(frozen=True, slots=True)
class Link:
    """A personal link as the study team sees it; its token cannot be read again."""

    number: int
    role: Role
    code: str
    created: str
    expires: str
    revoked: str | None

    @property
    def opens(self) -> bool:
        """Whether it opens the study now."""
        return self.revoked is None and self.expires > now()


def make_link(database: Database, role: Role, code: str, *, days: int = DAYS) -> str:
    """Make a link and return its token, which is kept nowhere.

    Raises:
        Refused: there is no such participant, they have withdrawn, or a researcher is called as a participant is.
    """
    if role == "participant":
        row = database.connection.execute("SELECT stopped FROM participants WHERE code = ?", (code,)).fetchone()
        if row is None:
            raise Refused(f"{code}: no participant of this study is called so; add them to the study file")
        if row[0] is not None:
            raise Refused(f"{code}: has withdrawn from the study")
    elif database.connection.execute("SELECT 1 FROM participants WHERE code = ?", (code,)).fetchone():
        raise Refused(f"{code}: is a participant's code; a researcher needs another one")
    token = secrets.token_urlsafe(32)
    expires = (datetime.now(UTC) + timedelta(days=days)).isoformat(timespec="seconds")
    with database.transaction() as connection:
        connection.execute(
            "INSERT INTO links (hash, role, code, created, expires) VALUES (?, ?, ?, ?, ?)",
            (_hash(token), role, code, now(), expires),
        )
    return token


def links(database: Database) -> list[Link]:
    """Return all links, in the order in which they were made."""
    rows = database.connection.execute(
        "SELECT number, role, code, created, expires, revoked FROM links ORDER BY number"
    )
    return [Link(*row) for row in rows]


def revoke(database: Database, code: str) -> int:
    """End all links of a code and the sessions that they opened; returns how many links."""
    with database.transaction() as connection:
        done = connection.execute("UPDATE links SET revoked = ? WHERE code = ? AND revoked IS NULL", (now(), code))
        connection.execute("DELETE FROM sessions WHERE link IN (SELECT number FROM links WHERE code = ?)", (code,))
    return done.rowcount


def opens(database: Database, token: str) -> bool:
    """Tell whether a token is that of a link which opens the study."""
    return _link(database, token) is not None


def sign_in(database: Database, token: str) -> str | None:
    """Open a session with a link's token; returns the session's own token, None when the link does not open."""
    link = _link(database, token)
    if link is None:
        return None
    session = secrets.token_urlsafe(32)
    database.connection.execute("INSERT INTO sessions VALUES (?, ?, ?)", (_hash(session), link, now()))
    return session


def visitor(database: Database, session: str) -> Visitor | None:
    """Return who a session belongs to; None when it has ended, with its link at the latest."""
    row = database.connection.execute(
        f"SELECT role, code FROM sessions JOIN links ON links.number = link WHERE sessions.hash = ? AND {_VALID}",
        (_hash(session), now()),
    ).fetchone()
    if row is None:
        return None
    csrf = hmac.new(session.encode(), b"csrf", sha256).hexdigest()
    return Visitor(row[0], row[1], csrf)


def sign_out(database: Database, session: str) -> None:
    """End a session."""
    database.connection.execute("DELETE FROM sessions WHERE hash = ?", (_hash(session),))


def _link(database: Database, token: str) -> int | None:
    row = database.connection.execute(
        f"SELECT number FROM links WHERE links.hash = ? AND {_VALID}", (_hash(token), now())
    ).fetchone()
    return int(row[0]) if row else None


def _hash(token: str) -> str:
    # 256 random bits cannot be guessed, so no slow hash is needed.
    return sha256(token.encode()).hexdigest()
