"""How far coders agree: kappa and alpha for each code, and alpha over all decisions.

Each unit (a turn, a note) is a decision for each code that can be about it: given or not. Only sources count that two
coders or more have finished, as what is unmarked may be unread. Per code: Cohen's kappa (Cohen, 1960, Educational and
Psychological Measurement 20, 37; the quadratic weights change nothing with two values), its mean over the pairs of
coders; and Krippendorff's nominal alpha. Overall: nominal alpha over the decisions of all codes together, in which
common codes weigh as rare ones do. 95 % intervals draw whole dialogues and notes.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from hardseek.analysis.agreement import Score, figure, panel, people_statistics
from hardseek.study.coding.codebook import Code
from hardseek.study.coding.marks import Coding, pairs

_SEVERAL: Final = 2


class CodeAgreement(msgspec.Struct, frozen=True, kw_only=True):
    """One measure of one code, or of all."""

    code: str | None
    """None: all together."""
    measure: str
    """`kappa`, `alpha` or `exact` (the share of pairs of coders who say the same)."""
    value: float | None
    """None where it is undefined, as when nobody gave the code."""
    low: float | None
    high: float | None
    given: int
    """How often coders gave it, each counting."""
    units: int
    sources: int


def code_agreement(coding: Coding) -> list[CodeAgreement]:
    """Measure how far coders agree, on all codes together and on each; nothing where no source has two coders."""
    found = []
    for code in (None, *coding.codes):
        codes = coding.codes if code is None else (code,)
        decisions = _decisions(coding, codes)
        if not decisions:
            continue
        made = panel(decisions)
        statistics = people_statistics(made)
        measures = {"alpha": "alpha-nominal", "exact": "exact"} | ({"kappa": "qwk"} if code is not None else {})
        for measure, name in measures.items():
            told = figure(statistics[name], made.clusters)
            found.append(
                CodeAgreement(
                    code=code.name if code is not None else None, measure=measure, value=told.value, low=told.low,
                    high=told.high, given=int(sum(one.score for one in decisions)), units=told.items,
                    sources=told.clusters,
                )
            )  # fmt: skip
    return found


def _decisions(coding: Coding, codes: Sequence[Code]) -> list[Score]:
    given = coding.given()
    found = []
    for source in coding.sources:
        coders = sorted(coding.done.get(source.name, ()))
        if len(coders) < _SEVERAL:
            continue
        for unit, code in pairs(source, codes):
            who = given.get((unit, code.name), frozenset())
            item = f"{unit.source}/{unit.place}/{code.name}"
            found += [Score(item, coder, float(coder in who), source.name) for coder in coders]
    return found
