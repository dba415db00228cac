"""Seekers: behaviours, hidden state, and what they say next."""

from hardseek.seekers.behaviour import AXES, Axis, BehaviourProfile, Condition, Pattern, ResistanceForm
from hardseek.seekers.seeker import Part, Seeker, Utterance
from hardseek.seekers.state import Act, Appraisal, Emotion, Move, SeekerState, Trace

__all__ = [
    "AXES",
    "Act",
    "Appraisal",
    "Axis",
    "BehaviourProfile",
    "Condition",
    "Emotion",
    "Move",
    "Part",
    "Pattern",
    "ResistanceForm",
    "Seeker",
    "SeekerState",
    "Trace",
    "Utterance",
]
