"""Talking to a model server."""

from hardseek.chat.fault import CONTENT_FAULTS, Fault, FaultError, FaultKind
from hardseek.chat.message import NOTHING_USED, ChatRole, Completion, Message, Usage

__all__ = [
    "CONTENT_FAULTS",
    "NOTHING_USED",
    "ChatRole",
    "Completion",
    "Fault",
    "FaultError",
    "FaultKind",
    "Message",
    "Usage",
]
