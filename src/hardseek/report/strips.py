"""How dialogues ended, one strip for each system and condition."""

from dataclasses import dataclass

from hardseek.analysis.endings import Outcome
from hardseek.report.numbers import count, percent
from hardseek.report.order import outcomes_shown, ranked
from hardseek.report.safe import visible
from hardseek.report.titles import condition_title
from hardseek.report.view import RunView
from hardseek.report.words import Bilingual


@dataclass(frozen=True, slots=True)
class Part:
    """One outcome's part of a strip."""

    outcome: Outcome
    start: float
    """Per cent of the width."""
    width: float
    text: str


@dataclass(frozen=True, slots=True)
class Strip:
    """The outcomes of one system under one condition."""

    system: str
    condition: Bilingual
    main: bool
    """Whether the condition is the reference or the one in focus."""
    parts: tuple[Part, ...]
    """Every outcome; `unknown` only where some dialogue of the run does not say."""
    failed: int
    total: str


def strips(view: RunView) -> tuple[Strip, ...]:
    """Lay out a strip for every system and condition that has dialogues."""
    summary = view.summary
    shown = outcomes_shown(view)
    made = []
    for system in ranked(view):
        for condition in summary.conditions:
            outcome = summary.outcomes.get((system, condition))
            if outcome is None:
                continue
            parts, start = [], 0.0
            for kind in shown:
                width = 100 * (outcome.share(kind) or 0.0)
                parts.append(Part(kind, round(start, 2), round(width, 2), percent(outcome.share(kind))))
                start += width
            main = condition in {summary.reference, summary.focus}
            title = condition_title(view, condition)
            made.append(Strip(visible(system), title, main, tuple(parts), outcome.failed, count(outcome.total)))
    return tuple(made)
