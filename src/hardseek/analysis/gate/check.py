"""Checking the rules of a gate against a run."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from hardseek.analysis.gate.finding import Found, find
from hardseek.analysis.gate.places import places, refuse_unknown
from hardseek.analysis.gate.rules import CountRule, DropRule, EndingRule, Estimated, Gate, MeanRule, Rule, TailRule
from hardseek.judging import Dimension

Verdict = Literal["kept", "broken", "not known"]


@dataclass(frozen=True, slots=True)
class Check:
    """One rule in one place."""

    rule: str
    place: str
    """System, condition and language."""
    verdict: Verdict
    found: float | None
    """The estimate, share or count; None where there is none."""
    low: float | None
    high: float | None
    """The ends of its 95 % interval, where it has one."""
    limit: str
    """What was allowed, in words."""
    why: str
    """Why it is not kept, and what the figure is of; can be empty."""


def check(gate: Gate, dialogues: pl.DataFrame, measures: pl.DataFrame, dimensions: Sequence[Dimension]) -> list[Check]:
    """Check every rule in every place where it has to be kept.

    Args:
        gate: the rules.
        dialogues: of the run, with the columns `frames.DIALOGUES`.
        measures: of the run, with the columns `frames.MEASURES`.
        dimensions: what was measured.

    Raises:
        Refused: a rule names a dimension, system, condition or language that the run does not have.
    """
    names = pl.col("system", "condition", "language", "card").cast(pl.String)
    dialogues, measures = dialogues.with_columns(names), measures.with_columns(names)
    known = {dimension.name: dimension for dimension in dimensions}
    refuse_unknown(gate, dialogues, known)
    return list(_checks(gate, dialogues, measures, known))


def _checks(
    gate: Gate, dialogues: pl.DataFrame, measures: pl.DataFrame, known: dict[str, Dimension]
) -> Iterator[Check]:
    for rule in gate.rules:
        limit, somewhere = limit_of(rule), False
        dimension = None if isinstance(rule, EndingRule) else known[rule.dimension]
        allowed = gate.unscored_at_most if rule.unscored_at_most is None else rule.unscored_at_most
        for place in places(rule, gate, dialogues, measures):
            somewhere = True
            found = find(rule, place, dimension, gate.reference)
            verdict, why = _judged(rule, found, allowed)
            told = "; ".join(part for part in (why, found.said) if part)
            yield Check(title(rule), place.name, verdict, found.value, found.low, found.high, limit, told)
        if not somewhere:
            yield Check(
                title(rule), "nowhere", "not known", None, None, None, limit, "there are no dialogues of this kind"
            )


def _judged(rule: Rule, found: Found, allowed: float) -> tuple[Verdict, str]:
    """Say whether a rule is kept, and why not. What is not known is not kept."""
    unknown = _unknown(rule, found, allowed)
    if unknown or found.value is None:
        return "not known", unknown
    if not _within(rule, found.value, found.value):
        return "broken", "outside the limit"
    if (
        found.low is not None
        and found.high is not None
        and _on_bound(rule)
        and not _within(rule, found.low, found.high)
    ):
        return "broken", "inside the limit, but chance could have put it there: its interval is not inside"
    return "kept", ""


def _unknown(rule: Rule, found: Found, allowed: float) -> str:
    """Say why a rule cannot be told to be kept or broken; nothing where it can."""
    if found.of == 0:
        return "there are no dialogues"
    if found.missing > allowed * found.of:
        return f"{found.missing:,} of {found.of:,} scores are missing, more than a share of {allowed:g}"
    if found.value is None:
        return "there is nothing to make it of, such as pairs"
    if found.low is None and _on_bound(rule):
        return "no interval with fewer than two cards; `by: point` goes without"
    return ""


def _on_bound(rule: Rule) -> bool:
    return isinstance(rule, Estimated) and rule.by == "bound"


def _within(rule: Rule, low: float, high: float) -> bool:
    return (rule.at_least is None or low >= rule.at_least) and (rule.at_most is None or high <= rule.at_most)


def title(rule: Rule) -> str:
    """Word what a rule is about, where it has no name of its own."""
    if rule.name:
        return rule.name
    if isinstance(rule, EndingRule):
        return f"share of dialogues that end {rule.ending}"
    if isinstance(rule, CountRule):
        mark = f"below {rule.below:g}" if rule.below is not None else f"above {rule.above:g}"
        return f"dialogues with {rule.dimension} {mark}"
    if isinstance(rule, TailRule):
        return f"worst {rule.share:.0%} of {rule.dimension}"
    if isinstance(rule, DropRule):
        return f"drop of {rule.dimension}"
    return f"mean of {rule.dimension}" if isinstance(rule, MeanRule) else f"worst card of {rule.dimension}"


def limit_of(rule: Rule) -> str:
    """Word what a rule allows."""
    limits = [
        f"{words} {value:g}"
        for words, value in (("at least", rule.at_least), ("at most", rule.at_most))
        if value is not None
    ]
    bound = " (whole interval)" if _on_bound(rule) else ""
    return " and ".join(limits) + bound
