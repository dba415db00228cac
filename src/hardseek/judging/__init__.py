"""Judging: what can be said of a dialogue, and by whom."""

from hardseek.judging.indicators import IndicatorJudge
from hardseek.judging.pairwise.preference import Compared, PairJudge, Preference
from hardseek.judging.rating import DOES_NOT_APPLY, Dimension, Grounds, Judge, Judgement, Rating, Settings, Signing
from hardseek.judging.rubrics import RUBRIC_NAMES, Rubric, load_rubric
from hardseek.judging.spec import Bench, IndicatorsSpec, JudgeSpec, build_judges

__all__ = [
    "DOES_NOT_APPLY",
    "RUBRIC_NAMES",
    "Bench",
    "Compared",
    "Dimension",
    "Grounds",
    "IndicatorJudge",
    "IndicatorsSpec",
    "Judge",
    "JudgeSpec",
    "Judgement",
    "PairJudge",
    "Preference",
    "Rating",
    "Rubric",
    "Settings",
    "Signing",
    "build_judges",
    "load_rubric",
]
