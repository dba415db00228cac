"""Why an answer could not be had: a fault ends its dialogue, and is counted, never written into a transcript."""

from typing import Final, Literal

import msgspec

from hardseek.chat.message import NOTHING_USED, Usage

FaultKind = Literal[
    "refused-key",      # 401, 403: the key is wrong, missing, or not allowed to do this
    "unknown-model",    # 404: no such model or path
    "bad-request",      # any other 4xx: the server will not take this request
    "rate-limited",     # 429, still after all retries
    "server-error",     # 5xx, still after all retries
    "unreachable",      # refused, dropped or unresolved connection, still after all retries
    "timeout",          # no complete answer in time
    "unreadable",       # an answer that is not what the protocol says
    "empty",            # an answer without text
    "filtered",         # the server withheld the answer
    "malformed",        # a model was asked for values and gave none that can be read, twice
    "callable",         # the user's own code raised or returned something else than text
    "replay-ended",     # the transcript that is replayed has no further turn
    "invalid-seeker",   # the seeker's wording broke its move even after rewording
    "internal",         # a mistake of hardseek's own
]  # fmt: skip

CONTENT_FAULTS: Final[frozenset[FaultKind]] = frozenset(
    {"empty", "filtered", "malformed", "replay-ended", "invalid-seeker"}
)
"""Faults that are part of the result. To try these again until they vanish would select what is measured."""


class Fault(msgspec.Struct, frozen=True):
    """What ended a dialogue before its time."""

    kind: FaultKind
    detail: str
    """One line: what was asked of whom, what came back, what to do; never a key."""

    @property
    def lasting(self) -> bool:
        """Whether running the same command again leaves the dialogue as it is."""
        return self.kind in CONTENT_FAULTS


class FaultError(Exception):
    """Raised by a seeker or a supporter that cannot answer."""

    def __init__(self, kind: FaultKind, detail: str, usage: Usage = NOTHING_USED) -> None:
        super().__init__(f"{kind}: {detail}")
        self.fault = Fault(kind, detail)
        self.usage = usage
        """What was paid for all the same."""

    def having_used(self, earlier: Usage) -> "FaultError":
        """Return the same with what earlier calls for the same answer took."""
        return FaultError(self.fault.kind, self.fault.detail, earlier.and_then(self.usage))
