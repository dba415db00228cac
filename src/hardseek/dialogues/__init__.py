"""Dialogues: one talk between a seeker and a supporter, turn by turn."""

from hardseek.dialogues.course import Course
from hardseek.dialogues.dialogue import Dialogue, Ending, Speaker, Transcript, Turn
from hardseek.dialogues.talk import Casting, Close, Paused, hold, sampling_seed

__all__ = [
    "Casting", "Close", "Course", "Dialogue", "Ending", "Paused", "Speaker", "Transcript", "Turn", "hold",
    "sampling_seed",
]  # fmt: skip
