"""Validity: what the simulated seeker is shown to do, each property with its figure, interval and aim."""

from hardseek.validity.property import Property, Validity
from hardseek.validity.seeker import validate_seeker

__all__ = ["Property", "Validity", "validate_seeker"]
