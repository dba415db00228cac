"""The page of a validation: what a seeker was shown to do, in pictures and figures."""

from hardseek.report.validity.page import render_validity, write_validity

__all__ = ["render_validity", "write_validity"]
