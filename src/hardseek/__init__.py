"""Measures how emotional support dialogue systems behave with seekers who are hard to help."""

__version__ = "0.1.0"
