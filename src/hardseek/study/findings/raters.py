"""Systems compared with what is the rater's own taken out.

Raters differ in how severe they are, and not everybody rates every system. So for each dimension

    score = m(system, condition) + rater + dialogue + e

with the cells m fixed, raters and dialogues crossed and random (Baayen, Davidson and Bates, 2008, Journal of Memory
and Language 59, 390; fitted as `mixed` says). Dialogues are an effect only where some are rated by several people;
otherwise they are one with e. A system's mean under all conditions is the plain mean of its cells.

Intervals draw whole raters, the ratios of the variances fixed: they speak of other raters of this kind. With few raters
percentiles are too narrow, so a mean's interval is Student's, with one degree of freedom less than raters, around the
standard deviation of the draws, which is enlarged by sqrt(R / (R - 1)) as draws of R raters from R vary too little
(Davison and Hinkley, 1997, Bootstrap Methods and their Application, 2.3). Where dialogues have several raters, what
other dialogues would have brought is added to each draw, normal with the fitted variance. Systems are ranked in every
draw (Goldstein and Spiegelhalter, 1996, JRSS A 159, 385); ranks are percentiles.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import msgspec
import numpy as np

from hardseek.analysis.bootstrap import LEVEL, SEED, Array, resamples
from hardseek.judging import Dimension
from hardseek.language import Language
from hardseek.study.findings.material import Scored
from hardseek.study.findings.mixed import Fitted, Levels, carried, fit, redrawn

DRAWS: Final = 1_000
FEW: Final = 8
"""Below this number of raters the intervals of ranks are too narrow, as those of cards are (analysis.bootstrap)."""
_LOST: Final = 0.1
"""Share of draws in which a cell may be missing before no interval is given."""


class SystemMean(msgspec.Struct, frozen=True, kw_only=True):
    """One system on one dimension."""

    system: str
    raw: float
    """The plain mean of its scores."""
    mean: float
    """With raters taken out."""
    low: float | None
    high: float | None
    """95 %; None with fewer than two raters, or where too many draws lack a cell."""
    behind: float | None
    """Its mean less that of the first; None of the first itself, and where neither way is better."""
    behind_low: float | None
    behind_high: float | None
    """95 %, in the same draws: raters that both share are not counted as chance."""
    rank: float | None
    """1 is the best; None where neither way is better."""
    rank_low: float | None
    rank_high: float | None
    best: float | None
    """The share of draws in which it is the best, shared where several are."""
    scores: int


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """The systems on one dimension, the best first."""

    dimension: str
    language: Language | None
    """None: both together."""
    condition: str | None
    """None: all together, each weighing the same."""
    systems: tuple[SystemMean, ...]
    between_raters: float
    """Variance of raters, in squared points."""
    between_dialogues: float | None
    """None where every dialogue has one rater."""
    residual: float
    raters: int
    scores: int


@dataclass(frozen=True)
class Estimated:
    """A fitted dimension, with its draws."""

    cells: tuple[tuple[str, str], ...]
    """System and condition, in the order of the effects."""
    fitted: Fitted
    draws: Array
    """Draws x cells; NaN in draws that lack a cell."""
    scored: Sequence[Scored]

    def means(self, condition: str | None = None) -> dict[str, tuple[float, Array]]:
        """Return each system's mean and its draws, the cells of its conditions weighing the same."""
        found = {}
        for system in dict.fromkeys(system for system, _ in self.cells):
            kept = [
                place
                for place, (of, under) in enumerate(self.cells)
                if of == system and condition in {None, under}
            ]  # fmt: skip
            if kept:
                found[system] = (float(self.fitted.effects[kept].mean()), self.draws[:, kept].mean(axis=1))
        return found


def estimated(scored: Sequence[Scored]) -> Estimated | None:
    """Fit one dimension; None where there are no more scores than cells.

    Systems that lack a condition which others have are left out: their mean would be over other conditions.
    """
    scored = _even(scored)
    cells = tuple(sorted({(one.dialogue.system, one.dialogue.condition) for one in scored}))
    if len(scored) <= len(cells):
        return None
    y = np.array([one.score for one in scored])
    x = np.zeros((len(scored), len(cells)))
    x[np.arange(len(scored)), [cells.index((one.dialogue.system, one.dialogue.condition)) for one in scored]] = 1.0
    raters, dialogues = _levels([one.rater for one in scored]), _levels([one.dialogue.id for one in scored])
    several = len(np.unique(dialogues)) < len(scored)
    # One score a rater is no effect of raters: it is one with e.
    repeated = len(np.unique(raters)) < len(scored)
    effects = [*([raters] if repeated else []), *([dialogues] if several else [])]
    fitted = fit(y, x, effects)
    ratio = fitted.ratios[0] if repeated else 0.0
    other = (dialogues, fitted.ratios[-1]) if several else None
    count = int(raters.max()) + 1
    weights = np.concatenate(list(resamples(count, DRAWS)))
    draws = redrawn(y, x, (raters, ratio), weights, other) if count > 1 else np.full((DRAWS, len(cells)), np.nan)
    if several and count > 1:
        draws = draws + _other_dialogues(x, effects, fitted)
    named = Fitted(
        fitted.effects, (ratio, fitted.ratios[-1] if several else float("nan")), fitted.residual, fitted.deviance
    )
    return Estimated(cells, named, draws, scored)


