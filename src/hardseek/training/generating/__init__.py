"""Generating: dialogues in which several replies are tried at every turn, each to the seeker's next move."""

from hardseek.training.generating.candidates import Candidate, Candidates
from hardseek.training.generating.forecast import forecast
from hardseek.training.generating.generation import (
    CandidateChoice,
    Generation,
    GenerationPlan,
    plan_generation,
    read_generation,
)
from hardseek.training.generating.generator import Generator
from hardseek.training.generating.spending import Spending, spending_of
from hardseek.training.generating.trying import Troupe, tried

__all__ = [
    "Candidate",
    "CandidateChoice",
    "Candidates",
    "Generation",
    "GenerationPlan",
    "Generator",
    "Spending",
    "Troupe",
    "forecast",
    "plan_generation",
    "read_generation",
    "spending_of",
    "tried",
]
