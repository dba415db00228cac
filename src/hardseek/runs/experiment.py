"""The experiment: what is compared, with whom, how often; one YAML file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BeforeValidator, Field, ValidationError, ValidationInfo, model_validator

from hardseek.documents import Document, load, packaged, read
from hardseek.errors import Refused
from hardseek.judging import IndicatorsSpec, JudgeSpecs
from hardseek.language import LANGUAGES, Language
from hardseek.mistakes import choices, explain, given_once
from hardseek.seekers import Condition
from hardseek.seekers.conditions import packaged_conditions, read_conditions
from hardseek.seekers.spec import ScriptedSeeker, SeekerSpec
from hardseek.supporters.spec import SystemSpec


def _known(name: str, names: list[str], what: str) -> str:
    if name not in names:
        raise ValueError(f"found {name!r}; no such {what}; {choices(name, names)}")
    return name


def _system(value: Any) -> Any:
    """Let a plain name stand for the built-in control of that name."""
    if isinstance(value, str):
        return {"kind": "builtin", "name": value, "control": value}
    return value


def _condition(value: Any, info: ValidationInfo) -> Any:
    """Let a plain name stand for the packaged condition of that name, and FILE.yaml#NAME for one of a file."""
    if not isinstance(value, str):
        return value
    file, parted, name = value.partition("#")
    if not parted and not file.endswith((".yaml", ".yml")):
        return packaged_conditions()[_known(value, list(packaged_conditions()), "condition")]
    try:
        found = read_conditions(((info.context or {}).get("folder") or Path()) / file)
    except Refused as error:
        raise ValueError(str(error)) from None
    if not parted:
        raise ValueError(f"say which condition of it: {', '.join(f'{file}#{known}' for known in found)}")
    return found[_known(name, list(found), "condition")]


SystemChoice = Annotated[SystemSpec, BeforeValidator(_system)]
"""A system under test; a plain name stands for a built-in control."""
ConditionChoice = Annotated[Condition, BeforeValidator(_condition)]
"""A behaviour profile; a plain name stands for a packaged one, FILE.yaml#NAME for one of a file of conditions."""


class CardChoice(Document):
    """Which role cards are played."""

    path: Path | None = None
    """A file or folder of cards, seen from the experiment file; null for the packaged library."""
    ids: tuple[str, ...] | None = None
    """Only these cards."""
    limit: int | None = Field(default=None, ge=1)
    """At most so many cards in each language, spread over categories."""


class Experiment(Document):
    """Everything that decides what a run does."""

    name: str = Field(default="experiment", pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=60)
    """What the run is called; it is kept in runs/NAME unless `--out` says otherwise."""
    systems: tuple[SystemChoice, ...] = Field(min_length=1)
    """The systems under test; a plain name stands for a built-in control."""
    seeker: SeekerSpec = ScriptedSeeker()
    """Who plays the seekers; scripted needs no model."""
    cards: CardChoice = CardChoice()
    """Which role cards are played; all packaged ones of the languages when nothing is said."""
    conditions: tuple[ConditionChoice, ...] = Field(min_length=1)
    """Behaviour profiles to compare; a plain name stands for a packaged one. The drop is counted from `average`."""
    languages: tuple[Language, ...] = Field(default=LANGUAGES, min_length=1)
    """Cards in these languages are played; results are given for each."""
    exchanges: int = Field(default=8, ge=1, le=200)
    """Exchanges in a dialogue at most: one turn of the seeker and the supporter's answer."""
    replicates: int = Field(default=1, ge=1, le=10_000)
    """Dialogues for each system, card and condition, each with luck of its own."""
    seed: int = Field(default=1, ge=0)
    """The seed of all luck; another one is another run."""
    judges: JudgeSpecs = (IndicatorsSpec(),)
    """Who rates the dialogues; an empty list leaves only what became of the seekers."""
    concurrency: int = Field(default=32, ge=1, le=10_000)
    """Dialogues in progress at once, over all systems."""

    @model_validator(mode="after")
    def _names_are_distinct(self) -> "Experiment":
        given_once(
            {
                "system": [system.name for system in self.systems],
                "condition": [condition.name for condition in self.conditions],
                "language": self.languages,
            }
        )
        return self


def read_experiment(path: Path | None, changes: Mapping[str, Any] | None = None) -> tuple[Experiment, str]:
    """Read an experiment file, or the packaged demo when there is none.

    Args:
        path: the file.
        changes: fields to put in the place of the file's, as flags do.

    Returns:
        The experiment, and the file's text.

    Raises:
        Refused: the file cannot be read or does not fit; the message names each mistake and its line.
    """
    text = packaged("hardseek.runs", "demo.yaml") if path is None else read(path)
    source = "the packaged demo" if path is None else str(path)
    folder = None if path is None else path.parent
    experiment = load(text, Experiment, source=source, folder=folder)
    if changes:
        try:
            experiment = Experiment.model_validate({**yaml.safe_load(text), **changes}, context={"folder": folder})
        except ValidationError as error:
            raise Refused(explain(error, source="on the command line", model=Experiment)) from None
    return experiment, text
