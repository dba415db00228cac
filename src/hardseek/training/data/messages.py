"""Dialogues as chat messages in the form that a chat template takes: a user first, the two in turn, nothing empty."""

from collections.abc import Sequence
from typing import Final

from hardseek.chat import Message
from hardseek.dialogues import Turn
from hardseek.language import Language

HELLO: Final[dict[Language, str]] = {"en": "Hello", "zh": "你好"}
"""Where the supporter begins, many chat templates want a user's message first: the same word that systems under test
are sent then (`hardseek.supporters.endpoint`)."""


def joined(turns: Sequence[Turn]) -> list[tuple[Turn, int]]:
    """Join turns of one speaker that follow each other, up to the first turn without text.

    Nothing can be learnt beyond a hole: what comes after it answers something that nobody said.

    Returns:
        The turns, each with the place of its last part among the turns that were given.
    """
    found: list[tuple[Turn, int]] = []
    for place, turn in enumerate(turns):
        if not turn.text.strip():
            break
        if found and found[-1][0].speaker == turn.speaker:
            before = found.pop()[0]
            found.append((Turn(turn.speaker, f"{before.text}\n{turn.text}", turn.trace), place))
        else:
            found.append((turn, place))
    return found


def opening(language: Language, prompt: str | None, first: Turn) -> list[Message]:
    """Return what stands before the first turn when the supporter is trained: the system prompt, a greeting."""
    before = [Message("system", prompt)] if prompt else []
    return [*before, Message("user", HELLO[language])] if first.speaker == "supporter" else before
