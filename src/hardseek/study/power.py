"""What a study can show: a hint, from its design alone, before anybody has taken part."""

from collections.abc import Iterator
from typing import Final

from hardseek.analysis.power import ALPHA, POWER, Spread, cards_needed, minimum_effect
from hardseek.study.design import Design

_TWO: Final = 2
_MEDIUM: Final = 0.5
"""Cohen's medium effect (1988, Statistical Power Analysis, ch. 2)."""


def hint(design: Design) -> Iterator[str]:
    """Yield lines of Markdown on the smallest difference between two systems that a study shows.

    Each participant gives one difference: their mean over all talks with one system less that with another. These are
    taken to vary with a standard deviation of one, which is the unit of what is told: nothing is known of it before
    there are data.
    """
    study = design.study
    people = len(study.participants)
    systems = len(study.systems)
    smallest = minimum_effect(Spread(1.0, 0.0, people, 1.0), people)
    if not study.talks or systems < _TWO or smallest is None:
        yield "No hint: it takes two systems and two participants who talk."
        return
    needed = cards_needed(_MEDIUM, Spread(1.0, 0.0, people, 1.0))
    yield (
        f"With {people} participants who each talk with every system, a two-sided paired t test at {ALPHA:g} shows a "
        f"difference between two given systems with a chance of {POWER:.0%} if it is {smallest:.2f} standard "
        f"deviations of the participants' differences or more."
    )
    yield f"For {_MEDIUM:g} standard deviations it takes {needed} participants."
    tests = systems * (systems - 1) // 2
    if tests > 1:
        strict = minimum_effect(Spread(1.0, 0.0, people, 1.0), people, alpha=ALPHA / tests)
        yield f"With all {tests} pairs of systems tested at {ALPHA:g} together (Bonferroni): {strict:.2f}."
    if study.talks < systems * len(study.conditions):
        yield "Participants do not meet every system under every behaviour: differences vary more than this supposes."
