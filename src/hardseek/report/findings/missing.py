"""How dialogues ended, and what of them is missing: what failed, what was worded again, and what has no score."""

from hardseek.report.findings.cells import counted, shared, system_row, worded
from hardseek.report.order import outcomes_shown, systems_and_all
from hardseek.report.reasons import reason_title
from hardseek.report.table import Row, Table
from hardseek.report.titles import dimension_title, fault_title
from hardseek.report.view import RunView
from hardseek.report.words import say, titled


def outcomes_by_system(view: RunView) -> Table:
    """How each system's dialogues ended, over all conditions, and what failed or has no score."""
    summary, kinds = view.summary, outcomes_shown(view)
    columns = (
        say("system"),
        say("dialogues"),
        *(say(f"ending_{kind}") for kind in kinds),
        say("failed"),
        say("unscored"),
    )
    rows = []
    for system in systems_and_all(view):
        outcome = summary.outcomes_of(system)
        values = [counted(outcome.total), *(shared(outcome.share(kind)) for kind in kinds)]
        values += [counted(outcome.failed), counted(summary.unscored_on(view.headline, system))]
        rows.append(system_row(system, values))
    return Table(columns, tuple(rows))


def faults(view: RunView) -> Table:
    """Failed dialogues by kind of fault."""
    rows = tuple(Row(fault_title(kind), (counted(n),)) for kind, n in view.summary.outcomes_of().faults.items())
    return Table((say("fault"), say("count")), rows)


def wordings(view: RunView) -> Table:
    """What simulated seekers' wordings were thrown away for: how well the simulator keeps to its part."""
    columns = (say("wording"), say("count"), say("share"))
    turns = view.seeker_turns
    if not turns or not view.profiles:  # nobody checked the seekers of an import
        return Table(columns, ())
    found = {"any": view.reworded, **view.rewordings}
    rows = (Row(say(f"wording_{kind}"), (counted(n), shared(n / turns))) for kind, n in found.items())
    return Table(columns, tuple(rows))


def reasons(view: RunView) -> Table:
    """What has no score, by dimension and reason."""
    titles = {dimension.name: dimension_title(dimension) for dimension in view.dimensions}
    rows = []
    for item in view.summary.unscored.get((), ()):
        head = titles.get(item.dimension) or titled({}, item.dimension)
        rows.append(Row(head, (worded(reason_title(item.reason)), counted(item.n))))
    return Table((say("dimension"), say("reason"), say("count")), tuple(rows))
