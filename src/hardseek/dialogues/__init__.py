"""Dialogues: one talk between a seeker and a supporter, turn by turn."""

from hardseek.dialogues.dialogue import Dialogue, Ending, Speaker, Transcript, Turn

__all__ = ["Dialogue", "Ending", "Speaker", "Transcript", "Turn"]
