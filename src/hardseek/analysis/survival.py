"""Engagement as survival: how many exchanges the seeker stays for before leaving unhelped.

The event is leaving unhelped (`withdrew`), in the exchange in which it happens. Those who leave helped (`resolved`) and
those who are still there when the exchanges are used up (`limit`) are censored: until then they have not left unhelped,
and of what came after nothing is known. Failed dialogues and those of which the ending is not known are left out.

Being helped is not an interruption from outside. It ends the matter; so the curve says how well a system keeps those
whom it has not helped yet, and 1 minus the curve is more than the share that leaves unhelped. That share, with being
helped as a competing risk, is `left` (Aalen and Johansen, 1978, Scandinavian Journal of Statistics 5, 141).

    S(t) = product over u <= t of (1 - d_u / n_u)          Kaplan and Meier, 1958, JASA 53, 457
    left(t) = sum over u <= t of S(u - 1) d_u / n_u
    mean exchanges up to T = S(0) + S(1) + ... + S(T - 1)  the restricted mean; leaving in exchange u counts u

with n_u the dialogues that reach exchange u and d_u those left unhelped in it. Dialogues on one card are alike, for
which Greenwood's formula has no place. Intervals are therefore those of the bootstrap of means, cards drawn whole, of
pseudo-values: the curve plus the influence of each card on it (the infinitesimal jackknife: Jaeckel, 1972, Bell
Laboratories memorandum; of this curve, Reid, 1981, Annals of Statistics 9, 78),

    influence of card g on S(t) = -S(t) * sum over u <= t of (d_gu - n_gu d_u / n_u) / (n_u - d_u)

Were each dialogue a card of its own, the squares would add up to Greenwood's variance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from hardseek.analysis.bootstrap import Array, CardTotals, Estimate, estimate
from hardseek.analysis.cells import Grain
from hardseek.analysis.permutation import sign_flip

_BY_SYSTEM: Final[tuple[Grain, ...]] = ("system",)


@dataclass(frozen=True, slots=True)
class Curve:
    """How long the seekers of one group stay."""

    stay: tuple[Estimate, ...]
    """After exchange 1, 2, ...: the share that has not left unhelped by then, were nobody helped before; 0 to 1. `n`
    counts dialogues of the whole group."""
    left: tuple[float, ...]
    """After exchange 1, 2, ...: the share of all that has left unhelped by then."""
    at_risk: tuple[int, ...]
    """Dialogues that reach exchange 1, 2, ..."""
    exchanges: Estimate
    """The restricted mean: exchanges before leaving unhelped, counted up to the last of the curve."""
    events: int
    """Dialogues that were left unhelped."""
    left_out: int
    """Dialogues that failed, or of which the ending or any exchange is not known."""


@dataclass(frozen=True, slots=True)
class LogRank:
    """Whether the seekers of one group leave unhelped sooner than those of another."""

    excess: float
    """Leavings unhelped in the first group beyond those expected were the two alike; positive: it is left sooner."""
    p: float | None
    """Two-sided, by letting the groups change places card by card; None where they share no card."""
    cards: int
    """That both have; others are left out."""


@dataclass(frozen=True, slots=True)
class _Counts:
    """Of one group: cards x exchanges, and the dialogues of each card."""

    left: Array
    at_risk: Array
    dialogues: Array


def curves(dialogues: pl.DataFrame, within: Sequence[Grain] = _BY_SYSTEM) -> dict[tuple[str, ...], Curve]:
    """Estimate the curve of every condition and what is kept apart besides.

    Args:
        dialogues: with the columns `frames.DIALOGUES`.
        within: what to keep apart; the keys are (condition, ...) in this order.

    Returns:
        A curve for each group with a known ending; all go up to the last exchange of any dialogue.
    """
    known = _known(dialogues)
    groups = known.partition_by("condition", *within, as_dict=True)
    last = _last(known)
    everyone = {key: len(group) for key, group in dialogues.partition_by("condition", *within, as_dict=True).items()}
    counts = {key: _counts(group, last) for key, group in groups.items()}
    found = iter(estimate([totals for each in counts.values() for totals in _pseudo_values(each)]))
    estimated: dict[tuple[str, ...], Curve] = {}
    for key, each in counts.items():
        d, n = each.left.sum(axis=0), each.at_risk.sum(axis=0)
        before = np.concatenate([[1.0], _survival(d, n)[:-1]])
        estimated[key] = Curve(
            stay=tuple(next(found).within(0.0, 1.0) for _ in range(last)),
            left=tuple(np.cumsum(before * _hazard(d, n)).tolist()),
            at_risk=tuple(int(value) for value in n),
            exchanges=next(found).within(1.0, float(last)),
            events=int(d.sum()),
            left_out=everyone[key] - len(groups[key]),
        )
    return estimated


def log_rank(one: pl.DataFrame, other: pl.DataFrame) -> LogRank:
    """Compare two groups of dialogues with the same seekers, such as two systems under one condition.

    The statistic is that of the log-rank test (Mantel, 1966, Cancer Chemotherapy Reports 50, 163): leavings of the
    first group less those expected of it, exchange by exchange. Its usual variance takes dialogues for independent.
    Here, were the groups alike, each card's dialogues could as well have changed sides, all together; so the p-value is
    that of `permutation.sign_flip`, with what each card adds to the statistic in the place of its difference.

    Args:
        one: dialogues of the first group, with the columns `frames.DIALOGUES`.
        other: of the second.
    """
    first, second = _known(one), _known(other)
    last = max(_last(first), _last(second))
    cards = pl.Series(sorted(set(first["card"].to_list()) & set(second["card"].to_list())), dtype=pl.String)
    a, b = (
        _counts(group.filter(pl.col("card").cast(pl.String).is_in(cards.implode())), last) for group in (first, second)
    )
    d, n = (a.left + b.left).sum(axis=0), (a.at_risk + b.at_risk).sum(axis=0)
    added = ((a.left - b.left) - _hazard(d, n) * (a.at_risk - b.at_risk)).sum(axis=1) / 2
    (p,) = sign_flip([CardTotals(added, np.ones(len(added)))])
    return LogRank(float(added.sum()), p, len(cards))


def _known(dialogues: pl.DataFrame) -> pl.DataFrame:
    return dialogues.filter(
        pl.col("ending").is_not_null() & (pl.col("ending").cast(pl.String) != "failed") & (pl.col("exchanges") >= 1)
    )


def _last(known: pl.DataFrame) -> int:
    return int(known["exchanges"].to_numpy().max(initial=0))


def _counts(group: pl.DataFrame, last: int) -> _Counts:
    """Count by card and exchange who leaves unhelped in it and who reaches it; cards in the order of their names."""
    cards, card = np.unique(group["card"].cast(pl.String).to_numpy(), return_inverse=True)
    exchange = group["exchanges"].to_numpy().astype(np.intp) - 1
    withdrew = (group["ending"].cast(pl.String) == "withdrew").to_numpy()
    left, ends = np.zeros((len(cards), last)), np.zeros((len(cards), last))
    np.add.at(left, (card[withdrew], exchange[withdrew]), 1.0)
    np.add.at(ends, (card, exchange), 1.0)
    return _Counts(left, np.cumsum(ends[:, ::-1], axis=1)[:, ::-1], ends.sum(axis=1))


def _pseudo_values(counts: _Counts) -> list[CardTotals]:
    """Return pseudo-values summed by card: of the curve after each exchange, then of the restricted mean."""
    d, n = counts.left.sum(axis=0), counts.at_risk.sum(axis=0)
    curve = _survival(d, n)
    staying = n - d
    steps = np.divide(
        counts.left - _hazard(d, n) * counts.at_risk, staying, out=np.zeros_like(counts.left), where=staying > 0
    )
    influence = -curve * np.cumsum(steps, axis=1)
    sums = counts.dialogues[:, None] * curve + counts.dialogues.sum() * influence
    mean = counts.dialogues + sums[:, :-1].sum(axis=1)
    return [CardTotals(column, counts.dialogues) for column in (*sums.T, mean)]


def _hazard(d: Array, n: Array) -> Array:
    """Return the share of those who reach an exchange that leave unhelped in it; 0 where nobody reaches it."""
    hazard = np.zeros(d.shape)
    np.divide(d, n, out=hazard, where=n > 0)
    return hazard


def _survival(d: Array, n: Array) -> Array:
    return np.cumprod(1 - _hazard(d, n), dtype=np.float64)
