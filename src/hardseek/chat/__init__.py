"""Talking to a model server. The client itself is `hardseek.chat.client.ChatModel`: aiohttp is slow to import."""

from hardseek.chat.endpoint import Calling, Endpoint, Price, Sampling
from hardseek.chat.fault import CONTENT_FAULTS, Fault, FaultError, FaultKind
from hardseek.chat.message import NOTHING_USED, ChatRole, Completion, Message, Odds, Token, Usage

__all__ = [
    "CONTENT_FAULTS",
    "NOTHING_USED",
    "Calling",
    "ChatRole",
    "Completion",
    "Endpoint",
    "Fault",
    "FaultError",
    "FaultKind",
    "Message",
    "Odds",
    "Price",
    "Sampling",
    "Token",
    "Usage",
]
