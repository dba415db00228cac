"""Where a rule applies: its systems, conditions and languages, each for itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import polars as pl

from hardseek.analysis.gate.rules import DropRule, EndingRule, Gate, Names, Rule, TailRule, WorstCellRule
from hardseek.errors import Refused
from hardseek.judging import Dimension
from hardseek.mistakes import choices


@dataclass(frozen=True, slots=True)
class Place:
    """The dialogues that a rule is about."""

    name: str
    dialogues: pl.DataFrame
    """Of a drop, those under the reference condition too."""
    measures: pl.DataFrame


def places(rule: Rule, gate: Gate, dialogues: pl.DataFrame, measures: pl.DataFrame) -> Iterator[Place]:
    """Yield every place where a rule has to be kept; where system or condition is left open, those with dialogues.

    Args:
        rule: the rule.
        gate: that it is from.
        dialogues: of the run, names as text.
        measures: of the run, names as text.
    """
    conditions = _listed(rule.condition) or dialogues["condition"].unique(maintain_order=True).to_list()
    also = []
    if isinstance(rule, DropRule):
        conditions, also = [name for name in conditions if name != gate.reference], [gate.reference]
    systems = _listed(rule.system) or dialogues["system"].unique(maintain_order=True).to_list()
    languages: list[str | None] = [*_listed(rule.language)] or [None]
    left_open = rule.system is None or rule.condition is None
    for system, condition, language in product(systems, conditions, languages):
        here = (pl.col("system") == system) & pl.col("condition").is_in([condition, *also])
        if language is not None:
            here &= pl.col("language") == language
        name = ", ".join(part for part in (system, condition, language) if part is not None)
        place = Place(name, dialogues.filter(here), measures.filter(here))
        if not left_open or condition in place.dialogues["condition"]:
            yield place


def refuse_unknown(gate: Gate, dialogues: pl.DataFrame, dimensions: Mapping[str, Dimension]) -> None:
    """Refuse rules about what the run does not have, with the nearest name.

    Raises:
        Refused: the first such name; the message says which rule, and what there is.
    """
    there = {what: sorted(dialogues[what].unique().to_list()) for what in ("system", "condition", "language")}
    for number, rule in enumerate(gate.rules, 1):
        where = f"rule {number}" + (f" ({rule.name})" if rule.name else "")
        for what, known in there.items():
            for name in _listed(getattr(rule, what)):
                _known(name, known, what, where)
        if isinstance(rule, DropRule):
            _known(gate.reference, there["condition"], "condition", f"{where}: reference")
        if not isinstance(rule, EndingRule):
            _known(rule.dimension, list(dimensions), "dimension", where)
            if isinstance(rule, (TailRule, WorstCellRule)) and dimensions[rule.dimension].better == "neither":
                raise Refused(f"{where}: {rule.dimension} has no better way, and so no worst; use a mean or a count")


def _known(name: str, known: Sequence[str], what: str, where: str) -> None:
    if name not in known:
        raise Refused(f"{where}: the run has no {what} {name!r}; {choices(name, known, says='it has')}")


def _listed(names: Names | None) -> list[str]:
    return [] if names is None else [names] if isinstance(names, str) else list(names)
