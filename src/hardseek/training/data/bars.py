"""Bars: what a turn, or a whole dialogue, must reach to be learnt, such as `response>=0.05` or `early_advice<=0.2`."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final

import msgspec

from hardseek.errors import Refused
from hardseek.language import length
from hardseek.mistakes import did_you_mean
from hardseek.seekers import Appraisal
from hardseek.seekers.appraisal import appraise
from hardseek.training.data.material import Held
from hardseek.training.response import responses

_FORM: Final = re.compile(r"^\s*(dialogue:)?\s*(.+?)\s*(>=|<=)\s*(-?\d+(?:\.\d+)?)\s*$")
OF_SEEKER: Final = ("response", "relief", "trust")
"""What the seeker's hidden state says of a turn."""
OF_TURN: Final = (*OF_SEEKER, "length", *msgspec.structs.asdict(Appraisal()))
"""Everything that can be told of a single turn; any other name is a dialogue's rating."""

Measures = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Bar:
    """A least or a greatest value of something that is measured."""

    text: str
    """As it was given."""
    name: str
    least: bool
    """Whether `value` is the least that will do; otherwise the greatest."""
    value: float
    of_dialogue: bool
    """Whether it is one of the dialogue's ratings, and not of a turn."""

    def reached(self, measures: Measures) -> bool | None:
        """Tell whether something clears the bar; None where it is not measured."""
        value = measures.get(self.name)
        if value is None:
            return None
        return value >= self.value if self.least else value <= self.value


def read_bar(text: str) -> Bar:
    """Read a bar; raises Refused when it is not NAME>=NUMBER or NAME<=NUMBER."""
    found = _FORM.match(text)
    if found is None:
        raise Refused(f"--bar {text!r}: it should be NAME>=NUMBER or NAME<=NUMBER, such as response>=0.05")
    prefix, name, sign, value = found.groups()
    return Bar(text.strip(), name, sign == ">=", float(value), prefix is not None or name not in OF_TURN)


def refuse_unmeasured(bars: Sequence[Bar], held: Iterable[Held]) -> None:
    """See that every bar is measured somewhere; raises Refused with what there is."""
    everyone = list(held)
    for bar in bars:
        if bar.of_dialogue:
            there = sorted({name for each in everyone for name in each.scores})
            if bar.name not in there:
                hint = did_you_mean(bar.name, [*OF_TURN, *there])
                raise Refused(
                    f"--bar {bar.text}: nothing of that name was measured{hint}; of turns there are "
                    f"{', '.join(OF_TURN)}, of these dialogues {', '.join(there) or 'no ratings'}"
                )
        elif bar.name in OF_SEEKER and not any(each.simulated for each in everyone):
            raise Refused(
                f"--bar {bar.text}: no hidden state stands behind the seekers of these dialogues (imported, or played "
                "by a protocol without one), so that the seeker's response cannot be used; take a bar of what is said, "
                "or of a judge's rating"
            )


def turn_measures(each: Held) -> dict[int, dict[str, float]]:
    """Measure every turn of the supporter's, by its place: how it is appraised, its length, and the response to it."""
    dialogue = each.dialogue
    messages = [turn.message for turn in dialogue.turns]
    answered = responses(dialogue.turns)
    risk = each.card is not None and each.card.risk != "none"
    found: dict[int, dict[str, float]] = {}
    for place, turn in enumerate(dialogue.turns):
        if turn.speaker == "supporter":
            appraisal = appraise(turn.text, messages[:place], dialogue.language, risk=risk)
            measures = {"length": float(length(turn.text)), **msgspec.structs.asdict(appraisal)}
            if place in answered:
                made = answered[place]
                measures |= {"response": made.value, "relief": made.relief, "trust": made.trust}
            found[place] = measures
    return found


def means(turns: Mapping[int, Measures]) -> dict[str, float]:
    """Average the measures of a dialogue's turns, each over the turns that have it."""
    names = {name for measures in turns.values() for name in measures}
    return {name: fmean(m[name] for m in turns.values() if name in m) for name in sorted(names)}
