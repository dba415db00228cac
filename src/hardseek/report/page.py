"""The report: one HTML file that asks nothing of any network."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from hardseek.analysis.bootstrap import DRAWS
from hardseek.judging import Dimension
from hardseek.report.chart import chart
from hardseek.report.exhibits import choose
from hardseek.report.findings import Findings, every_section
from hardseek.report.findings.drops import drops_by_condition, drops_by_language, parted
from hardseek.report.findings.leaderboard import leaderboard
from hardseek.report.findings.missing import faults, reasons, wordings
from hardseek.report.findings.profile import profile
from hardseek.report.findings.section import told
from hardseek.report.headline import headline
from hardseek.report.html import BESIDE, render_page, write_page
from hardseek.report.numbers import NOTHING, count, number
from hardseek.report.order import outcomes_shown
from hardseek.report.reader import SCRIPTS, Shelf, make_reader
from hardseek.report.reader.words import told as reader_told
from hardseek.report.safe import visible
from hardseek.report.strips import strips
from hardseek.report.titles import condition_title, dimension_title, language_title, unit_title
from hardseek.report.view import RunView
from hardseek.report.words import Bilingual, say, titled

_AFTER_ENDINGS: Final = ("survival", "trajectories", "groups", "design")
_BETWEEN: Final[Bilingual] = {"en": ", ", "zh": "、"}


def write_report(path: Path, view: RunView) -> None:
    """Write the report; a file that is there is replaced once the new one is complete.

    Dialogues of a large run that the page has no room for are written beside it, into a folder of its name.
    """
    shelf = Shelf(path)
    write_page(path, render_report(view, shelf))
    shelf.tidy()


def render_report(view: RunView, shelf: Shelf | None = None) -> str:
    """Return the report as HTML; without a shelf all dialogues are in it, however many."""
    exhibits = choose(view)
    reader = make_reader(view, exhibits, shelf or Shelf())
    return render_page(
        "page.html.j2",
        _content(view) | {"reader": reader, "r": reader_told},
        told=say,
        styles=("page.css", "reader.css"),
        scripts=("page.js", *SCRIPTS),
        sources=BESIDE if reader.beside else "",
    )


def _content(view: RunView) -> dict[str, Any]:
    summary = view.summary
    findings = Findings(view)
    condition = findings.condition
    return {
        "view": view,
        "found": every_section(findings),
        "f": told,
        "name": visible(view.name),
        "created": visible(view.created),
        "signature": visible(view.signature),
        "parts": [(visible(part), visible(value)) for part, value in view.parts.items()],
        "facts": _facts(view),
        "after_endings": [name for name in _AFTER_ENDINGS if name != "groups" or view.groups],
        "headline": headline(view),
        "dimension": dimension_title(view.main),
        "better": say(view.main.better),
        "scale": _scale(view.main),
        "reference": condition_title(view, summary.reference) if summary.reference else None,
        "focus": condition_title(view, summary.focus) if summary.focus else None,
        "paired": findings.paired,
        "finished": summary.outcomes_of().finished > 0,
        "scored": findings.scored,
        "tail_of": condition_title(view, condition) if findings.ordered and condition else None,
        "chart": chart(view),
        "leaderboard": leaderboard(findings),
        "drops": drops_by_condition(view) if findings.scored and len(summary.conditions) > 1 else None,
        "parted": parted(view),
        "languages": drops_by_language(view) if findings.scored else None,
        "outcomes": outcomes_shown(view),
        "strips": strips(view),
        "faults": faults(view),
        "wordings": wordings(view),
        "reasons": reasons(view),
        "profile": profile(view),
        "definitions": [(dimension_title(d), titled(d.definition, ""), d) for d in view.dimensions],
        "unit": unit_title,
        "draws": count(DRAWS),
    }


def _scale(dimension: Dimension) -> Bilingual | str:
    if dimension.low is None or dimension.high is None:
        return ""
    return say("scale", low=number(dimension.low, 0), high=number(dimension.high, 0))


def _languages(languages: Sequence[str]) -> Bilingual | str:
    titles = [language_title(language) for language in languages]
    return {of: between.join(title[of] for title in titles) for of, between in _BETWEEN.items()} if titles else NOTHING


def _facts(view: RunView) -> list[tuple[Bilingual, str | Bilingual]]:
    """List what was run, as pairs of a name and a figure."""
    summary = view.summary
    total = summary.outcomes_of()
    facts: list[tuple[Bilingual, str | Bilingual]] = []
    if view.planned is not None:
        facts.append((say("planned"), count(view.planned)))
    facts += [
        (say("finished"), count(total.finished)),
        (say("failed"), count(total.failed)),
        (say("unscored"), count(summary.unscored_on(view.headline))),
        (say("systems"), count(len(summary.systems))),
        (say("conditions"), count(len(summary.conditions))),
        (say("cards"), count(view.dialogues["card"].n_unique())),
        (say("languages"), _languages(summary.languages)),
    ]
    if view.tokens_in is not None or view.tokens_out is not None:
        facts.append((say("tokens"), f"{count(view.tokens_in)} / {count(view.tokens_out)}"))
    if view.cost is not None:
        facts.append((say("cost"), number(view.cost, 2)))
    return facts
