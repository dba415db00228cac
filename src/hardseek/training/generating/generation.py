"""What is generated: an experiment in which all systems answer the same talk, and one of their replies is gone on with.

A generation is written as an experiment is. Its systems are not compared: at every turn each is asked for several
replies, the seeker's next move after each is drawn, and the dialogue goes on with one of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import yaml
from pydantic import Field, ValidationError, model_validator

from hardseek.documents import Document, load, read
from hardseek.errors import Refused
from hardseek.judging.spec import JudgeSpecs, PairJudgeSpec
from hardseek.mistakes import explain
from hardseek.runs import Experiment, Plan
from hardseek.runs.digest import defining, digest
from hardseek.runs.signature import code
from hardseek.seekers.spec import ChatSeeker, ScriptedSeeker
from hardseek.supporters.spec import System

Follow = Literal["best", "first", "luck"]
By = Literal["response", "judges"]
FILTERS: Final = ("same", "language", "again")
Filter = Literal["same", "language", "again"]
_TRYING: Final = ("training/generating/", "training/response.py")
"""What of the package decides, beside the code of speaking that a run signs, which replies are gone on with."""


class CandidateChoice(Document):
    """Which replies are tried at a turn, and which of them is gone on with."""

    each: int = Field(default=4, ge=1, le=64)
    """Replies that each system is asked for, each with a sampling seed of its own."""
    follow: Follow = "best"
    """best: the one of the highest value; first: the first system's first; luck: any, each as likely."""
    by: By = "response"
    """What a reply's value is: what it changed in the simulated seeker, or the mean of what judges gave it."""
    judges: JudgeSpecs = ()
    """Who rates the talk up to and with each reply; only needed with `by: judges`."""
    filters: tuple[Filter, ...] = FILTERS
    """Replies that are left out: the same as another one, in another language, saying again an earlier turn."""

    @property
    def needs_judges(self) -> bool:
        """Whether it cannot be told which reply is gone on with unless judges answer."""
        return self.follow == "best" and self.by == "judges"

    @model_validator(mode="after")
    def _judges_judge_replies(self) -> "CandidateChoice":
        if self.by == "judges" and not self.judges:
            raise ValueError("judges: `by: judges` needs somebody who judges; name one here")
        if any(isinstance(judge, PairJudgeSpec) for judge in self.judges):
            raise ValueError("judges: a pairwise judge compares whole dialogues of two systems; name one that rates")
        return self


class Generation(Experiment):
    """Everything that decides what is generated."""

    candidates: CandidateChoice = CandidateChoice()
    """Which replies are tried."""


class Panel(System):
    """All systems of a generation as the one that its dialogues are with."""

    kind: Literal["panel"] = "panel"
    members: tuple[str, ...]
    """What decides what each says, hashed."""
    candidates: str
    """What decides which of their replies is gone on with, hashed."""


@dataclass(frozen=True, slots=True)
class GenerationPlan:
    """What a generation comes to."""

    generation: Generation
    plan: Plan
    """Of dialogues with the panel."""
    each_alone: Plan
    """The same, as if each system held its own dialogues: what an estimate begins with."""

    @property
    def replies(self) -> int:
        """Replies that are asked for at a turn."""
        return len(self.generation.systems) * self.generation.candidates.each


def read_generation(
    path: Path, changes: Mapping[str, Any], *, conditions: Sequence[str] = ()
) -> tuple[Generation, str]:
    """Read an experiment file, with or without `candidates`.

    Args:
        path: the file.
        changes: fields to put in the place of the file's, those of `candidates` and `cards` one by one.
        conditions: only these of the file's, or packaged ones; empty for the file's.

    Returns:
        The generation, and the file's text.

    Raises:
        Refused: the file cannot be read or does not fit.
    """
    text = read(path)
    given = load(text, Generation, source=str(path))
    if not changes and not conditions:
        return given, text
    data: dict[str, Any] = yaml.safe_load(text)
    if conditions:
        described = {condition.name: condition for condition in given.conditions}
        data["conditions"] = [described.get(name, name) for name in conditions]
    for name, value in changes.items():
        data[name] = {**(data.get(name) or {}), **value} if isinstance(value, dict) else value
    try:
        return Generation.model_validate(data), text
    except ValidationError as error:
        raise Refused(explain(error, source="on the command line", model=Generation)) from None


def plan_generation(generation: Generation, folder: Path) -> GenerationPlan:
    """Plan a generation; its paths are seen from `folder`.

    Raises:
        Refused: its cards cannot be had, a system keeps the talk itself, or the seeker has no state to choose by.
    """
    for system in generation.systems:
        if getattr(system, "remembers", False):
            raise Refused(
                f"systems: {system.name} remembers the talk itself, and would hear replies that were never said; "
                "generate with systems that are sent the whole talk"
            )
    choice, seeker = generation.candidates, generation.seeker
    if choice.by == "response" and choice.follow == "best" and not isinstance(seeker, ScriptedSeeker | ChatSeeker):
        raise Refused(
            f"candidates: by: response: a seeker of the protocol {seeker.kind} has no hidden state that replies could "
            "change; take `by: judges`, or a scripted or chat seeker"
        )
    alone = Plan.of(generation, folder=folder)
    judged = [defining(judge) for judge in choice.judges]
    panel = Panel(
        name=f"{choice.follow}-of-{len(generation.systems) * choice.each}",
        members=tuple(alone.system_digests),
        candidates=digest(choice.each, choice.follow, choice.by, judged, choice.filters, code(*_TRYING)),
    )
    # A panel is no system that an experiment file could name, so it is put in its place unvalidated.
    return GenerationPlan(generation, Plan(generation.model_copy(update={"systems": (panel,)}), alone.cards), alone)
