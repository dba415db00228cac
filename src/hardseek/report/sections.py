"""The tables of a report."""

from collections.abc import Sequence

from hardseek.analysis import Cell, Drop, Estimate, Outcomes
from hardseek.analysis.endings import OUTCOMES, Outcome
from hardseek.judging import Dimension
from hardseek.report.headline import DISCOVERY
from hardseek.report.numbers import NOTHING, count, digits, interval, number, percent, probability
from hardseek.report.safe import visible
from hardseek.report.table import Row, Table, Value, shade
from hardseek.report.view import RunView
from hardseek.report.words import Bilingual, say, titled


def condition_title(view: RunView, condition: str) -> Bilingual:
    """Name a condition for people."""
    return titled(view.titles.get(condition, {}), condition)


def ranked(view: RunView) -> tuple[str, ...]:
    """Order the systems by their mean under the hard condition in focus, the best first and the unscored last."""
    summary, main = view.summary, view.main
    condition = summary.focus or summary.reference or ""
    sign = 1.0 if main.better == "lower" else -1.0

    def rank(system: str) -> tuple[bool, float]:
        estimate = summary.means.get(Cell(main.name, condition, system))
        return (True, 0.0) if estimate is None else (False, sign * (estimate.mean or 0.0))

    return tuple(sorted(summary.systems, key=rank))


def outcomes_shown(view: RunView) -> tuple[Outcome, ...]:
    """List the outcomes to show: `unknown` only where there is one, the others only where any ending is known."""
    endings = _outcomes(view).endings
    known = [kind for kind in OUTCOMES if kind != "unknown"]
    if endings["unknown"] and not any(endings[kind] for kind in known):
        return ("unknown",)
    return OUTCOMES if endings["unknown"] else tuple(known)


def leaderboard(view: RunView) -> Table:
    """Each system's mean under the reference and the condition in focus, the drop, and what is missing."""
    summary, main = view.summary, view.main
    shown = [name for name in (summary.reference, summary.focus) if name is not None]
    paired = summary.reference is not None and summary.focus is not None
    drop_title = say("drop" if main.better != "neither" else "difference")
    columns = (
        say("system"),
        *(say("mean", condition=condition_title(view, name)) for name in shown),
        *((drop_title, say("q"), say("pairs")) if paired else ()),
        say("dialogues"),
        say("failed"),
        say("unscored"),
    )
    rows = []
    for system in systems_and_all(view):
        outcome = _outcomes(view, system)
        drop = summary.drops.get(Cell(main.name, summary.focus, system)) if summary.focus else None
        values = [_mean(summary.means.get(Cell(main.name, name, system)), main) for name in shown]
        if paired:
            values += [_drop(drop, main), _q(drop), _count(drop.estimate.n if drop else 0)]
        values += [_count(outcome.total), _count(outcome.failed), _count(_unscored(view, system))]
        rows.append(_row(system, values))
    return Table(columns, tuple(rows))


def drops_by_condition(view: RunView) -> Table:
    """What every hard condition costs every system; without a reference, the means themselves."""
    summary, main = view.summary, view.main
    titles = {name: condition_title(view, name) for name in summary.conditions}
    reference = [summary.reference] if summary.reference is not None else []
    if summary.reference is None:
        columns = (say("system"), *(say("mean", condition=titles[name]) for name in summary.conditions))
    else:
        columns = (say("system"), say("mean", condition=titles[reference[0]]), *(titles[name] for name in summary.hard))
    shown = [drop for cell, drop in summary.drops.items() if cell.dimension == main.name and cell.language is None]
    greatest = max((abs(drop.estimate.mean or 0.0) for drop in shown), default=0.0)
    rows = []
    for system in systems_and_all(view):
        means = [
            _mean(summary.means.get(Cell(main.name, name, system)), main) for name in reference or summary.conditions
        ]
        drops = [
            _drop(summary.drops.get(Cell(main.name, name, system)), main, greatest)
            for name in (summary.hard if reference else ())
        ]
        rows.append(_row(system, [*means, *drops]))
    return Table(columns, tuple(rows))


def drops_by_language(view: RunView) -> Table | None:
    """The drop under the condition in focus, per language; None where there is one language or no drop."""
    summary, main = view.summary, view.main
    if len(summary.languages) < 2 or summary.reference is None or summary.focus is None:  # noqa: PLR2004 - one is not many
        return None
    columns = (say("system"), *(language_title(language) for language in summary.languages))
    rows = [
        _row(
            system,
            [
                _drop(summary.drops.get(Cell(main.name, summary.focus, system, language)), main)
                for language in summary.languages
            ],
        )
        for system in systems_and_all(view)
    ]
    return Table(columns, tuple(rows))


def outcomes_by_system(view: RunView) -> Table:
    """How each system's dialogues ended, over all conditions, and what failed or has no score."""
    kinds = outcomes_shown(view)
    columns = (
        say("system"),
        say("dialogues"),
        *(say(f"ending_{kind}") for kind in kinds),
        say("failed"),
        say("unscored"),
    )
    rows = []
    for system in systems_and_all(view):
        outcome = _outcomes(view, system)
        values = [_count(outcome.total), *(_share(outcome, kind) for kind in kinds)]
        rows.append(_row(system, [*values, _count(outcome.failed), _count(_unscored(view, system))]))
    return Table(columns, tuple(rows))


