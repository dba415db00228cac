"""How far participants agree with each other, per dimension and language."""

from collections.abc import Sequence
from typing import Final

import msgspec
import numpy as np

from hardseek.analysis.agreement import Score, figure, panel, people_statistics
from hardseek.analysis.agreement.panel import Panel
from hardseek.language import LANGUAGES, Language
from hardseek.study.findings.icc import icc_incomplete
from hardseek.study.findings.material import Scored

MEASURES: Final = ("icc", "alpha-ordinal", "alpha-interval", "qwk", "exact", "within-one")
"""`icc`: of single raters, also where not everybody rated everything; the last three: mean over pairs of raters."""
_SEVERAL: Final = 2


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """One measure on one dimension in one language."""

    measure: str
    dimension: str
    language: Language
    value: float | None
    """None where it is undefined."""
    low: float | None
    high: float | None
    """95 %, by drawing dialogues: for other dialogues and these raters."""
    dialogues: int
    """That two or more rated."""
    raters: int


def agreement(scored: Sequence[Scored], dimension: str) -> list[Agreement]:
    """Measure agreement on one dimension; nothing in languages in which no dialogue has two raters."""
    found = []
    for language in LANGUAGES:
        shared = _shared([one for one in scored if one.dialogue.language == language])
        if shared is None:
            continue
        statistics = people_statistics(shared) | {"icc": lambda weights, of=shared: icc_incomplete(of.scores, weights)}
        for name in MEASURES:
            made = figure(statistics[name], shared.clusters)
            found.append(
                Agreement(
                    measure=name, dimension=dimension, language=language, value=made.value, low=made.low,
                    high=made.high, dialogues=made.items, raters=len(shared.raters),
                )
            )  # fmt: skip
    return found


def _shared(scored: Sequence[Scored]) -> Panel | None:
    """Return the panel of the dialogues with two raters or more."""
    raters: dict[str, set[str]] = {}
    for one in scored:
        raters.setdefault(one.dialogue.id, set()).add(one.rater)
    kept = [one for one in scored if len(raters[one.dialogue.id]) >= _SEVERAL]
    if not kept:
        return None
    made = panel(Score(one.dialogue.id, one.rater, one.score) for one in kept)
    return made if not np.isnan(made.scores).all() else None
