"""Rubrics: what judges look for."""

from hardseek.judging.rubrics.rubric import RUBRIC_NAMES, Rubric, RubricDimension, is_path, load_rubric, packaged_rubric

__all__ = ["RUBRIC_NAMES", "Rubric", "RubricDimension", "is_path", "load_rubric", "packaged_rubric"]
