"""The study: who plays which seekers against which systems, and what they are asked; one YAML file."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, Self
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, model_validator

from hardseek.documents import Document, load, read
from hardseek.judging.rubrics.rubric import Said
from hardseek.language import LANGUAGES, Language
from hardseek.mistakes import given_once
from hardseek.runs.experiment import CardChoice, ConditionChoice, SystemChoice
from hardseek.study.interviews import InterviewGuide
from hardseek.study.sections import Attention, CrisisResource, Forms, Pairs, Practice, Reading, Sees

Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=40)]
"""What a participant or researcher is called: a code, never a name."""


class Participant(Document):
    """Somebody who takes part."""

    code: Code
    """What they are called in everything that is kept; who that is stands in no file of hardseek."""
    language: Language
    """What they play and are asked in."""


MOST_EXCHANGES: Final = 200
_MOST: Final = 999
"""Participants that a number stands for, at most."""


def _codes(value: Any) -> Any:
    """Let a number stand for so many participants, P01 onwards."""
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _MOST:
        return [f"P{number:02}" for number in range(1, value + 1)]
    return value


def _no_number(value: Any) -> Any:
    if isinstance(value, int):
        raise ValueError(f"found {value}; it should be 1 to {_MOST}, or a list of code and language")
    return value


class Study(Document):
    """Everything that decides what a study asks of whom."""

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=60)
    """What the study is called; it is kept in studies/NAME unless `--folder` says otherwise."""
    title: Said
    """What participants read on top of every page; it should not tell what is compared."""
    languages: tuple[Language, ...] = Field(default=LANGUAGES, min_length=1)
    """What participants play and are asked in."""
    participants: Annotated[tuple[Participant, ...], BeforeValidator(_no_number)] = Field(min_length=1)
    """A number of them, a list of codes, or a list of code and language. Languages that are not told go round."""
    systems: tuple[SystemChoice, ...] = ()
    """The systems under test, as in an experiment; participants meet them under letters of their own."""
    conditions: tuple[ConditionChoice, ...] = ()
    """Behaviours to act, as in an experiment."""
    cards: CardChoice = CardChoice()
    """Which role cards are played."""
    dialogues: int | None = Field(default=None, ge=0, le=200)
    """Talks that each participant holds; null: one with each system under each condition; 0: they only read."""
    exchanges: int = Field(default=10, ge=1, le=200)
    """Exchanges in a talk at most; a participant may leave before. Where `minutes` are said and this is not, 200."""
    minutes: float | None = Field(default=None, gt=0, le=24 * 60)
    """How long a talk goes on at most, from its beginning; null: as long as its exchanges take."""
    practice: Practice | None = None
    """A talk to practise with, before all others; null: none."""
    reading: Reading | None = None
    """Dialogues to be read and rated, after the talks; null: none."""
    pairs: Pairs | None = None
    """Pairs of dialogues to be compared, after the readings; null: none."""
    distress: bool = True
    """Whether the seeker's distress, 0 to 10, is asked before and after each talk."""
    forms: Forms = Forms()
    """What is asked, and when."""
    interview: InterviewGuide | None = None
    """What researchers ask in interviews; it can be changed while a study goes on. Null: none."""
    sees: Sees = Sees()
    """What participants are shown."""
    attention: Attention = Attention()
    """What becomes of failed attention checks."""
    consent: Said
    """What a participant agrees to before anything else; blank lines part paragraphs."""
    instructions: Said
    """How to play; blank lines part paragraphs."""
    checked: date | None = None
    """The day on which somebody of the study team made sure that every crisis resource is right for the participants;
    needed where they are still those of the template."""
    crisis: dict[Language, tuple[CrisisResource, ...]]
    """Where a person in need finds help, by language; shown on every page. Check them for your country."""
    contact: Said
    """Whom a participant can turn to with questions."""
    database: str | None = None
    """Address of a PostgreSQL server, `postgresql://USER@HOST:PORT/DATABASE`; null: SQLite, in the study's folder.
    Its password comes from the environment (PGPASSWORD)."""
    seed: int = Field(default=1, ge=0)
    """The seed of all luck: which order who gets, and which letters."""

    @model_validator(mode="before")
    @classmethod
    def _languages_go_round(cls, data: Any) -> Any:
        """Give participants that are told by their code alone the study's languages in turn."""
        if not isinstance(data, dict):
            return data
        told, languages = _codes(data.get("participants")), data.get("languages") or LANGUAGES
        if not isinstance(told, list | tuple) or not isinstance(languages, list | tuple):
            return data
        full = [
            {"code": each, "language": languages[place % len(languages)]} if isinstance(each, str) else each
            for place, each in enumerate(told)
        ]
        return {**data, "participants": full}

    @model_validator(mode="before")
    @classmethod
    def _time_alone_is_enough(cls, data: Any) -> Any:
        """Where minutes are said, exchanges need not be."""
        if isinstance(data, dict) and data.get("minutes") is not None and data.get("exchanges") is None:
            return {**data, "exchanges": MOST_EXCHANGES}
        return data

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        given_once(
            {
                "participant": [participant.code for participant in self.participants],
                "system": [system.name for system in self.systems],
                "condition": [condition.name for condition in self.conditions],
                "language": self.languages,
            }
        )
        if self.talks and not (self.systems and self.conditions):
            raise ValueError("systems, conditions: at least one of each is needed to talk; `dialogues: 0` is to read")
        if not self.talks and self.reading is None and self.pairs is None:
            raise ValueError("there is nothing to do: no talks, no `reading`, no `pairs`")
        if self.practice is not None and self.practice.system.name in {system.name for system in self.systems}:
            raise ValueError(f"practice: {self.practice.system.name} is one of the systems that are compared")
        if not self.sees.letters and self.forms.system:
            raise ValueError("sees: without letters nobody knows which system `forms.system` is about")
        for participant in self.participants:
            if participant.language not in self.languages:
                raise ValueError(
                    f"participant {participant.code} plays in {participant.language}, and the study's languages are "
                    f"{', '.join(self.languages)}"
                )
        if self.database is not None and urlsplit(self.database).password is not None:
            raise ValueError("database: holds a password; take it out, and give it as PGPASSWORD in the environment")
        bare = [language for language in self.languages if not self.crisis.get(language)]
        if bare:
            raise ValueError(f"crisis: nothing for {', '.join(bare)}; every language needs a place to turn to")
        return self

    @property
    def talks(self) -> int:
        """Talks that each participant holds."""
        return max(1, len(self.systems) * len(self.conditions)) if self.dialogues is None else self.dialogues


def read_study(path: Path) -> Study:
    """Read a study file; raises Refused, every mistake named with its line."""
    return load(read(path), Study, source=str(path), folder=path.parent)
