"""How far coders agree: kappa and alpha for each code, and alpha over all decisions.

Each unit (a turn, a note) is a decision for each code that can be about it: given or not. Only sources count that two
coders or more have finished, as what is unmarked may be unread. Per code: Cohen's kappa (Cohen, 1960, Educational and
Psychological Measurement 20, 37), its mean over the pairs of coders; and Krippendorff's nominal alpha (Krippendorff,
2019, Content Analysis, 4th ed., ch. 12). Overall: nominal alpha over the decisions of all codes together, in which
common codes weigh as rare ones do. 95 % intervals draw whole dialogues and notes.

A page shows this while others chat, so it is computed from what each dialogue adds up to (how often two coders say the
same and what, how often a code was given), never unit by unit in every draw.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import msgspec
import numpy as np

from hardseek.analysis.agreement import figure, mean_of
from hardseek.analysis.agreement.draws import Statistic
from hardseek.analysis.agreement.moments import ratio
from hardseek.analysis.bootstrap import Array
from hardseek.study.coding.codebook import Code
from hardseek.study.coding.marks import Coding, Source, Unit, pairs

_SEVERAL = 2


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


@dataclass(frozen=True)
class _Sums:
    """What the decisions on some codes add up to, dialogue by dialogue."""

    of_pairs: Array
    """Sources x pairs of coders x (neither, the second, the first, both) gave it."""
    of_values: Array
    """Sources x (times given, times not given, agreement): the last as alpha counts it, of units with two or more."""
    units: int

    def joined(self, other: "_Sums") -> "_Sums":
        return _Sums(self.of_pairs + other.of_pairs, self.of_values + other.of_values, self.units + other.units)


def code_agreement(coding: Coding) -> list[CodeAgreement]:
    """Measure how far coders agree, on all codes together and on each; nothing where no source has two coders."""
    sources = [source for source in coding.sources if len(coding.done.get(source.name, ())) >= _SEVERAL]
    if not sources or not coding.codes:
        return []
    coders = sorted({coder for source in sources for coder in coding.done[source.name]})
    given = coding.given()
    by_code = {code.name: _sums(coding, code, sources, coders, given) for code in coding.codes}
    first, *others = by_code.values()
    everything = first
    for other in others:
        everything = everything.joined(other)
    return _measured(None, everything) + [
        row for name, sums in by_code.items() for row in _measured(name, sums) if sums.units
    ]


def _sums(
    coding: Coding,
    code: Code,
    sources: Sequence[Source],
    coders: Sequence[str],
    given: dict[tuple[Unit, str], frozenset[str]],
) -> _Sums:
    both = list(combinations(range(len(coders)), 2))
    of_pairs, of_values = np.zeros((len(sources), len(both), 4)), np.zeros((len(sources), 3))
    units = 0
    for row, source in enumerate(sources):
        done = [coder in coding.done[source.name] for coder in coders]
        raters = sum(done)
        present = [(at, one, other) for at, (one, other) in enumerate(both) if done[one] and done[other]]
        for unit, _ in pairs(source, (code,)):
            units += 1
            who = given.get((unit, code.name), frozenset())
            said = [coder in who for coder in coders]
            for at, one, other in present:
                of_pairs[row, at, 2 * said[one] + said[other]] += 1
            yes = len(who)
            no = raters - yes
            of_values[row] += (yes, no, (yes * (yes - 1) + no * (no - 1)) / (raters - 1))
    return _Sums(of_pairs, of_values, units)


def _measured(code: str | None, sums: _Sums) -> list[CodeAgreement]:
    kept = sums.of_values[:, :2].sum(axis=1) > 0
    of_pairs, of_values = sums.of_pairs[kept], sums.of_values[kept]
    statistics: dict[str, Statistic] = {
        "alpha": lambda weights: _alpha(weights @ of_values),
        "exact": lambda weights: _over_pairs(weights, of_pairs, _exact),
    }
    if code is not None:
        statistics["kappa"] = lambda weights: _over_pairs(weights, of_pairs, _kappa)
    found = []
    for measure, statistic in statistics.items():
        told = figure(statistic, np.arange(int(kept.sum()), dtype=np.intp))
        found.append(
            CodeAgreement(
                code=code, measure=measure, value=told.value, low=told.low, high=told.high,
                given=int(of_values[:, 0].sum()), units=sums.units, sources=told.clusters,
            )
        )  # fmt: skip
    return found


def _alpha(sums: Array) -> Array:
    """Return nominal alpha of each draw: one minus observed over expected disagreement."""
    yes, no, agreed = sums.T
    number = yes + no
    return 1 - ratio((number - agreed) * (number - 1), number**2 - yes**2 - no**2)


def _over_pairs(weights: Array, of_pairs: Array, measure: Statistic) -> Array:
    """Average a measure over the pairs of coders in each draw; pairs for which it is undefined do not count."""
    return mean_of(np.stack([measure(weights @ of_pairs[:, at]) for at in range(of_pairs.shape[1])], axis=1))


def _exact(counts: Array) -> Array:
    return ratio(counts[:, 0] + counts[:, 3], counts.sum(axis=1))


def _kappa(counts: Array) -> Array:
    whole = counts.sum(axis=1)
    one, other = counts[:, 2] + counts[:, 3], counts[:, 1] + counts[:, 3]
    by_chance = ratio(one * other + (whole - one) * (whole - other), whole**2)
    return 1 - ratio(1 - _exact(counts), 1 - by_chance)
