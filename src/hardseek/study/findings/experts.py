"""Experts against simulated seekers: do both write, resist and end alike under the same condition?

Each figure is counted over all dialogues of a language and condition, shares and means as ratios of sums. Intervals
draw whole participants on the one side and whole cards on the other, independently; a difference whose interval leaves
0 out can be told from chance.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec
import numpy as np

from hardseek.analysis.bootstrap import LEVEL, SEED, Array, resamples
from hardseek.dialogues import Dialogue
from hardseek.language import LANGUAGES, Language
from hardseek.study.findings.manners import COUNTERS, LENGTH, lengths
from hardseek.study.findings.material import Material

DRAWS: Final = 1_000
_Draws = Array | None
_Figure = tuple[float, _Draws]


class Contrast(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of experts and of simulated seekers under one condition."""

    measure: str
    language: Language
    condition: str
    experts: float
    experts_low: float | None
    experts_high: float | None
    simulated: float
    simulated_low: float | None
    simulated_high: float | None
    difference: float
    """Simulated less experts."""
    low: float | None
    high: float | None
    """95 %; None with one participant or card."""
    expert_dialogues: int
    simulated_dialogues: int

    @property
    def apart(self) -> bool:
        """Whether the interval of the difference leaves 0 out."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


def contrasts(material: Material, simulated: Sequence[Dialogue]) -> list[Contrast]:
    """Hold experts' dialogues against simulated ones, by language and condition that both have."""
    experts = _sorted(material.played, lambda dialogue: material.players[dialogue.id])
    others = _sorted([one for one in simulated if one.ending != "failed"], lambda dialogue: dialogue.card)
    found = []
    for language in LANGUAGES:
        for condition in sorted({under for of, under in experts.keys() & others.keys() if of == language}):
            found += _contrasts(language, condition, experts[language, condition], others[language, condition])
    return found


def _contrasts(
    language: Language, condition: str, experts: Sequence[Sequence[Dialogue]], others: Sequence[Sequence[Dialogue]]
) -> list[Contrast]:
    made = []
    ours, theirs = _figures(experts, SEED), _figures(others, SEED + 1)
    for measure in ours.keys() & theirs.keys():
        (expert, expert_draws), (other, other_draws) = ours[measure], theirs[measure]
        apart = other_draws - expert_draws if expert_draws is not None and other_draws is not None else None
        low, high = _ends(apart)
        made.append(
            Contrast(
                measure=measure, language=language, condition=condition, experts=expert,
                experts_low=_ends(expert_draws)[0], experts_high=_ends(expert_draws)[1], simulated=other,
                simulated_low=_ends(other_draws)[0], simulated_high=_ends(other_draws)[1], difference=other - expert,
                low=low, high=high, expert_dialogues=sum(map(len, experts)), simulated_dialogues=sum(map(len, others)),
            )
        )  # fmt: skip
    order = [*COUNTERS, LENGTH]
    return sorted(made, key=lambda one: order.index(one.measure))


def _sorted(
    dialogues: Sequence[Dialogue], cluster: Callable[[Dialogue], str]
) -> Mapping[tuple[Language, str], list[list[Dialogue]]]:
    """Put dialogues together by language and condition, those of one cluster in one list."""
    found: dict[tuple[Language, str], dict[str, list[Dialogue]]] = defaultdict(lambda: defaultdict(list))
    for dialogue in dialogues:
        found[dialogue.language, dialogue.condition][cluster(dialogue)].append(dialogue)
    return {key: list(clusters.values()) for key, clusters in found.items()}


def _figures(clusters: Sequence[Sequence[Dialogue]], seed: int) -> dict[str, _Figure]:
    """Return each figure with its draws; what never came, such as answers to advice, has none."""
    weights = np.concatenate(list(resamples(len(clusters), DRAWS, seed))) if len(clusters) > 1 else None
    found: dict[str, _Figure] = {}
    for name, counter in COUNTERS.items():
        counts = [[counter(dialogue) for dialogue in dialogues] for dialogues in clusters]
        holds = np.array([sum(count.holds for count in each) for each in counts], dtype=np.float64)
        of = np.array([sum(count.of for count in each) for each in counts], dtype=np.float64)
        if of.sum():
            found[name] = (float(holds.sum() / of.sum()), _ratios(holds, of, weights))
    words = [[value for dialogue in dialogues for value in lengths(dialogue)] for dialogues in clusters]
    if any(words):
        found[LENGTH] = (float(np.median([value for each in words for value in each])), _medians(words, weights))
    return found


def _ratios(holds: Array, of: Array, weights: Array | None) -> _Draws:
    if weights is None:
        return None
    below = weights @ of
    shares: Array = np.divide(weights @ holds, below, out=np.full(len(below), np.nan), where=below > 0)
    return shares


def _medians(words: Sequence[Sequence[float]], weights: Array | None) -> _Draws:
    """Return the median in each draw: the first value at which half of the weight is reached."""
    if weights is None:
        return None
    values = np.array([value for each in words for value in each])
    belongs = np.repeat(np.arange(len(words)), [len(each) for each in words])
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[:, belongs[order]], axis=1)
    half = reached[:, -1:] / 2
    medians: Array = values[order][np.minimum((reached < half).sum(axis=1), len(values) - 1)]
    return medians


def _ends(draws: _Draws) -> tuple[float | None, float | None]:
    known = draws[~np.isnan(draws)] if draws is not None else None
    if known is None or not len(known):
        return None, None
    low, high = np.quantile(known, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)
