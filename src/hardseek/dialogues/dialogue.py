"""A dialogue and its turns, as they are kept."""

from typing import Literal

import msgspec

from hardseek.chat import NOTHING_USED, Fault, Message, Usage
from hardseek.language import Language
from hardseek.seekers import Trace

Speaker = Literal["seeker", "supporter"]
Ending = Literal["resolved", "withdrew", "limit", "failed"]
"""resolved: the seeker left, helped; withdrew: left, not helped; limit: all exchanges used; failed: see the fault."""


class Turn(msgspec.Struct, frozen=True):
    """What one speaker said, with what stands behind it."""

    speaker: Speaker
    text: str
    trace: Trace | None = None
    """Of a seeker's turn; None for supporters, and for people whose inside is not known."""
    usage: Usage = NOTHING_USED

    @property
    def message(self) -> Message:
        """The turn as a chat message."""
        return Message("user" if self.speaker == "seeker" else "assistant", self.text)


class Transcript(msgspec.Struct, frozen=True):
    """All that a judge may see of a dialogue."""

    language: Language
    messages: tuple[Message, ...]


class Dialogue(msgspec.Struct, frozen=True):
    """A finished dialogue."""

    id: str
    system: str
    condition: str
    card: str
    language: Language
    replicate: int
    turns: tuple[Turn, ...]
    ending: Ending | None
    """None for imported dialogues of which it is not known."""
    fault: Fault | None = None
    """Why it failed; set exactly when the ending is `failed`."""

    @property
    def transcript(self) -> Transcript:
        """The dialogue as a judge sees it: without system, condition, card and hidden state."""
        return Transcript(self.language, tuple(turn.message for turn in self.turns))
