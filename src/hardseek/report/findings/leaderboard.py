"""The leaderboard with its tails."""

from dataclasses import replace

from hardseek.analysis import Cell
from hardseek.analysis.tail import SHARES
from hardseek.report.findings.cells import estimated
from hardseek.report.findings.findings import Findings
from hardseek.report.findings.section import told
from hardseek.report.numbers import digits, percent
from hardseek.report.sections import leaderboard as without_tails
from hardseek.report.sections import systems_and_all
from hardseek.report.table import Table


def leaderboard(findings: Findings) -> Table:
    """Put the means of the worst quarter and tenth, under the condition in focus, before what is missing."""
    table = without_tails(findings.view)
    if not findings.ordered or not findings.scored or findings.condition is None:
        return table
    counts = 3  # dialogues, failed, unscored
    shares = tuple(reversed(SHARES))
    columns = tuple(told("worst_share", share=percent(share)) for share in shares)
    rows = []
    for system, row in zip(systems_and_all(findings.view), table.rows, strict=True):
        cell = Cell(findings.main.name, findings.condition, system)
        found = (findings.tails(share).get(cell) for share in shares)
        values = tuple(estimated(tail.estimate if tail else None, digits(findings.main)) for tail in found)
        rows.append(replace(row, values=(*row.values[:-counts], *values, *row.values[-counts:])))
    return Table((*table.columns[:-counts], *columns, *table.columns[-counts:]), tuple(rows))
