"""The leaderboard: what each system scores, what it loses, how it goes in its worst dialogues, and what is missing."""

from hardseek.analysis import Cell
from hardseek.analysis.tail import SHARES
from hardseek.report.findings.cells import counted, dropped, estimated, scored, system_row, tested
from hardseek.report.findings.findings import Findings
from hardseek.report.findings.section import told
from hardseek.report.numbers import digits, percent
from hardseek.report.order import systems_and_all
from hardseek.report.table import Table
from hardseek.report.titles import condition_title
from hardseek.report.words import say


def leaderboard(findings: Findings, *, tails: bool = True) -> Table:
    """Put the systems beside each other under the reference and the condition in focus.

    Args:
        findings: of the run.
        tails: whether to show the means of the worst quarter and tenth, where the dimension has a worst.
    """
    view, summary, main = findings.view, findings.summary, findings.main
    shown = [name for name in (summary.reference, summary.focus) if name is not None]
    shares = tuple(reversed(SHARES)) if tails and findings.ordered and findings.scored and shown else ()
    columns = (
        say("system"),
        *(say("mean", condition=condition_title(view, name)) for name in shown),
        *((say("drop" if findings.ordered else "difference"), say("q"), say("pairs")) if findings.paired else ()),
        *(told("worst_share", share=percent(share)) for share in shares),
        say("dialogues"),
        say("failed"),
        say("unscored"),
    )
    rows = []
    for system in systems_and_all(view):
        here = Cell(main.name, findings.condition or "", system)
        values = [scored(summary.means.get(here._replace(condition=name)), main) for name in shown]
        if findings.paired:
            drop = summary.drops.get(here)
            values += [
                dropped(drop, main), tested(drop.q if drop else None), counted(drop.estimate.n if drop else 0)
            ]  # fmt: skip
        found = (findings.tails(share).get(here) for share in shares)
        values += [estimated(tail.estimate if tail else None, digits(main)) for tail in found]
        outcome = summary.outcomes_of(system)
        values += [counted(n) for n in (outcome.total, outcome.failed, summary.unscored_on(main.name, system))]
        rows.append(system_row(system, values))
    return Table(columns, tuple(rows))
