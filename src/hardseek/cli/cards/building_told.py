"""How a build is told in the terminal: its stages, what was rejected and why, what it took, and what reviewers say."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING

from rich.table import Table

from hardseek.cards.building import Verdict
from hardseek.cards.building.reviewing import DECISIONS
from hardseek.cards.building.summary import Summary
from hardseek.chat import Price
from hardseek.cli.cards.told import folding
from hardseek.runs.tally import cost

if TYPE_CHECKING:
    from hardseek.analysis.agreement import Figure


def stages_table(found: Summary) -> Table:
    """Lay out how many items are where, with the reasons."""
    table = folding("", "Items", "Of them")
    table.columns[0].no_wrap = True
    table.columns[1].justify = "right"
    rows: list[tuple[str, int, str]] = [
        ("read", found.read, f"{found.skipped:,} more places held nothing" if found.skipped else ""),
        ("left out by the filter", sum(found.filtered.values()), counts(found.filtered)),
        ("no card could be made", sum(found.failed.values()), counts(found.failed)),
        ("waiting for the model", found.waiting, ""),
        ("cards", found.cards, counts({str(grade): number for grade, number in found.grades.items()})),
    ]
    for what, number, of_them in rows:
        table.add_row(what, f"{number:,}", of_them)
    return table


def details(found: Summary, price: Price | None) -> Iterator[str]:
    """Yield what else there is to say of a build, a line each."""
    yield removed(found.masked, found.masked_items, found.read)
    rejected = sum(found.rejected.values())
    if rejected + found.stand:
        share = found.stand / (rejected + found.stand)
        why = f"; {rejected:,} rejected: {counts(found.rejected)}" if rejected else ""
        number = f"{found.stand:,} of {found.stand + rejected:,} ({share:.1%})"
        yield f"Entries borne out by the seeker's own words: {number}{why}"
    if found.cards:
        unsure = f", {found.unsure:,} not surely enough" if found.unsure else ""
        yield f"Categories: {found.named:,} of {found.cards:,} cards have one{unsure}"
    if found.used.calls:
        untold = f" ({found.used.untold:,} answers without a count)" if found.used.untold else ""
        money = f"{cost(price, found.used.tokens_in, found.used.tokens_out):,.2f}" if price else "no price given"
        yield (
            f"Taken: {found.used.calls:,} calls, {found.used.tokens_in:,} tokens in, {found.used.tokens_out:,} out"
            f"{untold}; cost: {money}"
        )
    if found.faults:
        yield f"The server could not be asked {found.faults:,} times; the items concerned waited"


def removed(masked: Mapping[str, int], items: int, read: int) -> str:
    """Say which identifiers were taken out."""
    kinds = ", ".join(f"{kind}: {number:,}" for kind, number in masked.items())
    what = f"{kinds}; in {items:,} of {read:,} items" if masked else f"none found in {read:,} items"
    return f"Identifiers removed before anything was kept or sent: {what}"


def reviewers_table(verdicts: Sequence[Verdict]) -> Table:
    """Lay out what each reviewer decided."""
    table = folding("Reviewer", "Cards", *DECISIONS, "Reasons of rejections")
    for reviewer in dict.fromkeys(verdict.reviewer for verdict in verdicts):
        mine = [verdict for verdict in verdicts if verdict.reviewer == reviewer]
        decided = Counter(verdict.decision for verdict in mine)
        reasons = Counter(verdict.reason for verdict in mine if verdict.reason)
        table.add_row(
            reviewer,
            f"{len(mine):,}",
            *(f"{decided[each]:,}" for each in DECISIONS),
            counts(dict(reasons.most_common())),
        )
    return table


def agreements(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Yield how far each pair of reviewers agrees on keeping a card (as it is or edited) or rejecting it.

    Kappa is Cohen's; over two classes the quadratically weighted one is the same.
    """
    # Only here: numpy is slow to import.
    from hardseek.analysis.agreement import Score, exact, figure, panel, quadratic_kappa

    given = [Score(str(verdict.number), verdict.reviewer, float(verdict.keeps)) for verdict in verdicts]
    raters = {score.rater for score in given}
    by_reviewer = {reviewer: {score.item for score in given if score.rater == reviewer} for reviewer in raters}
    for one, other in combinations(sorted(by_reviewer), 2):
        shared = by_reviewer[one] & by_reviewer[other]
        if not shared:
            yield f"{one} and {other}: no card reviewed by both"
            continue
        both = panel((score for score in given if score.rater in {one, other}), items=sorted(shared))
        same = figure(partial(exact, both.of(one), both.of(other)), both.clusters)
        kappa = figure(partial(quadratic_kappa, both.of(one), both.of(other)), both.clusters)
        yield (
            f"{one} and {other}: {len(shared):,} cards by both, {same.value:.0%} agreement on keeping or rejecting, "
            f"Cohen's kappa {_interval(kappa)}"
        )


def counts(numbers: Mapping[str, int]) -> str:
    """Word counts: `3 too short, 1 duplicate`."""
    return ", ".join(f"{number:,} {what}" for what, number in numbers.items())


def _interval(found: "Figure") -> str:
    if found.value is None:
        return "not defined (nobody varies)"
    interval = f" [{found.low:.2f}, {found.high:.2f}]" if found.low is not None and found.high is not None else ""
    return f"{found.value:.2f}{interval}"
