"""Voices: what words a seeker's moves, from a phrase bank or by a chat model."""

from hardseek.seekers.voices.chat import ChatVoice
from hardseek.seekers.voices.scripted import ScriptedVoice

__all__ = ["ChatVoice", "ScriptedVoice"]
