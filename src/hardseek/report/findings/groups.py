"""Two groups of systems against each other, such as general models against those made for support."""

from hardseek.report.findings.cells import counted, estimated, plain, tested
from hardseek.report.findings.findings import Findings
from hardseek.report.findings.section import Section, Titled, section, told
from hardseek.report.numbers import digits
from hardseek.report.safe import visible
from hardseek.report.table import Row, Table
from hardseek.report.titles import condition_title, dimension_title
from hardseek.report.words import say

_METHOD = "estimates.md#ranks-and-groups-ranks-groups"


def groups(findings: Findings) -> Section:
    """Show the difference of the two groups under the reference and the condition in focus."""
    if not findings.contrasts:
        key = "groups_none" if not findings.view.groups else "no_scores"
        return section("groups", note=told("groups_absent"), method=_METHOD, absent=told(key))
    one, other = (visible(name) for name in findings.view.groups)
    main, decimals = findings.main, digits(findings.main)
    columns = (
        say("condition"), told("mean_of", group=one), told("mean_of", group=other), told("less", one=one, other=other),
        told("p"), say("cards"), told("cards_left_out"),
    )  # fmt: skip
    rows = tuple(
        Row(
            condition_title(findings.view, condition),
            (
                plain(made.one, decimals), plain(made.other, decimals), estimated(made.estimate, decimals),
                tested(made.p), counted(made.estimate.cards), counted(made.left_out),
            ),
        )
        for condition, made in findings.contrasts.items()
    )  # fmt: skip
    members = [
        told("group_members", group=visible(name), systems=", ".join(visible(system) for system in systems))
        for name, systems in findings.view.groups.items()
    ]
    return section(
        "groups", note=told("groups_note", dimension=dimension_title(main)), method=_METHOD,
        tables=(Titled("groups", told("groups"), Table(columns, rows)),), remarks=tuple(members),
    )  # fmt: skip
