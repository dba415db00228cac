"""The finding in plain words, with its uncertainty."""

from dataclasses import dataclass

from hardseek.analysis import Cell, Drop
from hardseek.analysis.bootstrap import FEW_CARDS
from hardseek.report.numbers import count, digits, interval, number
from hardseek.report.safe import visible
from hardseek.report.view import RunView
from hardseek.report.words import Bilingual, say, titled

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
    dimension = titled(main.title, main.name)
    total = summary.outcomes.get(())
    if total is None:
        return say("head_nothing"), ()
    if not total.finished:
        return say("head_failed", n=count(total.total)), (say("detail_reasons"),)
    if not any(cell.dimension == main.name for cell in summary.means):
        return say("head_unscored", dimension=dimension), (say("detail_reasons"),)
    if summary.reference is None or summary.focus is None:
        return _mean(view, dimension)
    drop = summary.drops.get(Cell(main.name, summary.focus))
    names = {
        "hard": titled(view.titles.get(summary.focus, {}), summary.focus),
        "reference": titled(view.titles.get(summary.reference, {}), summary.reference),
        "dimension": dimension,
    }
    return (say("head_unpaired", **names), ()) if drop is None else _drop(view, drop, names)


def _mean(view: RunView, dimension: Bilingual) -> tuple[Bilingual, tuple[Bilingual, ...]]:
    """Word the mean of the first condition that has one: there is nothing to hold it against."""
    summary, main = view.summary, view.main
    condition = next(name for name in summary.conditions if Cell(main.name, name) in summary.means)
    mean, places = summary.means[Cell(main.name, condition)], digits(main)
    title = titled(view.titles.get(condition, {}), condition)
    finding = say("head_mean", dimension=dimension, condition=title, mean=number(mean.mean, places))
    if len(summary.conditions) > 1:
        return finding, ()
    if mean.low is None:
        return finding, (say("detail_mean_point", n=count(mean.n)),)
    ends = {"low": number(mean.low, places), "high": number(mean.high, places)}
    return finding, (say("detail_mean", **ends, n=count(mean.n), cards=count(mean.cards)),)


def _drop(view: RunView, drop: Drop, names: dict[str, Bilingual]) -> tuple[Bilingual, tuple[Bilingual, ...]]:
    main, estimate, places = view.main, drop.estimate, digits(view.main)
    amount = number(abs(estimate.mean or 0.0), places)
    alone = len(view.summary.systems) == 1
    who = visible(view.summary.systems[0]) if alone else say("who_systems")
    if main.better == "neither":
        finding = say("head_differs", drop=amount, **names)
    elif estimate.low is not None and estimate.low > 0:
        finding = say("head_loss_one" if alone else "head_loss", who=who, drop=amount, **names)
    elif estimate.high is not None and estimate.high < 0:
        finding = say("head_gain_one" if alone else "head_gain", who=who, drop=amount, **names)
    else:
        signed = f"{number(estimate.mean, places)} {interval(estimate, places)}"
        finding = say("head_unclear", drop=signed, **names)
    sides = {"before": number(drop.reference, places), "after": number(drop.hard, places), "n": count(estimate.n)}
    if estimate.low is None:
        first = say("detail_drop_point", **sides, **names)
    else:
        ends = {"low": number(estimate.low, places), "high": number(estimate.high, places)}
        first = say("detail_drop", **sides, **ends, cards=count(estimate.cards), **names)
    return finding, (first, *_between_systems(view))


def _between_systems(view: RunView) -> tuple[Bilingual, ...]:
    summary, main, places = view.summary, view.main, digits(view.main)
    found = [
        (system, summary.drops[cell])
        for system in summary.systems
        if summary.focus and (cell := Cell(main.name, summary.focus, system)) in summary.drops
    ]
    if len(found) < 2:  # noqa: PLR2004 - one system has none to be compared with
        return ()
    clear = [
        drop for _, drop in found if drop.q < DISCOVERY and (main.better == "neither" or (drop.estimate.mean or 0) > 0)
    ]
    numbers = {"k": count(len(clear)), "n": count(len(found))}
    if main.better == "neither":
        return (say("detail_many_differ", **numbers),)
    ranked = sorted(found, key=lambda pair: (pair[1].estimate.mean or 0.0, pair[0]))
    (best, least), (worst, most) = ranked[0], ranked[-1]
    return (
        say(
            "detail_many",
            **numbers,
            best=visible(best),
            best_drop=f"{number(least.estimate.mean, places)} {interval(least.estimate, places)}",
            worst=visible(worst),
            worst_drop=f"{number(most.estimate.mean, places)} {interval(most.estimate, places)}",
        ),
    )


def _notes(view: RunView) -> tuple[Bilingual, ...]:
    summary, main = view.summary, view.main
    total = summary.outcomes.get(())
    finished, failed = (total.finished, total.failed) if total else (0, 0)
    notes: list[Bilingual] = []
    cards = view.dialogues["card"].n_unique()
    if finished and cards < FEW_CARDS:
        notes.append(say("note_few_cards", cards=count(cards), few=count(FEW_CARDS)))
    if finished and summary.reference is None and len(summary.conditions) > 1:
        notes.append(say("note_no_reference"))
    if failed and finished:
        notes.append(say("note_failed", failed=count(failed), total=count(failed + finished)))
    missing = sum(item.n for item in summary.unscored.get((), ()) if item.dimension == main.name)
    if 0 < missing < finished:
        notes.append(say("note_unscored", n=count(missing), dimension=titled(main.title, main.name)))
    if view.planned is not None and view.planned > finished + failed:
        unfinished = count(view.planned - finished - failed)
        notes.append(say("note_unfinished", missing=unfinished, planned=count(view.planned)))
    return tuple(notes)
