"""Offline indicators: what can be counted in a dialogue without a model, in English and Chinese."""

from hardseek.judging.indicators.judge import INDICATORS, IndicatorJudge, indicator_dimensions

__all__ = ["INDICATORS", "IndicatorJudge", "indicator_dimensions"]
