"""The proof of a training: the same seekers before and after, arm by arm, and whether anything else broke."""

from hardseek.training.proving.arms import Arm, arm, held_out, trained_on
from hardseek.training.proving.checks import Concern, concerns
from hardseek.training.proving.proof import Against, Level, Proof, prove

__all__ = ["Against", "Arm", "Concern", "Level", "Proof", "arm", "concerns", "held_out", "prove", "trained_on"]
