"""Digests: short names for content, the same on every machine."""

from hashlib import blake2b
from typing import Any, Final

import msgspec
from pydantic import BaseModel

OPERATIONAL: Final[frozenset[str]] = frozenset(
    {"base_url", "api_key_env", "headers", "timeout", "retries", "backoff", "concurrency", "price", "group", "path"}
)
"""Fields that say how a model or a file is reached, not what it is: moving it does not make it another system."""


def digest(*parts: object) -> str:
    """Hash values that JSON can hold, and models, to 32 hexadecimal digits; the order of keys does not matter."""
    text = msgspec.json.encode([_plain(part) for part in parts], order="sorted")
    return blake2b(text, digest_size=16).hexdigest()


def defining(spec: BaseModel) -> dict[str, Any]:
    """Return what of a seeker's or a system's description decides what it says, endpoints within it included."""
    found = {name: value for name, value in spec.model_dump(mode="json").items() if name not in OPERATIONAL}
    nested = {name: value for name in found if isinstance(value := getattr(spec, name), BaseModel)}
    return found | {name: defining(value) for name, value in nested.items()}


def _plain(part: object) -> object:
    return part.model_dump(mode="json") if isinstance(part, BaseModel) else part
