"""`hardseek train prove-seeker`: what a seeker is shown to do, before and after training."""

from pathlib import Path
from typing import Annotated, Any, Final

import msgspec
import typer
from rich.table import Table
from rich.text import Text

from hardseek.analysis import Change
from hardseek.cli.console import errors, output
from hardseek.cli.options import AsJson
from hardseek.report.numbers import NOTHING, count, interval, number, probability
from hardseek.training.proving.drift import ENOUGH
from hardseek.training.proving.seeker import SeekerProof, prove_seeker, shown
from hardseek.validity import Corpora, Property

_SURE: Final = 0.05


def prove_trained_seeker(
    before: Annotated[Path, typer.Argument(metavar="BEFORE", help="A run of `hardseek validate seeker --run`.")],
    after: Annotated[Path, typer.Argument(metavar="AFTER", help="The same with the trained seeker.")],
    corpora: Annotated[
        Path | None, typer.Option(help="A folder of dialogues of people, to try to tell both seekers from.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Hold two validations of seekers against each other: each property with its aim, and affective drift.

    Drift is how much warmer or colder the seeker's turns become in a talk with help that is poor: nothing should make
    them warmer there.
    """
    people = None if corpora is None else Corpora.read(corpora)
    proof = prove_seeker(shown(before, people), shown(after, people))
    if json:
        typer.echo(msgspec.json.format(msgspec.json.encode(_record(proof)), indent=2).decode())
        return
    output.print(_properties(proof))
    output.print(Text("\nDrift in talks with poor help (0: as it began; above: warmer, below: colder)", "bold"))
    output.print(_drifts(proof))
    for each in (proof.before, proof.after):
        if each.drifting.height < ENOUGH:
            errors.print(
                f"{each.run}: drift is of {each.drifting.height:,} dialogues; {ENOUGH} or more tell something "
                "(--cards, --replicates)", markup=False, soft_wrap=True,
            )  # fmt: skip


def _properties(proof: SeekerProof) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("Property", "Of", "Before [95 %]", "After [95 %]", "Aim", ""):
        table.add_column(heading, overflow="fold", no_wrap=heading == "Property" or "[" in heading)
    for one, two in proof.pairs:
        of = f"{one.condition or 'all'} ({one.language})"
        table.add_row(*map(Text, (one.name, of, _value(one), _value(two), _aim(one), _word(one, two))))
    return table


def _drifts(proof: SeekerProof) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("Condition", "Before", "After", "Change", "95 %", "q", "Pairs", ""):
        table.add_column(heading, overflow="fold", no_wrap=True)
    for cell, change in proof.drift.items():
        found = change.estimate
        numbers = [number(value) for value in (change.first, change.other, found.mean)]
        where = f"{cell.condition} ({cell.language})"
        words = (interval(found), probability(change.q), count(found.n), _drifting(change))
        table.add_row(*map(Text, (where, *numbers, *words)))
    return table


def _value(made: Property) -> str:
    value = NOTHING if made.value is None else number(made.value)
    return value if made.interval is None else f"{value} [{number(made.interval[0])}, {number(made.interval[1])}]"


def _aim(made: Property) -> str:
    return (made.aim or "").replace("at least ", "≥ ").replace("at most ", "≤ ")


def _word(before: Property, after: Property) -> str:
    """Word what became of an aim."""
    words = {(False, True): "now reached", (True, False): "lost", (True, True): "kept", (False, False): "not reached"}
    if before.holds is None or after.holds is None:
        return ""
    return words[before.holds, after.holds]


def _drifting(change: Change) -> str:
    if change.q >= _SURE:
        return "unclear"
    return "drifts warmer" if (change.estimate.mean or 0) > 0 else "drifts colder"


def _record(proof: SeekerProof) -> dict[str, Any]:
    return {
        "before": str(proof.before.run), "after": str(proof.after.run),
        "properties": [
            {"name": one.name, "language": one.language, "condition": one.condition, "aim": one.aim,
             "before": one.value, "after": two.value, "before_interval": one.interval, "after_interval": two.interval,
             "became": _word(one, two)}
            for one, two in proof.pairs
        ],
        "drift": [
            {"condition": cell.condition, "language": cell.language, "before": change.first, "after": change.other,
             "change": change.estimate.mean, "low": change.estimate.low, "high": change.estimate.high,
             "q": change.q, "pairs": change.estimate.n}
            for cell, change in proof.drift.items()
        ],
        "levels": {
            name: [
                {"condition": cell.condition, "language": cell.language, "mean": found.mean, "low": found.low,
                 "high": found.high, "n": found.n}
                for cell, found in each.drift.items()
            ]
            for name, each in (("before", proof.before), ("after", proof.after))
        },
        "dialogues": [proof.before.drifting.height, proof.after.drifting.height],
    }  # fmt: skip
