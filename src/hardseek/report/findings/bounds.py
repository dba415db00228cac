"""Where many scores are missing: between what and what the mean lies, whatever they would have been."""

from hardseek.analysis.bounds import MANY
from hardseek.report.findings.cells import counted, estimated, shared, worded
from hardseek.report.findings.findings import Findings
from hardseek.report.findings.section import Section, Titled, section, told
from hardseek.report.numbers import digits, percent
from hardseek.report.order import ranked
from hardseek.report.safe import visible
from hardseek.report.table import Row, Table
from hardseek.report.titles import condition_title, dimension_title
from hardseek.report.words import say

_METHOD = "estimates.md#what-is-left-out-and-counted-endings-bounds"


def bounds(findings: Findings) -> Section:
    """Show the bounds of every cell in which many scores are missing."""
    main, decimals = findings.main, digits(findings.main)
    order = {system: place for place, system in enumerate(ranked(findings.view))}
    many = {cell: made for cell, made in findings.missing.items() if made.many and cell.system is not None}
    if not many:
        key = "bounds_none" if findings.missing else "no_scores"
        return section("bounds", note=told("bounds_absent"), method=_METHOD, absent=told(key, share=percent(MANY)))
    columns = (
        say("system"), say("condition"), told("missing_share"), told("scored"), told("mean_scored"),
        told("bound_low"), told("bound_high"),
    )  # fmt: skip
    rows = tuple(
        Row(
            visible(cell.system or ""),
            (
                worded(condition_title(findings.view, cell.condition)), shared(made.share), counted(made.scored),
                estimated(findings.summary.means.get(cell), decimals),
                estimated(made.low, decimals), estimated(made.high, decimals),
            ),
        )
        for cell, made in sorted(many.items(), key=lambda each: (order[each[0].system or ""], each[0].condition))
    )  # fmt: skip
    note = told("bounds_note", dimension=dimension_title(main), share=percent(MANY))
    table = Titled("bounds", told("bounds"), Table(columns, rows))
    return section("bounds", note=note, method=_METHOD, tables=(table,))
