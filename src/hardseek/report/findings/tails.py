"""The tail: the worst dialogues, the worst card, the worst cells, and the worst of several tries."""

from hardseek.analysis import Cell, Picked, Reexamined
from hardseek.analysis.tail import SHARES
from hardseek.report.findings.cells import counted, estimated, named, plain, worded
from hardseek.report.findings.findings import Findings
from hardseek.report.findings.section import Section, Titled, section, told
from hardseek.report.numbers import count, digits, number, percent
from hardseek.report.numbers import interval as ends
from hardseek.report.order import ranked
from hardseek.report.safe import visible
from hardseek.report.table import Row, Table, Value
from hardseek.report.titles import condition_title, dimension_title
from hardseek.report.words import Bilingual, say

_METHOD = "estimates.md#tails-tail-worst"


def tails(findings: Findings) -> Section:
    """Show how it goes where it goes worst."""
    if not findings.ordered or not findings.scored or findings.condition is None:
        absent = told("tails_neither" if not findings.ordered else "no_scores")
        return section("tails", note=told("tails_absent"), method=_METHOD, absent=absent)
    condition = condition_title(findings.view, findings.condition)
    dimension = dimension_title(findings.main)
    by_system = Titled("tails", told("tails_table", condition=condition), _by_system(findings, findings.condition))
    cells, remarks = _cells(findings)
    return section(
        "tails",
        note=told("tails_note", dimension=dimension, condition=condition),
        method=_METHOD,
        tables=(by_system, Titled("worst-cells", told("worst_cells"), cells)),
        remarks=remarks,
    )


def _by_system(findings: Findings, condition: str) -> Table:
    main, decimals = findings.main, digits(findings.main)
    tries = next((found.tries for found in findings.worst_of.values()), 0)
    columns = (
        say("system"),
        say("mean", condition=condition_title(findings.view, condition)),
        *(told("worst_share", share=percent(share)) for share in reversed(SHARES)),
        told("tail_cards"),
        *((told("worst_of", tries=count(tries)),) if tries else ()),
        told("worst_card"),
        told("worst_card_score"),
    )
    rows = []
    for system in ranked(findings.view):
        cell = Cell(main.name, condition, system)
        worst, card = findings.tails(SHARES[0]).get(cell), findings.worst_cards.get(cell)
        values = [estimated(findings.summary.means.get(cell), decimals)]
        values += [
            estimated(tail.estimate if (tail := findings.tails(share).get(cell)) else None, decimals)
            for share in reversed(SHARES)
        ]
        values.append(counted(worst.cards) if worst else Value(""))
        if tries:
            several = findings.worst_of.get(cell)
            values.append(estimated(several.estimate if several else None, decimals))
        values += [named(card.card), plain(card.score, decimals)] if card else [Value(""), Value("")]
        rows.append(Row(visible(system), tuple(values)))
    return Table(columns, tuple(rows))


def _cells(findings: Findings) -> tuple[Table, tuple[Bilingual, ...]]:
    """List the worst cells: what they were picked by, and what they are worth when looked at again."""
    found, decimals = findings.worst_cells, digits(findings.main)
    again = isinstance(found, Reexamined)
    picked: list[Picked] = list(found.cells) if isinstance(found, Reexamined) else found
    columns = (
        say("system"), say("condition"), told("card"), told("picked_by" if again else "biased"),
        *((told("again"),) if again else ()),
    )  # fmt: skip
    rows = tuple(
        Row(
            visible(cell.system),
            (
                worded(condition_title(findings.view, cell.condition)), named(cell.card), plain(cell.score, decimals),
                *((plain(cell.again, decimals),) if again else ()),
            ),
        )
        for cell in picked
    )  # fmt: skip
    if isinstance(found, Reexamined):
        figure = number(found.again.mean, decimals)
        figure += f" {ends(found.again, decimals)}" if found.again.low is not None else ""
        remark = told("cells_again", picked=number(found.picked, decimals), again=figure)
    else:
        remark = told("cells_biased")
    return Table(columns, rows), (remark,)
