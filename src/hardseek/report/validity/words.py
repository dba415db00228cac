"""The words of the page of a validation, in both languages."""

from typing import Final

from hardseek.report.words import Bilingual, Words, say, titled
from hardseek.seekers.axes import axes
from hardseek.seekers.conditions import packaged_conditions
from hardseek.validity import SETTINGS

told: Final = Words("hardseek.report.validity")
PROPERTIES: Final = Words("hardseek.report.validity", "properties.yaml")
FEATURES: Final = Words("hardseek.report.validity", "features.yaml")
"""What features of a classifier are called for people; a word is its own name."""
EVERYTHING: Final[Bilingual] = {"en": "all together", "zh": "合在一起"}
"""What a property without a condition is of."""


def property_title(name: str) -> Bilingual:
    """Return what a property is called for people; its own name where none is given."""
    kind, _, value = name.rpartition("/")
    if kind in PROPERTIES.strings and f"appraisal_{value}" in say.strings:
        of = say(f"appraisal_{value}")
        return {language: f"{title}: {of[language]}" for language, title in PROPERTIES(kind).items()}
    return PROPERTIES.named(name)


def of_title(condition: str | None) -> Bilingual:
    """Return what a condition or a setting of one axis is called for people."""
    if condition is None:
        return EVERYTHING
    setting = next((one for one in SETTINGS if one.title == condition), None)
    if setting is None:
        known = packaged_conditions().get(condition)
        return titled(known.title if known is not None else {}, condition)
    guide = axes()[setting.axis]
    if setting.axis != "resistance":
        return {"en": guide.title.en, "zh": guide.title.zh}
    form = told(f"form_{setting.form}")
    return {"en": f"{guide.title.en} ({form['en']})", "zh": f"{guide.title.zh}（{form['zh']}）"}
