"""What data is called for people."""

from typing import Final

from hardseek.judging import Dimension
from hardseek.report.view import RunView
from hardseek.report.words import Bilingual, say, titled

_BRACKETS: Final[Bilingual] = {"en": " ({})", "zh": "（{}）"}


def condition_title(view: RunView, condition: str) -> Bilingual:
    """Name a condition."""
    return titled(view.titles.get(condition, {}), condition)


def dimension_title(dimension: Dimension) -> Bilingual:
    """Name a dimension."""
    return titled(dimension.title, dimension.name)


def with_unit(dimension: Dimension) -> Bilingual:
    """Name a dimension with its unit in brackets, unless the name says it."""
    unit = unit_title(dimension)
    return {
        of: name if unit[of] in name else name + _BRACKETS[of].format(unit[of])
        for of, name in dimension_title(dimension).items()
    }


def unit_title(dimension: Dimension) -> Bilingual:
    """Name the unit of a dimension; empty where it has none."""
    return say.named(dimension.unit.replace(" ", "_"), "unit_") if dimension.unit else {"en": "", "zh": ""}


def fault_title(kind: str) -> Bilingual:
    """Name a kind of fault."""
    return say.named(kind, "fault_")


def language_title(language: str) -> Bilingual:
    """Name a language of dialogues."""
    return say.named(language, "lang_")
