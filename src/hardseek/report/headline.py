"""The finding in plain words, with its uncertainty."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from hardseek.analysis import Cell, Drop
from hardseek.analysis.bootstrap import FEW_CARDS
from hardseek.report.numbers import count, digits, interval, number
from hardseek.report.safe import visible
from hardseek.report.titles import condition_title, dimension_title
from hardseek.report.view import RunView
from hardseek.report.words import Bilingual, say

DISCOVERY = 0.05
"""Drops with a q-value below this are called beyond chance."""


@dataclass(frozen=True, slots=True)
class Headline:
    """What the report says first."""

    finding: Bilingual
    details: tuple[Bilingual, ...]
    notes: tuple[Bilingual, ...]
    """What a reader must know before believing it."""


def headline(view: RunView) -> Headline:
    """Word the finding of a run on its headline dimension."""
    finding, details = _finding(view)
    return Headline(finding, details, _notes(view))


def _finding(view: RunView) -> tuple[Bilingual, tuple[Bilingual, ...]]:
    summary, main = view.summary, view.main
    dimension = dimension_title(main)
    total = summary.outcomes_of()
    if not total.total:
        return say("head_nothing"), ()
    if not total.finished:
        return say("head_failed", n=count(total.total)), (say("detail_reasons"),)
    if not any(cell.dimension == main.name for cell in summary.means):
        return say("head_unscored", dimension=dimension), (say("detail_reasons"),)
    if summary.reference is None or summary.focus is None:
        return _mean(view, dimension)
    drop = summary.drops.get(Cell(main.name, summary.focus))
    names = {
        "hard": condition_title(view, summary.focus),
        "reference": condition_title(view, summary.reference),
        "dimension": dimension,
    }
    return (say("head_unpaired", **names), ()) if drop is None else _drop(view, drop, names)


def _mean(view: RunView, dimension: Bilingual) -> tuple[Bilingual, tuple[Bilingual, ...]]:
    """Word the mean of the first condition that has one: there is nothing to hold it against."""
    summary, main = view.summary, view.main
    condition = next(name for name in summary.conditions if Cell(main.name, name) in summary.means)
    mean, places = summary.means[Cell(main.name, condition)], digits(main)
    title = condition_title(view, condition)
    finding = say("head_mean", dimension=dimension, condition=title, mean=number(mean.mean, places))
    if len(summary.conditions) > 1:
        return finding, ()
    if mean.low is None:
        return finding, (say("detail_mean_point", n=count(mean.n)),)
    ends = {"low": number(mean.low, places), "high": number(mean.high, places)}
    return finding, (say("detail_mean", **ends, n=count(mean.n), cards=count(mean.cards)),)


def _drop(view: RunView, drop: Drop, names: dict[str, Bilingual]) -> tuple[Bilingual, tuple[Bilingual, ...]]:
    """Word the drop: of several systems how many lose and which most, of one what it loses."""
    each = _by_system(view)
    if view.main.better == "neither":
        sides = {"before": number(drop.reference, digits(view.main)), "after": number(drop.hard, digits(view.main))}
        finding, more = say("head_differs", **sides, **names), _many_differ(each)
    elif len(each) > 1:
        finding, more = _of_many(view, each, drop, names), (_least(view, each, names), say("detail_counted"))
    else:
        finding, more = _change(view, drop, visible(each[0][0]), "_one", names), ()
    return finding, (_sides(view, drop, names, say("detail_all") if len(each) > 1 else ""), *more)


def _by_system(view: RunView) -> list[tuple[str, Drop]]:
    """Return the drop of each system that has one, the least first."""
    summary = view.summary
    found = [
        (system, summary.drops[cell])
        for system in summary.systems
        if summary.focus and (cell := Cell(view.main.name, summary.focus, system)) in summary.drops
    ]
    return sorted(found, key=lambda pair: (pair[1].estimate.mean or 0.0, pair[0]))


def _of_many(view: RunView, each: Sequence[tuple[str, Drop]], pooled: Drop, names: dict[str, Bilingual]) -> Bilingual:
    """Word the drops of several systems; their mean would hide that some lose and others have nothing to lose."""
    losing = [(system, drop) for system, drop in each if drop.q < DISCOVERY and (drop.estimate.mean or 0.0) > 0]
    if not losing:
        return _change(view, pooled, say("who_systems"), "_none", names)
    system, most = losing[-1]
    told = {"who": visible(system), "drop": _figure(view, most), "k": count(len(losing)), "n": count(len(each))}
    key = "head_some_one" if len(losing) == 1 else "head_all" if len(losing) == len(each) else "head_some"
    return say(key, **told, **names)


def _change(
    view: RunView, drop: Drop, who: str | Bilingual, of: Literal["_one", "_none"], names: dict[str, Bilingual]
) -> Bilingual:
    """Word one drop: of one system, or of several none of which loses more than chance explains."""
    estimate = drop.estimate
    amount = number(abs(estimate.mean or 0.0), digits(view.main))
    if estimate.low is not None and estimate.low > 0:
        return say(f"head_loss{of}", who=who, drop=amount, **names)
    if estimate.high is not None and estimate.high < 0:
        return say(f"head_gain{of}", who=who, drop=amount, **names)
    return say(f"head_unclear{of}", who=who, drop=_figure(view, drop), **names)


def _sides(view: RunView, drop: Drop, names: dict[str, Bilingual], who: str | Bilingual) -> Bilingual:
    """Word the means on both sides of a drop, and what they are made of."""
    estimate, places = drop.estimate, digits(view.main)
    sides = {"before": number(drop.reference, places), "after": number(drop.hard, places), "n": count(estimate.n)}
    if estimate.low is None:
        return say("detail_drop_point", who=who, **sides, **names)
    key = "detail_differs" if view.main.better == "neither" else "detail_drop"
    return say(key, who=who, drop=_figure(view, drop), cards=count(estimate.cards), **sides, **names)


def _many_differ(each: Sequence[tuple[str, Drop]]) -> tuple[Bilingual, ...]:
    if len(each) < 2:  # noqa: PLR2004 - one system has none to be compared with
        return ()
    clear = sum(drop.q < DISCOVERY for _, drop in each)
    return (say("detail_many_differ", k=count(clear), n=count(len(each))),)


def _least(view: RunView, each: Sequence[tuple[str, Drop]], names: dict[str, Bilingual]) -> Bilingual:
    """Word who loses least, and where that is no praise: who does badly with anybody has little to lose."""
    (least, lower), (most, upper) = each[0], each[-1]
    told = {"least": visible(least), "least_drop": _figure(view, lower)}
    sign, places = (-1.0 if view.main.better == "lower" else 1.0), digits(view.main)
    if sign * lower.reference >= sign * upper.hard:
        return say("detail_least", **told)
    at = {"least_mean": number(lower.reference, places), "most_mean": number(upper.hard, places)}
    return say("detail_least_worse", most=visible(most), **told, **at, **names)


def _figure(view: RunView, drop: Drop) -> str:
    """Write a drop with its interval, where it has one."""
    places = digits(view.main)
    ends = "" if drop.estimate.low is None else f" {interval(drop.estimate, places)}"
    return f"{number(drop.estimate.mean, places)}{ends}"


def _notes(view: RunView) -> tuple[Bilingual, ...]:
    summary, main = view.summary, view.main
    finished, failed = summary.outcomes_of().finished, summary.outcomes_of().failed
    notes: list[Bilingual] = []
    cards = view.dialogues["card"].n_unique()
    if finished and cards < FEW_CARDS:
        notes.append(say("note_few_cards", cards=count(cards), few=count(FEW_CARDS)))
    if finished and summary.reference is None and len(summary.conditions) > 1:
        notes.append(say("note_no_reference"))
    if failed and finished:
        notes.append(say("note_failed", failed=count(failed), total=count(failed + finished)))
    missing = summary.unscored_on(main.name)
    if 0 < missing < finished:
        notes.append(say("note_unscored", n=count(missing), dimension=dimension_title(main)))
    if view.planned is not None and view.planned > finished + failed:
        unfinished = count(view.planned - finished - failed)
        notes.append(say("note_unfinished", missing=unfinished, planned=count(view.planned)))
    return tuple(notes)
