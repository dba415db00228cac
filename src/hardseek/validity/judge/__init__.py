"""What a judge's scores are worth: agreement with people, and what moves it that should not; and training scorers."""

from hardseek.validity.judge.agreement import Compared, Measure, agreement, compared
from hardseek.validity.judge.correlating import Correlation, correlations
from hardseek.validity.judge.held_out import held_out, told
from hardseek.validity.judge.ratings import Given, raters, read_ratings
from hardseek.validity.judge.sensitivity import Scores, Shift, language_shifts, score_variants, shifts
from hardseek.validity.judge.training import Material, material, train
from hardseek.validity.judge.variants import VARIANTS, Variant, changed, other_names

__all__ = [
    "VARIANTS",
    "Compared",
    "Correlation",
    "Given",
    "Material",
    "Measure",
    "Scores",
    "Shift",
    "Variant",
    "agreement",
    "changed",
    "compared",
    "correlations",
    "held_out",
    "language_shifts",
    "material",
    "other_names",
    "raters",
    "read_ratings",
    "score_variants",
    "shifts",
    "told",
    "train",
]
