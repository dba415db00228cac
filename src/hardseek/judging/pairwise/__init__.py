"""Judges that compare two dialogues."""

from hardseek.judging.pairwise.judge import ModelPairJudge
from hardseek.judging.pairwise.preference import Compared, PairJudge, Preference

__all__ = ["Compared", "ModelPairJudge", "PairJudge", "Preference"]
