"""What conditions cost: the drop of every system under every hard condition, and in each language."""

from hardseek.analysis import Cell, Estimate
from hardseek.report.findings.cells import dropped, scored, system_row
from hardseek.report.headline import DISCOVERY
from hardseek.report.numbers import count
from hardseek.report.order import systems_and_all
from hardseek.report.table import Table
from hardseek.report.titles import condition_title, language_title
from hardseek.report.view import RunView
from hardseek.report.words import Bilingual, say


def drops_by_condition(view: RunView) -> Table:
    """What every hard condition costs every system; without a reference, the means themselves."""
    summary, main = view.summary, view.main
    means = [summary.reference] if summary.reference is not None else list(summary.conditions)
    hard = summary.hard if summary.reference is not None else ()
    columns = (
        say("system"),
        *(say("mean", condition=condition_title(view, name)) for name in means),
        *(condition_title(view, name) for name in hard),
    )
    shown = [drop for cell, drop in summary.drops.items() if cell.dimension == main.name and cell.language is None]
    greatest = max((abs(drop.estimate.mean or 0.0) for drop in shown), default=0.0)
    rows = [
        system_row(
            system,
            [
                *(scored(summary.means.get(Cell(main.name, name, system)), main) for name in means),
                *(dropped(summary.drops.get(Cell(main.name, name, system)), main, greatest) for name in hard),
            ],
        )
        for system in systems_and_all(view)
    ]
    return Table(columns, tuple(rows))


def parted(view: RunView) -> tuple[Bilingual, ...]:
    """Say where an interval and the test of a drop say different things, and which to go by; () where none do."""
    main = view.main
    drops = [drop for cell, drop in view.summary.drops.items() if cell.dimension == main.name]
    apart = sum(_clear_of_zero(drop.estimate) != (drop.q < DISCOVERY) for drop in drops)
    what = "drop" if main.better != "neither" else "difference"
    return (say(f"{what}s_parted", n=count(apart), all=count(len(drops))),) if apart else ()


def _clear_of_zero(estimate: Estimate) -> bool:
    return estimate.low is not None and estimate.high is not None and not estimate.low <= 0 <= estimate.high


def drops_by_language(view: RunView) -> Table | None:
    """The drop under the condition in focus, per language; None where there is one language or no drop."""
    summary, main = view.summary, view.main
    if len(summary.languages) < 2 or summary.reference is None or summary.focus is None:  # noqa: PLR2004 - one is not many
        return None
    columns = (say("system"), *(language_title(language) for language in summary.languages))
    rows = [
        system_row(
            system,
            [
                dropped(summary.drops.get(Cell(main.name, summary.focus, system, language)), main)
                for language in summary.languages
            ],
        )
        for system in systems_and_all(view)
    ]
    return Table(columns, tuple(rows))
