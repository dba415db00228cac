"""The pages of `hardseek view`: the list of runs, one run as it goes on, and what stands in until a report is made."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from hardseek.report.html import render_page, render_part
from hardseek.report.numbers import count
from hardseek.report.safe import visible
from hardseek.report.titles import fault_title
from hardseek.report.viewing.runs import Listed
from hardseek.report.words import Words
from hardseek.runs import Store

told: Final = Words("hardseek.report.viewing")
SHOWN: Final = 20
"""Dialogues that are shown as they come."""
LONG: Final = 4_000
"""Characters of a turn that are shown there; the report has all of them."""


@dataclass(frozen=True)
class Page:
    """A page that keeps itself up to date: the whole of it, and the part that changes."""

    whole: str
    part: str


def runs_page(root: Path, runs: dict[str, Listed]) -> Page:
    """List the runs of a folder."""
    content = {"root": visible(str(root)), "runs": [_row(listed) for listed in runs.values()]}
    return _page("runs.html.j2", told("runs_title"), content)


def run_page(listed: Listed) -> Page:
    """Show how far a run is, with what was said last; raises HardseekError when it cannot be read."""
    with Store(listed.folder) as store:
        totals = store.totals()
        content = {
            "run": _row(listed),
            "counts": [(f"ending_{state}", count(n)) for state, n in store.counts().items()],
            "turns": count(totals.turns),
            "tokens": f"{count(totals.tokens_in)} / {count(totals.tokens_out)}" if totals.calls else "",
            "faults": [
                (visible(system), fault_title(kind), visible(detail or ""), count(n))
                for system, kind, detail, n in store.faults()
            ],
            "latest": [
                {
                    "id": dialogue.id,
                    "head": visible(f"{dialogue.system} · {dialogue.card} · {dialogue.condition}"),
                    "ending": f"ending_{(dialogue.ending or 'unknown') if finished else 'open'}",
                    "language": dialogue.language,
                    "turns": [(turn.speaker, visible(turn.text[:LONG])) for turn in dialogue.turns],
                }
                for finished, dialogue in store.latest(SHOWN)
            ],
        }
    return _page("run.html.j2", visible(listed.name), content)


def waiting_page(listed: Listed, trouble: str = "") -> str:
    """Say that a report is being made, or why it could not be."""
    content = {
        "run": _row(listed),
        "trouble": visible(trouble),
        "title": visible(listed.name),
        "part": "waiting.html.j2",
    }
    return _render(content)


def _row(listed: Listed) -> dict[str, Any]:
    planned = listed.planned
    return {
        "key": listed.key,
        "name": visible(listed.name),
        "where": visible(listed.key),
        "state": listed.state,
        "created": visible(listed.created.replace("T", " ").replace("+00:00", " UTC")),
        "done": count(listed.finished),
        "planned": count(planned) if planned is not None else "",
        "share": min(100.0, round(100 * listed.finished / planned, 1)) if planned else None,
        "failed": count(listed.failed),
        "systems": count(listed.systems),
        "signature": [(visible(part), visible(value)) for part, value in listed.signature],
        "trouble": visible(listed.trouble),
    }


def _page(part: str, title: object, content: dict[str, Any]) -> Page:
    content = content | {"title": title, "part": part}
    return Page(_render(content), render_part(part, content, told=told))


def _render(content: dict[str, Any]) -> str:
    styles, scripts = ("page.css", "viewing.css"), ("validity.js", "viewing.js")
    return render_page("viewing.html.j2", content, told=told, styles=styles, scripts=scripts, live=True)
