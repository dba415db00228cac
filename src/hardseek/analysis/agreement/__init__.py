"""Agreement of judges with people, and of people with each other."""

from hardseek.analysis.agreement.alpha import krippendorff_alpha
from hardseek.analysis.agreement.alternative import Alternative, alternative_annotator_test
from hardseek.analysis.agreement.closeness import (
    absolute_error,
    bias,
    exact,
    majority,
    majority_within_one,
    within_one,
)
from hardseek.analysis.agreement.correction import Corrected, prediction_powered_mean
from hardseek.analysis.agreement.correlation import kendall, pearson, spearman
from hardseek.analysis.agreement.draws import Figure, Statistic, figure
from hardseek.analysis.agreement.intraclass import icc_average, icc_single
from hardseek.analysis.agreement.kappa import quadratic_kappa
from hardseek.analysis.agreement.panel import Panel, Score, panel
from hardseek.analysis.agreement.panels import baseline_statistics, judge_statistics, mean_of, people_statistics

__all__ = [
    "Alternative",
    "Corrected",
    "Figure",
    "Panel",
    "Score",
    "Statistic",
    "absolute_error",
    "alternative_annotator_test",
    "baseline_statistics",
    "bias",
    "exact",
    "figure",
    "icc_average",
    "icc_single",
    "judge_statistics",
    "kendall",
    "krippendorff_alpha",
    "majority",
    "majority_within_one",
    "mean_of",
    "panel",
    "pearson",
    "people_statistics",
    "prediction_powered_mean",
    "quadratic_kappa",
    "spearman",
    "within_one",
]
