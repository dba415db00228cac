"""Which systems and outcomes are shown, and in which order."""

from hardseek.analysis import Cell
from hardseek.analysis.endings import OUTCOMES, Outcome
from hardseek.report.view import RunView


def ranked(view: RunView) -> tuple[str, ...]:
    """Order the systems by their mean under the hard condition in focus, the best first and the unscored last."""
    summary, main = view.summary, view.main
    condition = summary.focus or summary.reference or ""
    sign = 1.0 if main.better == "lower" else -1.0

    def rank(system: str) -> tuple[bool, float]:
        estimate = summary.means.get(Cell(main.name, condition, system))
        return (True, 0.0) if estimate is None else (False, sign * (estimate.mean or 0.0))

    return tuple(sorted(summary.systems, key=rank))


def systems_and_all(view: RunView) -> tuple[str | None, ...]:
    """List the systems in order and, where there are several, all of them together (None)."""
    systems = ranked(view)
    return (*systems, None) if len(systems) > 1 else systems


def outcomes_shown(view: RunView) -> tuple[Outcome, ...]:
    """List the outcomes to show: `unknown` only where there is one, the others only where any ending is known."""
    endings = view.summary.outcomes_of().endings
    known = tuple(kind for kind in OUTCOMES if kind != "unknown")
    if not endings["unknown"]:
        return known
    return OUTCOMES if any(endings[kind] for kind in known) else ("unknown",)
