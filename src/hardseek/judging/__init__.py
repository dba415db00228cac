"""Judging: what can be said of a dialogue, and by whom."""

from hardseek.judging.bench import Bench, build_judges
from hardseek.judging.indicators import IndicatorJudge
from hardseek.judging.pairwise.preference import Compared, PairJudge, Preference
from hardseek.judging.rating import DOES_NOT_APPLY, Dimension, Grounds, Judge, Judgement, Rating, Settings, Signing
from hardseek.judging.rubrics import RUBRIC_NAMES, Rubric, load_rubric
from hardseek.judging.spec import IndicatorsSpec, JudgeSpecs

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
    "JudgeSpecs",
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
