"""What a judge's scores are worth: agreement with people."""

from hardseek.validity.judge.agreement import Compared, Measure, agreement, compared
from hardseek.validity.judge.ratings import Given, raters, read_ratings

__all__ = ["Compared", "Given", "Measure", "agreement", "compared", "raters", "read_ratings"]