def profile(view: RunView) -> Table:
    """Every dimension for every system: the means under the reference and the condition in focus."""
    summary = view.summary
    systems = ranked(view)
    shown = [name for name in (summary.reference, summary.focus) if name is not None]
    columns = (say("dimension"), *(titled({}, name) for name in systems))
    rows = []
    for dimension in summary.dimensions:
        found = [summary.drops.get(Cell(dimension.name, summary.focus or "", system)) for system in systems]
        greatest = max((abs(drop.estimate.mean or 0.0) for drop in found if drop), default=0.0)
        values = []
        for system, drop in zip(systems, found, strict=True):
            means = [summary.means.get(Cell(dimension.name, name, system)) for name in shown]
            text = " → ".join(number(mean.mean if mean else None, digits(dimension)) for mean in means)
            clear = drop is not None and drop.q < DISCOVERY
            tint = shade(drop.estimate.mean, greatest) if drop and clear and dimension.better != "neither" else ""
            values.append(Value(text if any(means) else NOTHING, shade=tint, clear=clear))
        rows.append(Row(_with_unit(dimension), tuple(values)))
    return Table(columns, tuple(rows))


def faults(view: RunView) -> Table:
    """Failed dialogues by kind of fault."""
    total = view.summary.outcomes.get(())
    rows = tuple(
        Row(fault_title(kind), (Value(count(n), sort=n),)) for kind, n in (total.faults.items() if total else ())
    )
    return Table((say("fault"), say("count")), rows)


def wordings(view: RunView) -> Table:
    """What simulated seekers' wordings were thrown away for: how well the simulator keeps to its part."""
    turns = view.seeker_turns
    if not turns or not view.profiles:  # nobody checked the seekers of an import
        return Table((say("wording"), say("count"), say("share")), ())
    rows = [Row(say("wording_any"), (Value(count(view.reworded)), Value(percent(view.reworded / turns))))]
    rows += [
        Row(say(f"wording_{kind}"), (Value(count(n), sort=n), Value(percent(n / turns))))
        for kind, n in view.rewordings.items()
    ]
    return Table((say("wording"), say("count"), say("share")), tuple(rows))


def reasons(view: RunView) -> Table:
    """What has no score, by dimension and reason."""
    titles = {dimension.name: titled(dimension.title, dimension.name) for dimension in view.dimensions}
    rows = tuple(
        Row(
            titles.get(item.dimension, titled({}, item.dimension)),
            (Value(visible(item.reason)), Value(count(item.n), sort=item.n)),
        )
        for item in view.summary.unscored.get((), ())
    )
    return Table((say("dimension"), say("reason"), say("count")), rows)


def fault_title(kind: str) -> Bilingual:
    """Name a kind of fault for people."""
    return _said(f"fault_{kind}", kind)


def unit_title(dimension: Dimension) -> Bilingual:
    """Name the unit of a dimension for people; empty where it has none."""
    return _said(f"unit_{dimension.unit.replace(' ', '_')}", dimension.unit)


def language_title(language: str) -> Bilingual:
    """Name a language of dialogues for people."""
    return _said(f"lang_{language}", language)


def systems_and_all(view: RunView) -> tuple[str | None, ...]:
    """List the systems in order and, where there are several, all of them together (None)."""
    systems = ranked(view)
    return (*systems, None) if len(systems) > 1 else systems


def _row(system: str | None, values: Sequence[Value]) -> Row:
    return Row(say("all_systems") if system is None else visible(system), tuple(values), all=system is None)


def _outcomes(view: RunView, *group: str | None) -> Outcomes:
    key = tuple(part for part in group if part is not None)
    return view.summary.outcomes.get(key) or Outcomes(dict.fromkeys(OUTCOMES, 0), {})


def _unscored(view: RunView, system: str | None) -> int:
    key = () if system is None else (system,)
    return sum(item.n for item in view.summary.unscored.get(key, ()) if item.dimension == view.headline)


def _said(key: str, name: str) -> Bilingual:
    """Word a key; what is not among the interface's words is called by its bare name."""
    try:
        return say(key)
    except KeyError:
        return titled({}, name)


def _with_unit(dimension: Dimension) -> Bilingual:
    """Name a dimension with its unit in brackets, unless the name says it."""
    title, unit = titled(dimension.title, dimension.name), unit_title(dimension)
    brackets: Bilingual = {"en": " ({})", "zh": "（{}）"}
    return {of: name if unit[of] in name else name + brackets[of].format(unit[of]) for of, name in title.items()}


def _mean(estimate: Estimate | None, dimension: Dimension) -> Value:
    if estimate is None:
        return Value(say("no_score"))
    places = digits(dimension)
    return Value(number(estimate.mean, places), _bracketed(estimate, places), estimate.mean)


def _drop(drop: Drop | None, dimension: Dimension, greatest: float = 0.0) -> Value:
    if drop is None:
        return Value(say("no_pairs"))
    estimate, places = drop.estimate, digits(dimension)
    tint = shade(estimate.mean, greatest) if dimension.better != "neither" else ""
    text, ends = number(estimate.mean, places), _bracketed(estimate, places)
    return Value(text, ends, estimate.mean, tint, drop.q < DISCOVERY)


def _bracketed(estimate: Estimate, places: int) -> str:
    return "" if estimate.low is None else interval(estimate, places)


def _q(drop: Drop | None) -> Value:
    return Value(probability(drop.q if drop else None), sort=drop.q if drop else None)


def _count(n: int) -> Value:
    return Value(count(n), sort=n)


def _share(outcome: Outcomes, kind: Outcome) -> Value:
    share = outcome.share(kind)
    return Value(percent(share), sort=share)
