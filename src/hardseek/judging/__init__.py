"""Judging: what can be said of a dialogue, and by whom."""

from hardseek.judging.rating import Dimension, Judge, Rating

__all__ = ["Dimension", "Judge", "Rating"]
