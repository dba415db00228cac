"""Validity: what a simulated seeker is shown to do, each property with its figure, interval and aim."""

from hardseek.validity.controllable import SETTINGS
from hardseek.validity.corpora import Corpora
from hardseek.validity.given import read_seeker
from hardseek.validity.pictures import Curve, Pictures, Spread
from hardseek.validity.plan import CARDS, ValidityPlan, plan_validation
from hardseek.validity.property import Property, Validity
from hardseek.validity.seeker import Counted, appraisals, cast, count, validate_seeker
from hardseek.validity.sittings import FAMILIES, Family

__all__ = [
    "CARDS",
    "FAMILIES",
    "SETTINGS",
    "Corpora",
    "Counted",
    "Curve",
    "Family",
    "Pictures",
    "Property",
    "Spread",
    "Validity",
    "ValidityPlan",
    "appraisals",
    "cast",
    "count",
    "plan_validation",
    "read_seeker",
    "validate_seeker",
]
