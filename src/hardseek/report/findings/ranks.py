"""The order of the systems, and how sure it is."""

from collections.abc import Sequence

from hardseek.analysis import Estimate, Rank
from hardseek.report.chart import Figure, lay
from hardseek.report.findings.cells import plain, shared
from hardseek.report.findings.findings import Findings
from hardseek.report.findings.section import Section, Titled, section, shown, told
from hardseek.report.numbers import count, digits, interval, number
from hardseek.report.safe import visible
from hardseek.report.table import Row, Table, Value
from hardseek.report.titles import condition_title, dimension_title
from hardseek.report.words import Bilingual, say


def ranks(findings: Findings) -> Section:
    """Show the ranks with their intervals, and which systems are not told apart."""
    found, main = findings.ranking, findings.main
    if found is None or findings.condition is None:
        absent = told("ranks_neither" if not findings.ordered else "ranks_none")
        return section("ranks", note=told("ranks_absent"), method=_METHOD, absent=absent)
    condition = condition_title(findings.view, findings.condition)
    note = told("ranks_note", dimension=dimension_title(main), condition=condition, cards=count(found.cards))
    columns = (say("system"), say("mean", condition=condition), told("rank"), told("best"))
    rows = tuple(
        Row(
            visible(rank.system),
            (plain(rank.mean, digits(main)), _rank(rank, _decimals(found.ranks)), shared(rank.best)),
        )
        for rank in found.ranks
    )
    lines: list[tuple[str, list[Figure]]] = [
        (visible(rank.system), [("hard", rank.rank, rank.low, rank.high)]) for rank in found.ranks
    ]
    picture = lay(lines, _decimals(found.ranks), scale=(1.0, float(len(found.ranks))))
    return section(
        "ranks",
        note=note,
        method=_METHOD,
        pictures=(shown("ranks", told("ranks_picture", condition=condition), picture),),
        tables=(Titled("ranks", told("ranks_table"), Table(columns, rows)),),
        remarks=_remarks(found.groups, found.left_out),
    )


_METHOD = "estimates.md#ranks-and-groups-ranks-groups"


def _decimals(ranks: Sequence[Rank]) -> int:
    """Return the decimals that ranks need: those of systems that score the same are halves."""
    ends = [end for rank in ranks for end in (rank.rank, rank.low, rank.high) if end is not None]
    return 0 if all(end == int(end) for end in ends) else 1


def _rank(rank: Rank, decimals: int) -> Value:
    ends = "" if rank.low is None else interval(Estimate(rank.rank, rank.low, rank.high, 0, 0), decimals)
    return Value(number(rank.rank, decimals), ends, rank.rank)


def _remarks(groups: tuple[tuple[str, ...], ...], left_out: int) -> tuple[Bilingual, ...]:
    remarks = [told("ranks_together", systems=", ".join(visible(name) for name in group)) for group in groups]
    if not groups:
        remarks.append(told("ranks_apart"))
    if left_out:
        remarks.append(told("ranks_left_out", n=count(left_out)))
    return tuple(remarks)
