"""The gate: rules that a run has to keep, and whether it does."""

from hardseek.analysis.gate.check import Check, Verdict, check
from hardseek.analysis.gate.junit import junit
from hardseek.analysis.gate.rules import Gate, Rule

__all__ = ["Check", "Gate", "Rule", "Verdict", "check", "junit"]
