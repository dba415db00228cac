"""What a rule finds in one place."""

from dataclasses import dataclass, replace

import polars as pl

from hardseek.analysis.bootstrap import LEVEL, Estimate, estimate
from hardseek.analysis.bounds import expected
from hardseek.analysis.cells import card_totals
from hardseek.analysis.frames import comparable
from hardseek.analysis.gate.places import Place
from hardseek.analysis.gate.rules import CountRule, DropRule, EndingRule, MeanRule, Rule, TailRule
from hardseek.analysis.means import means
from hardseek.analysis.pairs import pairs
from hardseek.analysis.tail import tails
from hardseek.analysis.worst import worst_cells
from hardseek.judging import Dimension


@dataclass(frozen=True, slots=True)
class Found:
    """A figure, and what it rests on."""

    value: float | None
    """None where there is nothing to make it of."""
    low: float | None = None
    high: float | None = None
    """The ends of its 95 % interval; None where it has none."""
    missing: int = 0
    """Scores that should be there and are not."""
    of: int = 0
    """Scores that should be there."""
    said: str = ""
    """What else a reader wants to know, such as which card it is."""


def find(rule: Rule, place: Place, dimension: Dimension | None, reference: str) -> Found:
    """Find what a rule is about.

    Args:
        rule: the rule.
        place: where.
        dimension: that the rule names; None for a rule about endings.
        reference: the condition that drops are counted from.
    """
    if dimension is None or isinstance(rule, EndingRule):
        return _ending(rule, place)
    scores = comparable(place.measures, place.dialogues).filter(pl.col("dimension").cast(pl.String) == dimension.name)
    should = expected(place.measures, place.dialogues, dimension)
    lacking = int(should["score"].null_count())
    if isinstance(rule, CountRule):
        mark = pl.col("score") < rule.below if rule.below is not None else pl.col("score") > rule.above
        return Found(float(scores.filter(mark).height), missing=lacking, of=should.height)
    said = ""
    result: Estimate | None
    if isinstance(rule, MeanRule):
        result = next(iter(means(scores, [dimension], []).values()), None)
    elif isinstance(rule, DropRule):
        totals = card_totals(pairs(scores, dimension, reference), "drop", [])
        result = next(iter(estimate(list(totals.values()))), None)
    elif isinstance(rule, TailRule):
        tail = next(iter(tails(scores, [dimension], rule.share, []).values()), None)
        result = tail.estimate if tail is not None else None
        said = f"dialogues: {tail.dialogues}, cards: {tail.cards}" if tail is not None else ""
    else:
        worst = next(iter(worst_cells(scores, dimension, 1)), None)
        result = Estimate(worst.score, None, None, worst.n, 1) if worst is not None else None
        said = f"{worst.card}, dialogues: {worst.n}" if worst is not None else ""
    if result is None:
        return Found(None, missing=lacking, of=should.height)
    return Found(result.mean, result.low, result.high, lacking, should.height, said)


def _all_alike(share: Estimate) -> Estimate:
    """Give a share of 0 or 1 the interval that it has by the number of cards (Clopper and Pearson, 1934).

    A bootstrap of scores that are all the same knows no doubt, and a rule would be kept for want of cards.
    """
    reach = ((1 - LEVEL) / 2) ** (1 / share.cards)
    return replace(share, low=0.0, high=1 - reach) if not share.mean else replace(share, low=reach, high=1.0)


def _ending(rule: Rule, place: Place) -> Found:
    """Find the share of an ending; failed dialogues, and those of which the ending is not known, are missing."""
    wanted = rule.ending if isinstance(rule, EndingRule) else "unknown"
    ending = pl.col("ending").cast(pl.String).fill_null("unknown")
    lacking = ["failed", "unknown"] if wanted != "unknown" else ["failed"]
    held = place.dialogues.filter(~ending.is_in(lacking)).with_columns(
        dimension=pl.lit("ending"), ended=(ending == wanted).cast(pl.Float64)
    )
    results = estimate(list(card_totals(held, "ended", []).values()))
    missing = place.dialogues.height - held.height
    if not results:
        return Found(None, missing=missing, of=place.dialogues.height)
    share = results[0].within(0, 1)
    if share.mean in {0.0, 1.0}:
        share = _all_alike(share)
    return Found(share.mean, share.low, share.high, missing, place.dialogues.height)
