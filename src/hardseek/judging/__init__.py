"""Judging: what can be said of a dialogue, and by whom."""

from hardseek.judging.indicators import IndicatorJudge
from hardseek.judging.rating import Dimension, Grounds, Judge, Judgement, Rating, Settings
from hardseek.judging.rubrics import RUBRIC_NAMES, Rubric, load_rubric
from hardseek.judging.spec import IndicatorsSpec, JudgeSpec, build_judge

__all__ = [
    "RUBRIC_NAMES",
    "Dimension",
    "Grounds",
    "IndicatorJudge",
    "IndicatorsSpec",
    "Judge",
    "JudgeSpec",
    "Judgement",
    "Rating",
    "Rubric",
    "Settings",
    "build_judge",
    "load_rubric",
]
