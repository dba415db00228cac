"""The design: a study with all that it refers to at hand, and who plays what."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, Literal

from hardseek.cards import RoleCard, load_cards, packaged_cards, select_cards
from hardseek.dialogues import Dialogue
from hardseek.errors import Refused
from hardseek.interop import Skipped, importer
from hardseek.mistakes import repeated
from hardseek.runs.digest import defining, digest
from hardseek.seekers import Condition
from hardseek.study.assignment import Assigned, assign, assign_readings
from hardseek.study.items import DISTRESS, Item, expand
from hardseek.study.study import Participant, Study, read_study

FormName = Literal["start", "before", "dialogue", "system", "reading", "end"]
"""Which form: those of the study file; `before` is what is asked before a talk."""
BEFORE: Final = DISTRESS.model_copy(update={"name": "distress_before"})
AFTER: Final = DISTRESS.model_copy(update={"name": "distress_after"})


@dataclass(frozen=True)
class Design:
    """A study, its cards and its forms."""

    study: Study
    folder: Path
    """From which the study's paths are seen."""
    cards: Mapping[str, RoleCard]
    """By id."""
    forms: Mapping[FormName, tuple[Item, ...]]
    stored: Mapping[str, Dialogue]
    """The dialogues that are to be read, by id."""

    @classmethod
    def of(cls, study: Study, folder: Path) -> "Design":
        """Gather what a study refers to.

        Raises:
            Refused: cards or rubrics cannot be had, or a form asks two questions under one name.
        """
        choice = study.cards
        known = packaged_cards() if choice.path is None else load_cards(folder / choice.path)
        cards = select_cards(known, study.languages, choice.ids, choice.limit)
        for language in {participant.language for participant in study.participants}:
            if study.talks and not any(card.language == language for card in cards):
                raise Refused(f"cards: none in {language}, and participants play in it; add cards or leave it out")
        asked = study.forms
        forms: dict[FormName, tuple[Item, ...]] = {
            "start": expand(asked.start, folder),
            "before": (BEFORE,) if study.distress else (),
            "dialogue": ((AFTER,) if study.distress else ()) + expand(asked.dialogue, folder),
            "system": expand(asked.system, folder),
            "reading": expand(study.reading.items, folder) if study.reading else (),
            "end": expand(asked.end, folder),
        }
        for form, items in forms.items():
            if twice := repeated(item.name for item in items):
                raise Refused(f"forms.{form}: asked twice: {', '.join(twice)}; each needs a name of its own")
        _refuse_two_scales(forms)
        return cls(study, folder, {card.id: card for card in cards}, forms, _stored(study, folder))

    @classmethod
    def read(cls, path: Path) -> "Design":
        """Read a study file and gather what it refers to; raises Refused."""
        return cls.of(read_study(path), path.parent)

    @cached_property
    def assigned(self) -> tuple[Assigned, ...]:
        """Who plays what, participants in the order of the file."""
        return tuple(assign(self.study, list(self.cards.values())))

    @cached_property
    def readings(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of the dialogues that participants read, by code; raises Refused when there are too few."""
        by_language = {
            language: [one.id for one in self.stored.values() if one.language == language]
            for language in self.study.languages
        }
        try:
            return assign_readings(self.study, by_language)
        except ValueError as error:
            raise Refused(f"reading: {error}; give more dialogues, or let each read fewer") from None

    @cached_property
    def conditions(self) -> Mapping[str, Condition]:
        """The behaviours by name."""
        return {condition.name: condition for condition in self.study.conditions}

    @cached_property
    def participants(self) -> Mapping[str, Participant]:
        """The participants by code."""
        return {participant.code: participant for participant in self.study.participants}

    @cached_property
    def parts(self) -> dict[str, str]:
        """What the results of the study depend on, hashed part by part; participants may be added."""
        study = self.study
        conditions = [digest(condition.name, condition.profile) for condition in study.conditions]
        return {
            "study": study.name,
            "seed": str(study.seed),
            "languages": "+".join(study.languages),
            "systems": f"{len(study.systems)}@{digest(*(defining(system) for system in study.systems))[:8]}",
            "conditions": f"{len(conditions)}@{digest(*conditions)[:8]}",
            "cards": f"{len(self.cards)}@{digest(*self.cards.values())[:8]}",
            "talks": f"{study.talks}x{study.exchanges}",
            "readings": f"{len(self.stored)}@{digest(*self.stored)[:8]}" if self.stored else "none",
            "forms": digest({name: [item.model_dump(mode="json") for item in f] for name, f in self.forms.items()})[:8],
        }


def _stored(study: Study, folder: Path) -> dict[str, Dialogue]:
    """Load the dialogues that are to be read; those that failed, and those without text, are left out."""
    if study.reading is None:
        return {}
    path = folder / study.reading.dialogues
    found = (item for item in importer("messages").read(path) if not isinstance(item, Skipped))
    return {item.dialogue.id: item.dialogue for item in found if item.dialogue.ending != "failed"}


def _refuse_two_scales(forms: Mapping[FormName, tuple[Item, ...]]) -> None:
    """Refuse one name for two questions of talks and of readings: their scores stand in one table."""
    asked = {item.name: item for item in forms["dialogue"]}
    for item in forms["reading"]:
        if asked.get(item.name, item) != item:
            raise Refused(f"reading: {item.name} is asked otherwise in forms.dialogue; give it another name")
