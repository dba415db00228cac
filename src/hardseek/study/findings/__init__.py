"""Findings: what a study shows of agreement, systems, distress, and of the simulator that stands in for people."""

from hardseek.study.findings.findings import Findings, find
from hardseek.study.findings.material import Attention, Material, Scored, read_material
from hardseek.study.findings.table import Table
from hardseek.study.findings.tables import markdown, tables

__all__ = ["Attention", "Findings", "Material", "Scored", "Table", "find", "markdown", "read_material", "tables"]
