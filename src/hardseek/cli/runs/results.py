"""What a command says of a run: its table, its report, and what it would take."""

from pathlib import Path

import msgspec
from rich.table import Column, Table
from rich.text import Text

from hardseek.chat import Price
from hardseek.cli.console import errors, output
from hardseek.cli.runs.agreeing import kept_agreement
from hardseek.cli.runs.preferred import preference_table
from hardseek.errors import HardseekError
from hardseek.interop import PEOPLE
from hardseek.judging.outcomes import SEEKER, outcome_dimensions
from hardseek.report import RunView, run_table, write_report
from hardseek.runs import EXPERIMENT, REPORT, Estimate, Plan, Signature, Store, judged_dimensions, read_experiment
from hardseek.runs.tally import cost
from hardseek.seekers.behaviour import BehaviourProfile
from hardseek.seekers.conditions import packaged_conditions

SIMULATED = "relief"
"""The dimension that headlines are about where seekers are simulated."""
PLANNED = "emotion_lift"
"""The one for seekers without a hidden state whose emotions are planned."""
IMPORTED = "supporter_turns"
"""The one for dialogues of which no hidden state is known: how long the seeker stayed."""


def present(folder: Path, store: Store, view: RunView | None = None) -> None:
    """Print the table of a run and write its report; `view` is made where it is not at hand."""
    view = view_of(store) if view is None else view
    output.print(run_table(view), crop=False)
    preferred = preference_table(store)
    if preferred is not None:
        output.print(preferred)
    path = folder / REPORT
    write_report(path, view)
    errors.print(f"Report: {path}", markup=False)


def view_of(store: Store) -> RunView:
    """Gather what the report needs from a store."""
    measures = store.measure_frame()
    present_names = set(measures["dimension"].unique().to_list())
    headline = SIMULATED if SIMULATED in present_names or store.noted("kind") == "run" else IMPORTED
    headline = told if (told := store.noted("headline")) in present_names else headline
    if headline not in present_names and PLANNED in present_names:
        headline = PLANNED
    known = (*outcome_dimensions(), *judged_dimensions(store), *PEOPLE)
    dialogues = store.dialogue_frame()
    titles = store.noted("titles") or {}
    conditions = [*titles, *(name for name in dialogues["condition"].unique().to_list() if name not in titles)]
    totals = store.totals()
    seeker_turns, reworded, rewordings = store.rewordings()
    judges = "+".join(signed for name, signed in (store.noted("judged by") or {}).items() if name != SEEKER)
    signature = Signature({**(store.noted("signature") or {}), "judges": judges or "none"})
    return RunView(
        name=store.noted("name") or "",
        created=(store.noted("created") or "").replace("T", " ").replace("+00:00", " UTC"),
        signature=signature.line,
        parts=signature.parts,
        dialogues=dialogues,
        measures=measures,
        dimensions=tuple(d for d in known if d.name in present_names or d.name == headline),
        headline=headline,
        titles={name: titles.get(name) or _packaged_title(name) for name in conditions},
        fetch=store.dialogues,
        ratings=store.ratings,
        planned=store.noted("planned"),
        tokens_in=totals.tokens_in,
        tokens_out=totals.tokens_out,
        cost=_cost(store),
        seeker_turns=seeker_turns,
        reworded=reworded,
        rewordings=rewordings,
        profiles=_profiles(store),
        states=store.trajectory_frames,
        agreement=kept_agreement(store.folder),
    )


def _packaged_title(condition: str) -> dict[str, str]:
    """Return what the packaged condition of this name is called for people; {} where there is none."""
    known = packaged_conditions().get(condition)
    return known.title if known is not None else {}


def _profiles(store: Store) -> dict[str, BehaviourProfile]:
    """Return how the run's experiment sets the behaviours of its conditions; {} where that is not known."""
    if not (store.folder / EXPERIMENT).is_file():
        return {}
    try:
        experiment, _ = read_experiment(store.folder / EXPERIMENT)
    except HardseekError:  # of an earlier version, or edited since: the report says that it is not known
        return {}
    return {condition.name: condition.profile for condition in experiment.conditions}


def print_estimate(plan: Plan, estimates: list[Estimate]) -> None:
    """Print what a plan would take."""
    experiment = plan.experiment
    exchanges = len(plan) * experiment.exchanges
    output.print(
        f"{len(plan):,} dialogues: {len(experiment.systems)} systems x {len(experiment.conditions)} conditions x "
        f"{len(plan.cards)} cards x {experiment.replicates} replicates, {experiment.exchanges} exchanges at most "
        f"({exchanges:,} in all)",
        markup=False,
    )
    print_estimates(estimates)


def print_estimates(estimates: list[Estimate]) -> None:
    """Print who would be asked how often."""
    if not estimates:
        output.print("No calls to any model server.")
        return
    table = Table(
        Column("Asked", min_width=16, overflow="fold"),
        "Calls at most",
        "Tokens in, about",
        "Tokens out, about",
        "Cost, about",
        box=None,
    )
    for row in estimates:
        table.add_row(
            Text(row.speaker), f"{row.calls:,}", _told(row.tokens_in), _told(row.tokens_out), _money(row.cost)
        )
    output.print(table)
    known = [row.cost for row in estimates if row.cost is not None]
    if known:
        output.print(f"Cost in all, of what has a price: about {sum(known):,.2f}")


def _cost(store: Store) -> float | None:
    """Price the tokens of the run at the prices that the experiment gave last; None where it gave none."""
    prices = msgspec.convert(store.noted("prices") or {}, dict[str, dict[str, float] | None])
    seeker = prices.pop("the seeker", None)
    total, priced = 0.0, False
    used = [
        (seeker if who == "seeker" else prices.get(system), read, said) for system, who, read, said in store.usage()
    ]
    used += [(prices.get(f"judge {asked}"), read, said) for asked, read, said in store.judge_usage()]
    for price, tokens_in, tokens_out in used:
        if price is not None:
            priced = True
            total += cost(Price(**price), tokens_in, tokens_out)
    return total if priced else None


def _told(tokens: int | None) -> str:
    return "not known" if tokens is None else f"{tokens:,}"


def _money(amount: float | None) -> str:
    return "no price given" if amount is None else f"{amount:,.2f}"
