"""A participant's way through the study: what comes next, and which forms are theirs to fill in."""

from dataclasses import dataclass
from functools import cached_property

from hardseek.dialogues import Dialogue
from hardseek.runs.digest import digest
from hardseek.study.answers import handed_in
from hardseek.study.database import Database
from hardseek.study.design import Design, FormName
from hardseek.study.items import Item
from hardseek.study.people import person
from hardseek.study.talks import StudyTalk, talks_of, turns


@dataclass(frozen=True, slots=True)
class Place:
    """A form that a participant has before them."""

    form: FormName
    path: str
    """Of the page; it names a system by its letter."""
    key: str
    """Where its answers are kept."""
    items: tuple[Item, ...]
    shown: str
    """How its page calls it: no name of a system and no id is in it."""
    letter: str | None = None
    dialogue: Dialogue | None = None
    """What is read, of a reading."""
    sides: tuple[Dialogue, Dialogue] | None = None
    """What is compared, of a pair, in the order in which it is shown."""


@dataclass(frozen=True)
class Course:
    """Where a participant stands at one moment, read from the database once; after a change, ask for it anew."""

    design: Design
    database: Database
    code: str

    def anew(self) -> "Course":
        """Return where they stand now."""
        return Course(self.design, self.database, self.code)

    @cached_property
    def consented(self) -> bool:
        """Whether they agreed to the text as it is now."""
        return person(self.database, self.code).consent == consent_digest(self.design)

    @cached_property
    def handed_in(self) -> set[str]:
        """Where the answers of forms that they have handed in are kept."""
        return handed_in(self.database, self.code)

    @cached_property
    def talks(self) -> list[StudyTalk]:
        """Their talks in order."""
        return talks_of(self.database, self.code)

    @property
    def talk(self) -> StudyTalk | None:
        """The talk that is on; None when all are done."""
        return next((talk for talk in self.talks if talk.step != "done"), None)

    def next(self) -> str | None:
        """Return the path of what comes next; None when all is done."""
        if not self.consented:
            return "/consent"
        due = self.due()
        if due is not None:
            return due.path
        talk = self.talk
        return f"/talk/{talk.position}" if talk is not None else None

    def due(self) -> Place | None:
        """Return the form that has to be filled in before anything else; those of a talk come with it."""
        forms = [self._once("start"), *self._systems()]
        if self.talk is None:
            forms += [*self.readings(), *self.pairs(), self._once("end")]
        return next((place for place in forms if place.items and place.key not in self.handed_in), None)

    def of_turn(self, talk: StudyTalk) -> Place | None:
        """Return the form about a system's last answer in a talk that is not rated yet; None where none is due."""
        items = self.design.forms["turn"]
        said = turns(self.database, talk.number) if items and talk.step in {"talking", "rating"} else []
        if not said or said[-1].speaker != "supporter":
            return None
        key = f"turn:{talk.position}:{len(said) - 1}"
        if key in self.handed_in:
            return None
        return Place("turn", f"/talk/{talk.position}/turn", key, items, key, talk.letter)

    def of_talk(self, talk: StudyTalk, form: FormName) -> Place:
        """Return the form before or after a talk."""
        key = f"{form}:{talk.position}"
        return Place(form, f"/talk/{talk.position}", key, self.design.forms[form], key, talk.letter)

    def readings(self) -> list[Place]:
        """Return the dialogues that they are to read, each with its form; those that come once more look the same."""
        items = self.design.forms["reading"]
        ids = [("reading", identity) for identity in self.design.readings.get(self.code, ())]
        ids += [("again", identity) for identity in self.design.again.get(self.code, ())]
        return [
            Place(
                "reading", f"/form/reading/{number}", f"{form}:{identity}", items, f"reading:{number}",
                dialogue=self.design.stored[identity],
            )
            for number, (form, identity) in enumerate(ids, start=1)
        ]  # fmt: skip

    def pairs(self) -> list[Place]:
        """Return the pairs that they are to compare, each with its form."""
        items, found = self.design.forms["pair"], []
        for number, side in enumerate(self.design.pairs.get(self.code, ()), start=1):
            pair = self.design.compared[side.pair]
            sides = (pair.other, pair.one) if side.turned else (pair.one, pair.other)
            path, key = f"/form/pair/{number}", f"pair:{number}"
            found.append(Place("pair", path, key, items, key, sides=sides))
        return found

    @property
    def read(self) -> int:
        """How many dialogues they have read and rated, those that come once more with them."""
        return sum(place.key in self.handed_in for place in self.readings())

    @property
    def compared(self) -> int:
        """How many pairs they have compared."""
        return sum(place.key in self.handed_in for place in self.pairs())

    def drafted(self) -> dict[str, tuple[str, set[str]]]:
        """Return where something may be typed at present, as pages call it: the key, and the names of its fields."""
        due, talk = self.due(), self.talk
        places = [due] if due is not None else []
        found = {}
        if talk is not None:
            places += [self.of_talk(talk, "before"), self.of_talk(talk, "dialogue")]
            key = f"talk:{talk.position}"
            found[key] = (key, {"text"})
            turn = self.of_turn(talk)
            places += [turn] if turn is not None else []
        return found | {place.shown: (place.key, {item.name for item in place.items}) for place in places}

    def _once(self, form: FormName) -> Place:
        return Place(form, f"/form/{form}", form, self.design.forms[form], form)

    def _systems(self) -> list[Place]:
        """Return the forms of the systems with which all talks are done."""
        talks = [talk for talk in self.talks if not talk.practice]
        done = {talk.system: talk.letter for talk in talks}
        for talk in talks:
            if talk.step != "done":
                done.pop(talk.system, None)
        items = self.design.forms["system"]
        return [
            Place("system", f"/form/system/{letter}", f"system:{system}", items, f"system:{letter}", letter)
            for system, letter in done.items()
        ]


def consent_digest(design: Design) -> str:
    """Return the digest of the consent text: who agreed to another one is asked again."""
    return digest(design.study.consent)[:16]
