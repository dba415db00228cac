"""`hardseek behaviours`: the axes along which a seeker can be hard to help, and the packaged conditions."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec
import typer
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hardseek.cli.console import output
from hardseek.cli.languages import language_of
from hardseek.cli.options import AsJson
from hardseek.documents import Document, load, packaged
from hardseek.errors import Refused
from hardseek.language import Language
from hardseek.mistakes import choices
from hardseek.seekers import AXES, BehaviourProfile, Condition, Pattern
from hardseek.seekers.axes import AxisGuide, Bilingual, axes
from hardseek.seekers.conditions import packaged_conditions, read_conditions

_DEGREES: Final = ("mild", "moderate", "severe")


class _Told(Document):
    id: str
    version: int
    patterns: dict[Pattern, Bilingual]
    words: dict[str, Bilingual]


def behaviours(
    name: Annotated[str | None, typer.Argument(help="An axis or a condition, to have it explained.")] = None,
    language: Annotated[str, typer.Option(help="Of the descriptions: en or zh.")] = "en",
    file: Annotated[
        Path | None, typer.Option(help="Conditions of this file (YAML) in the place of the packaged ones.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the axes along which a seeker can be hard to help, and the packaged conditions; or explain one by name."""
    spoken = language_of(language)
    conditions = packaged_conditions() if file is None else read_conditions(file)
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(_data(name, conditions, spoken))).decode())
    elif name is None:
        _list(conditions, spoken)
    else:
        found = _named(name, conditions)
        _axis(found, spoken) if isinstance(found, AxisGuide) else _condition(found, spoken)


def _named(name: str, conditions: Mapping[str, Condition]) -> AxisGuide | Condition:
    guides: dict[str, AxisGuide] = dict(axes().items())
    found = guides.get(name.replace("-", "_")) if name not in conditions else conditions[name]
    if found is None:
        known = [*guides, *conditions]
        raise Refused(f"{name}: no axis and no condition is called so; {choices(name, known, says='there are')}")
    return found


def _list(conditions: Mapping[str, Condition], language: Language) -> None:
    table = _table(_word("axis", language), _word("definition", language))
    for axis, guide in axes().items():
        table.add_row(axis, getattr(guide.definition, language))
    output.print(table)
    output.print()
    table = _table(*(_word(key, language) for key in ("condition", "intensities", "description")))
    for condition in conditions.values():
        strong = _strong(condition.profile)
        told = ", ".join(f"{axis.replace('_', ' ')} {at:g}" for axis, at in strong.items())
        table.add_row(condition.name, told or _word("none", language), condition.description.get(language, ""))
    output.print(table)
    output.print(Text(f"\n{_word('more', language)}", "dim"))


def _axis(guide: AxisGuide, language: Language) -> None:
    output.print(Text(f"{guide.id}: {getattr(guide.title, language)}", "bold"))
    output.print(Text(getattr(guide.definition, language)))
    degrees = {degree: getattr(getattr(guide.degrees, degree), language) for degree in _DEGREES}
    _lines("degrees", {_word(degree, language): text for degree, text in degrees.items()}, language)
    _lines("forms", {form: getattr(text, language) for form, text in guide.forms.items()}, language)
    _lines("marker", {_word("counted", language): getattr(guide.marker, language)}, language)
    named = {getattr(one.name, language): getattr(one.example, language) for one in guide.distortions}
    _lines("distortions", named, language)
    _lines("sources", {str(place): source for place, source in enumerate(guide.sources, start=1)}, language)


def _condition(condition: Condition, language: Language) -> None:
    profile = condition.profile
    output.print(Text(f"{condition.name}: {condition.title.get(language, condition.name)}", "bold"))
    output.print(Text(condition.description.get(language, "")))
    guides = axes()
    told = {axis: f"{at:g}  {_degree(guides[axis], at, language)}" for axis, at in _strong(profile).items()}
    _lines("intensities", told or {"0": _word("none", language)}, language)
    if profile.resistance:
        form = guides["resistance"].forms[profile.resistance_form]
        _lines("resistance", {profile.resistance_form: getattr(form, language)}, language)
    _lines("over_time", {profile.pattern: _over_time(profile, language)}, language)
    output.print(Text(f"\n{_word('more', language)}", "dim"))


def _degree(guide: AxisGuide, intensity: float, language: Language) -> str:
    """Word how strong an axis is by the nearest of its degrees."""
    return str(getattr(guide.at(intensity), language))


def _over_time(profile: BehaviourProfile, language: Language) -> str:
    text: str = getattr(_told().patterns[profile.pattern], language)
    return text.format(start=profile.start)


@cache
def _told() -> _Told:
    return load(packaged("hardseek.cli.runs", "behaviours.yaml"), _Told, source="behaviours.yaml")


def _word(key: str, language: Language) -> str:
    return str(getattr(_told().words[key], language))


def _strong(profile: BehaviourProfile) -> dict[Any, float]:
    return {axis: at for axis in AXES if (at := getattr(profile, axis))}


def _data(name: str | None, conditions: Mapping[str, Condition], language: Language) -> Any:
    """Return the same as data: whole guides and conditions, as their files hold them."""
    if name is not None:
        found = _named(name, conditions)
        data = found.model_dump(mode="json")
        return data if isinstance(found, AxisGuide) else data | {"over_time": _over_time(found.profile, language)}
    return {
        "axes": [guide.model_dump(mode="json") for guide in axes().values()],
        "conditions": [condition.model_dump(mode="json") for condition in conditions.values()],
    }


def _lines(title: str, told: dict[Any, str], language: Language) -> None:
    if not told:
        return
    output.print(Text(f"\n{_word(title, language)}", "bold"))
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, text in told.items():
        table.add_row(Text(str(name)), Text(text))
    output.print(Padding(table, (0, 0, 0, 2)))


def _table(*headings: str) -> Table:
    """Make a table whose texts fold: Chinese has no blanks to break at, and would be cut off."""
    table = Table(box=None, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table
