"""What judging asks of servers: who is asked, how often, at what price."""

from collections.abc import Iterator, Sequence
from typing import Final

from hardseek.chat import Endpoint
from hardseek.judging.rubrics import Rubric
from hardseek.judging.spec import AnyJudge, JurySpec, ModelJudgeSpec, PairJudgeSpec
from hardseek.runs.estimate import SEEKER_TURN, SUPPORTER_TURN, Estimate, priced

_RUBRIC: Final = 500
"""Tokens of the instructions and of one dimension with its anchors, about."""
_ANSWER: Final = 120
"""Tokens of an answer on one dimension, about."""


def asked(judges: Sequence[AnyJudge]) -> Iterator[tuple[str, ModelJudgeSpec | PairJudgeSpec]]:
    """Yield who is asked, a jury's members for the jury, under the names that they sign with."""
    for judge in judges:
        if isinstance(judge, JurySpec):
            yield from ((member.signs, member) for member in judge.members)
        elif isinstance(judge, ModelJudgeSpec | PairJudgeSpec):
            yield judge.signs, judge


def judge_prices(judges: Sequence[AnyJudge]) -> dict[str, dict[str, float] | None]:
    """Return the price of each that is asked, named `judge NAME`; None where none is given."""
    return {f"judge {name}": price(spec) for name, spec in asked(judges)}


def price(spec: object) -> dict[str, float] | None:
    """Return the price of an endpoint as it is noted; None for what has none."""
    return spec.price.model_dump() if isinstance(spec, Endpoint) and spec.price is not None else None


def estimate_judging(
    judges: Sequence[AnyJudge], rubrics: dict[str, Rubric], *, dialogues: int, exchanges: int, pairs: int = 0
) -> list[Estimate]:
    """Estimate what judging asks for: calls at most, tokens about.

    Args:
        judges: who judges.
        rubrics: by their names in the specs.
        dialogues: to be rated.
        exchanges: in each, at most.
        pairs: of dialogues, to be compared.
    """
    found = []
    talk = exchanges * (SEEKER_TURN + SUPPORTER_TURN)
    for name, spec in asked(judges):
        dimensions = len(rubrics[spec.rubric].dimensions)
        if isinstance(spec, PairJudgeSpec):
            read, said = 2 * (2 * talk + dimensions * _RUBRIC), 2 * dimensions * _ANSWER
            found.append(priced(f"judge {name}", 2 * pairs, read * pairs, said * pairs, spec.price))
            continue
        calls = spec.samples * (dimensions if spec.calls == "each" else 1)
        read, said = calls * talk + spec.samples * dimensions * _RUBRIC, spec.samples * dimensions * _ANSWER
        found.append(priced(f"judge {name}", calls * dialogues, read * dialogues, said * dialogues, spec.price))
    return found
