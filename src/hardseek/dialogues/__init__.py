"""Dialogues: one talk between a seeker and a supporter, turn by turn."""

from hardseek.dialogues.dialogue import Dialogue, Ending, Speaker, Transcript, Turn
from hardseek.dialogues.talk import Casting, Close, Paused, hold

__all__ = ["Casting", "Close", "Dialogue", "Ending", "Paused", "Speaker", "Transcript", "Turn", "hold"]
