"""Thematic coding of dialogues and notes: the codebook, marks, agreement, counts, and behaviours that they make."""

from hardseek.study.coding.agreeing import CodeAgreement, code_agreement
from hardseek.study.coding.behaviours import behaviour_file, themes
from hardseek.study.coding.codebook import Code, Codebook, as_yaml, read_codebook
from hardseek.study.coding.counting import CodeCount, code_counts
from hardseek.study.coding.marks import Coding, Disagreement, Mark, Settled, Source, Unit, disagreements

__all__ = [
    "Code",
    "CodeAgreement",
    "CodeCount",
    "Codebook",
    "Coding",
    "Disagreement",
    "Mark",
    "Settled",
    "Source",
    "Unit",
    "as_yaml",
    "behaviour_file",
    "code_agreement",
    "code_counts",
    "disagreements",
    "read_codebook",
    "themes",
]
