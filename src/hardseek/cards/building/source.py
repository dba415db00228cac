"""What a card is built from: a dialogue or a post, as it is kept and sent: identifiers already removed."""

from collections.abc import Iterator
from typing import Literal

import msgspec

from hardseek.language import Language

Who = Literal["seeker", "supporter"]


class Said(msgspec.Struct, frozen=True):
    """One turn; a post is one turn of its writer, the seeker."""

    who: Who
    text: str


class Source(msgspec.Struct, frozen=True):
    """A dialogue or a post in which somebody seeks support."""

    id: str
    """Distinct within a build; usable as a card's id."""
    where: str
    """File and line, or place within it."""
    language: Language
    turns: tuple[Said, ...]

    @property
    def own(self) -> Iterator[str]:
        """What the seeker said, turn by turn: the only words that are evidence."""
        return (turn.text for turn in self.turns if turn.who == "seeker")

    @property
    def own_text(self) -> str:
        """All that the seeker said, a turn a line."""
        return "\n".join(self.own)

    @property
    def is_post(self) -> bool:
        """Whether nobody answers."""
        return all(turn.who == "seeker" for turn in self.turns)
