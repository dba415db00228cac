"""The profile: every dimension of every system, and how far its scores agree with people."""

from hardseek.analysis import Cell
from hardseek.report.findings.agreement import agreement
from hardseek.report.findings.section import told
from hardseek.report.headline import DISCOVERY
from hardseek.report.numbers import NOTHING, digits, number
from hardseek.report.order import ranked
from hardseek.report.table import Row, Table, Value, shade
from hardseek.report.titles import with_unit
from hardseek.report.view import RunView
from hardseek.report.words import say, titled


def profile(view: RunView) -> Table:
    """Every dimension for every system: the means under the reference and the condition in focus."""
    summary, systems = view.summary, ranked(view)
    shown = [name for name in (summary.reference, summary.focus) if name is not None]
    columns = (say("dimension"), told("agreement"), *(titled({}, name) for name in systems))
    rows = []
    for dimension in summary.dimensions:
        drops = [summary.drops.get(Cell(dimension.name, summary.focus or "", system)) for system in systems]
        greatest = max((abs(drop.estimate.mean or 0.0) for drop in drops if drop), default=0.0)
        values = [agreement(view, dimension.name)]
        for system, drop in zip(systems, drops, strict=True):
            means = [summary.means.get(Cell(dimension.name, name, system)) for name in shown]
            text = " → ".join(number(mean.mean if mean else None, digits(dimension)) for mean in means)
            clear = drop is not None and drop.q < DISCOVERY
            tint = shade(drop.estimate.mean, greatest) if drop and clear and dimension.better != "neither" else ""
            values.append(Value(text if any(means) else NOTHING, shade=tint, clear=clear))
        rows.append(Row(with_unit(dimension), tuple(values)))
    return Table(columns, tuple(rows))
