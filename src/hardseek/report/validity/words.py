"""The words of the page of a validation, in both languages."""

from functools import cache
from typing import Final

from hardseek.documents import Document, load, packaged
from hardseek.report.safe import visible
from hardseek.report.words import Bilingual, interface, say, titled
from hardseek.seekers.axes import axes
from hardseek.seekers.conditions import packaged_conditions
from hardseek.validity import SETTINGS

EVERYTHING: Final[Bilingual] = {"en": "all together", "zh": "合在一起"}
"""What a property without a condition is of."""


class _Words(Document):
    id: str
    version: int
    strings: dict[str, Bilingual]
    properties: dict[str, Bilingual]
    features: dict[str, str]
    """What features of style are called in Chinese; in English they stand as they are."""


@cache
def _words() -> _Words:
    return load(packaged("hardseek.report.validity", "text.yaml"), _Words, source="text.yaml")


def told(key: str, **values: str) -> Bilingual:
    """Word something in both languages."""
    return {language: text.format(**values) for language, text in _words().strings[key].items()}


def property_title(name: str) -> Bilingual:
    """Return what a property is called for people; its own name where none is given."""
    known = _words().properties
    if name in known:
        return known[name]
    kind, _, value = name.rpartition("/")
    if kind in known and f"appraisal_{value}" in interface("en").strings:
        of = say(f"appraisal_{value}")
        return {language: f"{title}: {of[language]}" for language, title in known[kind].items()}
    return {"en": visible(name), "zh": visible(name)}


def feature_title(name: str) -> Bilingual:
    """Return what a feature of a classifier is called for people; a word is its own name."""
    return {"en": visible(name), "zh": _words().features.get(name) or visible(name)}


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
