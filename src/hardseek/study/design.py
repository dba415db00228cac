"""The design: a study with all that it refers to at hand, and who plays what."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, Literal

from hardseek.cards import RoleCard, load_cards, packaged_cards, select_cards
from hardseek.dialogues import Dialogue
from hardseek.errors import Refused
from hardseek.language import Language
from hardseek.mistakes import repeated
from hardseek.runs.digest import defining, digest
from hardseek.seekers import Condition
from hardseek.study.assignment import Assigned, assign, practice
from hardseek.study.expanding import expand
from hardseek.study.items import DISTRESS, Item, PreferItem
from hardseek.study.sections import Sees
from hardseek.study.sharing import Side, assign_again, assign_pairs, assign_readings
from hardseek.study.stored import Pair, pairs, stored
from hardseek.study.study import Participant, Study, read_study
from hardseek.supporters.spec import SystemSpec

FormName = Literal["start", "before", "turn", "dialogue", "system", "reading", "again", "pair", "end"]
"""Which form: those of the study file; `before` is what is asked before a talk, `again` of what is read once more."""
BEFORE: Final = DISTRESS.model_copy(update={"name": "distress_before"})
_LATER: Final = {"turn", "again", "pair"}
"""Forms that studies of the first version did not have."""
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
    compared: Mapping[str, Pair]
    """The pairs that are to be compared, by id."""

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
            "turn": expand(asked.turn, folder),
            "dialogue": ((AFTER,) if study.distress else ()) + expand(asked.dialogue, folder),
            "system": expand(asked.system, folder),
            "reading": expand(study.reading.items, folder) if study.reading else (),
            "again": expand(study.reading.items, folder) if study.reading and study.reading.repeats else (),
            "pair": expand(study.pairs.items, folder) if study.pairs else (),
            "end": expand(asked.end, folder),
        }
        for form, items in forms.items():
            if twice := repeated(item.name for item in items):
                raise Refused(f"forms.{form}: asked twice: {', '.join(twice)}; each needs a name of its own")
            if form != "pair" and any(isinstance(item, PreferItem) for item in items):
                raise Refused(f"forms.{form}: prefer is asked of `pairs` alone")
        _refuse_two_scales(forms)
        return cls(study, folder, {card.id: card for card in cards}, forms, stored(study, folder), pairs(study, folder))

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
        ids = self._by_language({one.id: one.language for one in self.stored.values()})
        try:
            return assign_readings(self.study, ids)
        except ValueError as error:
            raise Refused(f"reading: {error}; give more dialogues, or let each read fewer") from None

    @cached_property
    def again(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of the dialogues that participants read once more, by code."""
        return assign_again(self.study, self.readings)

    @cached_property
    def pairs(self) -> Mapping[str, tuple[Side, ...]]:
        """The pairs that participants compare, by code; raises Refused when there are too few."""
        ids = self._by_language({pair.id: pair.one.language for pair in self.compared.values()})
        try:
            return assign_pairs(self.study, ids)
        except ValueError as error:
            raise Refused(f"pairs: {error}; give more dialogues, or let each compare fewer") from None

    def _by_language(self, ids: Mapping[str, Language]) -> dict[Language, list[str]]:
        return {language: [one for one, of in ids.items() if of == language] for language in self.study.languages}

    @cached_property
    def practice(self) -> tuple[Assigned, ...]:
        """The talks to practise with, one a participant at position 0; raises Refused when a card is not there."""
        try:
            return tuple(practice(self.study, list(self.cards.values())))
        except ValueError as error:
            raise Refused(str(error)) from None

    @cached_property
    def conditions(self) -> Mapping[str, Condition]:
        """The behaviours by name, that of the practice with them."""
        practised = self.study.practice
        known = {practised.condition.name: practised.condition} if practised else {}
        return known | {condition.name: condition for condition in self.study.conditions}

    @property
    def systems(self) -> tuple[SystemSpec, ...]:
        """The systems that answer: those that are compared, and that of the practice."""
        practised = self.study.practice
        return (*self.study.systems, *((practised.system,) if practised else ()))

    def exchanges(self, position: int) -> int:
        """Return how many exchanges a talk at a position has at most."""
        practised = self.study.practice
        return practised.exchanges if practised and position == 0 else self.study.exchanges

    def minutes(self, position: int) -> float | None:
        """Return how many minutes a talk at a position goes on at most; None: as long as its exchanges take."""
        return self.study.minutes if position else None

    @cached_property
    def participants(self) -> Mapping[str, Participant]:
        """The participants by code."""
        return {participant.code: participant for participant in self.study.participants}

    @cached_property
    def parts(self) -> dict[str, str]:
        """What the results of the study depend on, hashed part by part; participants may be added."""
        study = self.study
        conditions = [digest(condition.name, condition.profile) for condition in study.conditions]
        time = f"x{study.minutes:g}min" if study.minutes is not None else ""
        found = {
            "study": study.name,
            "seed": str(study.seed),
            "languages": "+".join(study.languages),
            "systems": f"{len(study.systems)}@{digest(*(defining(system) for system in study.systems))[:8]}",
            "conditions": f"{len(conditions)}@{digest(*conditions)[:8]}",
            "cards": f"{len(self.cards)}@{digest(*self.cards.values())[:8]}",
            "talks": f"{study.talks}x{study.exchanges}{time}",
            "readings": f"{len(self.stored)}@{digest(*self.stored)[:8]}" if self.stored else "none",
            "forms": digest({name: [_dump(item) for item in f] for name, f in self.forms.items() if _counts(name, f)})[
                :8
            ],
        }
        # Named only where there is one: what has been there before keeps its signature.
        if study.pairs is not None:
            found["pairs"] = f"{len(self.compared)}@{digest(*self.compared)[:8]}x{study.pairs.each}"
        if study.reading is not None and study.reading.repeats:
            found["again"] = str(study.reading.repeats)
        if study.practice is not None:
            found["practice"] = digest(study.practice)[:8]
        if study.sees != Sees():
            found["sees"] = digest(study.sees)[:8]
        return found


def _counts(name: FormName, items: tuple[Item, ...]) -> bool:
    return bool(items) or name not in _LATER


def _dump(item: Item) -> dict[str, object]:
    return item.model_dump(mode="json", exclude={"same_as", "within"} if item.same_as is None else None)


def _refuse_two_scales(forms: Mapping[FormName, tuple[Item, ...]]) -> None:
    """Refuse one name for two questions of talks and of readings: their scores stand in one table."""
    asked = {item.name: item for item in forms["dialogue"]}
    for item in forms["reading"]:
        if asked.get(item.name, item) != item:
            raise Refused(f"reading: {item.name} is asked otherwise in forms.dialogue; give it another name")
