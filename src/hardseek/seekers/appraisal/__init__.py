"""How a supporter's turn is taken in, offline: transparent rules over cue lists, in English and Chinese."""

from hardseek.seekers.appraisal.appraise import appraise
from hardseek.seekers.appraisal.cues import Cues, cues
from hardseek.seekers.appraisal.empathy import WAYS, Empathy, Way, empathy
from hardseek.seekers.appraisal.reading import Reading, read
from hardseek.seekers.appraisal.strategy import STRATEGIES, Strategy, strategy

__all__ = [
    "STRATEGIES",
    "WAYS",
    "Cues",
    "Empathy",
    "Reading",
    "Strategy",
    "Way",
    "appraise",
    "cues",
    "empathy",
    "read",
    "strategy",
]
