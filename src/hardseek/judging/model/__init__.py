"""Judges that are chat models."""

from hardseek.judging.model.family import family
from hardseek.judging.model.judge import ModelJudge
from hardseek.judging.model.prompt import prompt
from hardseek.judging.model.quotes import stands

__all__ = ["ModelJudge", "family", "prompt", "stands"]
