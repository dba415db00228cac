"""How far the scores of a dimension agree with people's own ratings."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from hardseek.judging.outcomes import outcome_dimensions
from hardseek.report.findings.cells import worded
from hardseek.report.findings.section import told
from hardseek.report.numbers import number
from hardseek.report.table import Value
from hardseek.report.titles import language_title
from hardseek.report.view import RunView
from hardseek.report.words import Bilingual

if TYPE_CHECKING:  # `validity` takes long to import
    from hardseek.validity.judge import Measure

_TOLD: Final = ("qwk", "alpha-ordinal", "icc-single", "spearman")
"""The measures that stand for the rest, the first there is: they take the order of a scale into account."""


def agreement(view: RunView, dimension: str) -> Value:
    """Write how far a dimension's scores agree with people, beside people's own agreement."""
    if dimension in {each.name for each in outcome_dimensions()}:
        return worded(told("not_judged"))
    found = [made for made in (_telling(some) for some in _by_language(view, dimension)) if made is not None]
    if not found:
        return worded(told("unknown"))
    words = [_words(made) for made in found]
    return worded({"en": "; ".join(each["en"] for each in words), "zh": "；".join(each["zh"] for each in words)})


def _by_language(view: RunView, dimension: str) -> "list[list[Measure]]":
    """Return the measures of the judge that scored a dimension, by language; a judge's dimension is JUDGE/NAME."""
    judge, _, name = dimension.rpartition("/")
    mine = [made for made in view.agreement if made.dimension == name and made.judge == (judge or made.judge)]
    languages = dict.fromkeys(made.language for made in mine)
    return [[made for made in mine if made.language == language] for language in languages]


def _telling(measures: "Sequence[Measure]") -> "Measure | None":
    for name in _TOLD:
        for made in measures:
            if made.name == name and made.judge is not None and made.value is not None:
                return made
    return None


def _words(made: "Measure") -> Bilingual:
    ends = f" [{number(made.interval[0])}, {number(made.interval[1])}]" if made.interval is not None else ""
    people = number(made.people) if made.people is not None else told("unknown")
    return told(
        "agreement_told", measure=told(f"measure_{made.name}"), value=f"{number(made.value)}{ends}", people=people,
        language=language_title(made.language), items=f"{made.items:,}",
    )  # fmt: skip
