"""The scripted voice: words a move from the phrase bank and the card, with no model and no network."""

from typing import Final

from hardseek.seekers.voice import Line, Wording
from hardseek.seekers.voices.bank import bank
from hardseek.seekers.voices.composer import Composer
from hardseek.seekers.voices.habits import hand
from hardseek.seekers.voices.memory import Memory, stutters

_TRIES: Final = 8
"""Wordings that are tried until one repeats nothing."""


class ScriptedVoice:
    """Words moves from the phrase bank."""

    async def word(self, line: Line) -> Wording:
        """Word the move; the same line gives the same words."""
        card = line.part.card
        writer = hand(line.part.luck, card.language, card.writing)
        memory = Memory(line.transcript)
        text = ""
        for attempt in range(_TRIES):
            composer = Composer(line, bank(card.language), memory, f"{len(line.rejected)} {attempt}")
            text = writer.write(composer.compose())
            if text and not memory.repeats(text) and not stutters(text):
                break
        text = writer.slip(text, line.part.luck, line.turn)
        return Wording(writer.smile(text, line.move.act, line.part.luck, line.turn))

    async def close(self) -> None:
        """Nothing is held."""
