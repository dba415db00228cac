"""Keys: taken from the environment, sent in headers, and kept out of every message."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Final

from hardseek.errors import Refused

HIDDEN: Final = "[hidden]"
_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_LOOKS_SECRET = re.compile(r"(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD)$", re.IGNORECASE)
# Servers quote a wrong key in part ("sk-abc...wxyz"), so a piece of this many characters is hidden as well.
_PIECE = 8
_SHORTEST = 4
"""What is shorter ("x", "-") is a placeholder for servers that want no key, and would hide half of every message."""
_LOOKS_LIKE_KEY = re.compile(r"\b(?:sk|pk|rk|gsk|hf)[-_][\w*.…-]{6,}|\b(?i:bearer)\s+[^\s\"',;]+")


class Credentials:
    """The headers of every call to an endpoint, with their secrets filled in; shows none of them."""

    __slots__ = ("_secrets", "headers")

    def __init__(self, headers: Mapping[str, str], key_env: str | None = None) -> None:
        """Fill in the secrets.

        Args:
            headers: further headers; `${NAME}` is replaced by the environment variable NAME.
            key_env: the variable that holds the key, sent as `Authorization: Bearer KEY`.

        Raises:
            Refused: a variable is not set, is empty, or cannot stand in a header.
        """
        names = [name for value in headers.values() for name in _VARIABLE.findall(value)]
        values = {name: _variable(name) for name in ([*names, key_env] if key_env else names)}
        filled = {key: _VARIABLE.sub(lambda match: values[match[1]], value) for key, value in headers.items()}
        if key_env is not None:
            filled = {"Authorization": f"Bearer {values[key_env]}"} | filled
        self.headers = tuple(filled.items())
        self._secrets = frozenset(values.values())

    def hide(self, text: str) -> str:
        """Return text from outside without secrets: ours, what looks like a key, and the environment's."""
        return hide(text, self._secrets)

    def __repr__(self) -> str:
        return f"Credentials({', '.join(f'{name}: {HIDDEN}' for name, _ in self.headers)})"


def hide(text: str, secrets: Iterable[str] = ()) -> str:
    """Replace secrets and pieces of them: those given, those in the environment, and what looks like a key."""
    from_environment = {
        value for name, value in os.environ.items() if _LOOKS_SECRET.search(name) and len(value) >= _PIECE
    }
    covered = bytearray(len(text))
    for piece in {piece for secret in from_environment.union(secrets) for piece in _pieces(secret)}:
        at = text.find(piece)
        while at >= 0:
            covered[at : at + len(piece)] = b"\1" * len(piece)
            at = text.find(piece, at + 1)
    runs = groupby(zip(text, covered, strict=True), key=itemgetter(1))
    shown = "".join(HIDDEN if secret else "".join(character for character, _ in run) for secret, run in runs)
    return _LOOKS_LIKE_KEY.sub(HIDDEN, shown)


def _pieces(secret: str) -> Iterator[str]:
    size = min(_PIECE, len(secret))
    if size >= _SHORTEST:
        yield from (secret[start : start + size] for start in range(len(secret) - size + 1))


def _variable(name: str) -> str:
    value = os.environ.get(name, "").strip()
    shown = hide(name)  # somebody may have written the key in place of its name
    if not value:
        state = "is empty" if name in os.environ else "is not set"
        raise Refused(f"the environment variable {shown} {state}; set it (export {shown}=...) and run again")
    if any(character.isspace() or not character.isprintable() for character in value):
        raise Refused(f"the environment variable {shown} holds a space or a line break within its value; set it again")
    return value
