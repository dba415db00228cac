"""Judging: what can be said of a dialogue, and by whom."""

from hardseek.judging.indicators import IndicatorJudge
from hardseek.judging.judges import JUDGE_NAMES, build_judge
from hardseek.judging.rating import Dimension, Judge, Rating

__all__ = ["JUDGE_NAMES", "Dimension", "IndicatorJudge", "Judge", "Rating", "build_judge"]
