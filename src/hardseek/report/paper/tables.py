"""Tables as files: Markdown and LaTeX to be read, CSV to compute on."""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from hardseek.language import Language
from hardseek.report.findings import Findings, every_section
from hardseek.report.findings.drops import drops_by_condition, drops_by_language
from hardseek.report.findings.leaderboard import leaderboard
from hardseek.report.findings.missing import outcomes_by_system
from hardseek.report.findings.profile import profile
from hardseek.report.findings.section import Titled, told
from hardseek.report.html import write_page
from hardseek.report.paper.columns import columns
from hardseek.report.paper.latex import latex
from hardseek.report.paper.pipes import escape, pipes
from hardseek.report.safe import visible
from hardseek.report.titles import condition_title, dimension_title
from hardseek.report.view import RunView
from hardseek.report.words import say


def write_tables(folder: Path, view: RunView, *, language: Language = "en") -> list[Path]:
    """Write every table that has rows as NAME.md and NAME.tex, and the figures behind them as CSV.

    Args:
        folder: where to; it is made where it is not there, and what is in it is replaced where names are the same.
        view: the run.
        language: of the words in Markdown and LaTeX; CSV has names instead of words.

    Returns:
        What was written, in its order.
    """
    findings = Findings(view)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    note = _note(findings)[language]
    for each in tables(findings):
        title = each.title[language]
        text = f"### {escape(title)}\n\n{pipes(each.table, language)}\n\n{escape(note)}\n"
        written.append(_write(folder / f"{each.name}.md", text))
        tabular = latex(each.table, title=title, label=each.name, note=note, language=language)
        written.append(_write(folder / f"{each.name}.tex", tabular))
    for name, (names, rows) in columns(findings).items():
        sheet = StringIO()
        writer = csv.writer(sheet, lineterminator="\n")
        writer.writerows([names, *rows])
        written.append(_write(folder / f"{name}.csv", sheet.getvalue()))
    return written


def tables(findings: Findings) -> Iterator[Titled]:
    """Yield the tables of a run that have rows, each under the name that its files have."""
    view, summary = findings.view, findings.summary
    if findings.scored:
        dimension = dimension_title(findings.main)
        yield Titled("leaderboard", told("of", title=say("leaderboard"), dimension=dimension), leaderboard(findings))
        if len(summary.conditions) > 1:
            title = say("drops" if findings.paired else "conditions")
            yield Titled("drops", told("of", title=title, dimension=dimension), drops_by_condition(view))
        by_language = drops_by_language(view)
        if by_language is not None and summary.focus is not None:
            title = told("of", title=say("by_language"), dimension=condition_title(view, summary.focus))
            yield Titled("drops-by-language", title, by_language)
        yield Titled("profile", say("profile"), profile(view))
    if summary.systems:
        yield Titled("endings", say("endings"), outcomes_by_system(view))
    for section in every_section(findings).values():
        yield from section.tables


def _note(findings: Findings) -> dict[Language, str]:
    signature = visible(findings.view.signature) or "–"
    return told("table_note", signature=signature)


def _write(path: Path, text: str) -> Path:
    write_page(path, text)
    return path
