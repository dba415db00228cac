"""Supporters: the systems under test."""

from hardseek.supporters.build import build_supporter
from hardseek.supporters.spec import (
    BuiltinSystem,
    CallableSystem,
    ChatSystem,
    HookSystem,
    ReplaySystem,
    SystemSpec,
)
from hardseek.supporters.supporter import Reply, Supporter, Talk

__all__ = [
    "BuiltinSystem",
    "CallableSystem",
    "ChatSystem",
    "HookSystem",
    "ReplaySystem",
    "Reply",
    "Supporter",
    "SystemSpec",
    "Talk",
    "build_supporter",
]