def standings(scored: Sequence[Scored], dimension: Dimension, name: str, language: Language | None) -> list[Standing]:
    """Compare the systems on one dimension: over all conditions, then under each."""
    found = estimated(scored)
    if found is None:
        return []
    conditions = sorted({condition for _, condition in found.cells})
    wanted: list[str | None] = [None, *(conditions if len(conditions) > 1 else [])]
    return [_standing(found, dimension, name, language, condition) for condition in wanted]


def _standing(
    found: Estimated, dimension: Dimension, name: str, language: Language | None, condition: str | None
) -> Standing:
    means = found.means(condition)
    systems = list(means)
    values = np.array([mean for mean, _ in means.values()])
    drawn = np.column_stack([draws for _, draws in means.values()])
    drawn = drawn[~np.isnan(drawn).any(axis=1)]
    sure = len(drawn) >= (1 - _LOST) * DRAWS
    mine = [one for one in found.scored if condition in {None, one.dialogue.condition}]
    raters = len({one.rater for one in mine})
    reach = _reach(drawn, raters) if sure and raters > 1 else None
    directed = dimension.better != "neither"
    sign = -1.0 if dimension.better == "higher" else 1.0
    ranks = _ranks(sign * values[None])[0]
    of_draws = _ranks(sign * drawn) if sure else None
    places = np.quantile(of_draws, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0) if of_draws is not None else None
    best = _best(of_draws) if of_draws is not None else None
    first = int(np.argmin(ranks))
    sure_behind = directed and reach is not None
    apart = _reach(drawn - drawn[:, [first]], raters) if sure_behind else np.zeros(len(systems))
    rows = [
        SystemMean(
            system=system,
            raw=float(np.mean([one.score for one in mine if one.dialogue.system == system])),
            mean=float(values[at]),
            low=None if reach is None else float(values[at] - reach[at]),
            high=None if reach is None else float(values[at] + reach[at]),
            behind=float(values[at] - values[first]) if directed and at != first else None,
            behind_low=float(values[at] - values[first] - apart[at]) if sure_behind and at != first else None,
            behind_high=float(values[at] - values[first] + apart[at]) if sure_behind and at != first else None,
            rank=float(ranks[at]) if directed else None,
            rank_low=float(places[0, at]) if directed and places is not None else None,
            rank_high=float(places[1, at]) if directed and places is not None else None,
            best=float(best[at]) if directed and best is not None else None,
            scores=sum(one.dialogue.system == system for one in mine),
        )
        for at, system in enumerate(systems)
    ]
    of_raters, of_dialogues = found.fitted.components
    return Standing(
        dimension=name,
        language=language,
        condition=condition,
        systems=tuple(sorted(rows, key=lambda row: (row.rank or 0.0, row.system))),
        between_raters=of_raters,
        between_dialogues=None if np.isnan(of_dialogues) else of_dialogues,
        residual=found.fitted.residual,
        raters=raters,
        scores=len(mine),
    )


def _reach(draws: Array, raters: int) -> Array:
    """Return how far the interval of each mean reaches to either side."""
    from scipy.special import stdtrit

    width: Array = stdtrit(raters - 1, (1 + LEVEL) / 2) * draws.std(axis=0) * np.sqrt(raters / (raters - 1))
    return width


def _other_dialogues(x: Array, effects: Sequence[Levels], fitted: Fitted) -> Array:
    """Draw what other dialogues of these systems would bring to the cells, draws x cells.

    Draws of raters leave dialogues as they are where others rate them too.
    """
    brought = carried(x, effects, fitted.ratios, len(effects) - 1)
    generator = np.random.Generator(np.random.PCG64(SEED))
    normal: Array = generator.standard_normal((DRAWS, brought.shape[1])) @ brought.T
    spread: Array = normal * np.sqrt(fitted.components[-1])
    return spread


def _even(scored: Sequence[Scored]) -> list[Scored]:
    conditions: dict[str, set[str]] = {}
    for one in scored:
        conditions.setdefault(one.dialogue.system, set()).add(one.dialogue.condition)
    everywhere = {condition for those in conditions.values() for condition in those}
    return [one for one in scored if conditions[one.dialogue.system] == everywhere]


def _levels(names: Sequence[str]) -> Levels:
    return np.unique(np.array(names), return_inverse=True)[1].astype(np.intp)


def _ranks(values: Array) -> Array:
    from scipy.stats import rankdata

    ranks: Array = rankdata(values, axis=1)
    return ranks


def _best(ranks: Array) -> Array:
    first = ranks == ranks.min(axis=1, keepdims=True)
    shares: Array = (first / first.sum(axis=1, keepdims=True)).mean(axis=0)
    return shares
