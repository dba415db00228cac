"""A participant's way through the study: what comes next, and which forms are theirs to fill in."""

from dataclasses import dataclass

from hardseek.dialogues import Dialogue
from hardseek.runs.digest import digest
from hardseek.study.answers import handed_in
from hardseek.study.database import Database
from hardseek.study.design import Design, FormName
from hardseek.study.items import Item
from hardseek.study.people import person
from hardseek.study.talks import StudyTalk, talks_of


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


@dataclass(frozen=True)
class Course:
    """Where a participant stands, read from the database."""

    design: Design
    database: Database
    code: str

    @property
    def consented(self) -> bool:
        """Whether they agreed to the text as it is now."""
        return person(self.database, self.code).consent == consent_digest(self.design)

    @property
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
            forms += [*self.readings(), self._once("end")]
        done = handed_in(self.database, self.code)
        return next((place for place in forms if place.items and place.key not in done), None)

    def of_talk(self, talk: StudyTalk, form: FormName) -> Place:
        """Return the form before or after a talk."""
        key = f"{form}:{talk.position}"
        return Place(form, f"/talk/{talk.position}", key, self.design.forms[form], key, talk.letter)

    def readings(self) -> list[Place]:
        """Return the dialogues that they are to read, each with its form."""
        items, ids = self.design.forms["reading"], self.design.readings.get(self.code, ())
        return [
            Place(
                "reading", f"/form/reading/{number}", f"reading:{identity}", items, f"reading:{number}",
                dialogue=self.design.stored[identity],
            )
            for number, identity in enumerate(ids, start=1)
        ]  # fmt: skip

    @property
    def read(self) -> int:
        """How many dialogues they have read and rated."""
        done = handed_in(self.database, self.code)
        return sum(place.key in done for place in self.readings())

    def drafted(self) -> dict[str, tuple[str, set[str]]]:
        """Return where something may be typed at present, as pages call it: the key, and the names of its fields."""
        due, talk = self.due(), self.talk
        places = [due] if due is not None else []
        found = {}
        if talk is not None:
            places += [self.of_talk(talk, "before"), self.of_talk(talk, "dialogue")]
            key = f"talk:{talk.position}"
            found[key] = (key, {"text"})
        return found | {place.shown: (place.key, {item.name for item in place.items}) for place in places}

    def _once(self, form: FormName) -> Place:
        return Place(form, f"/form/{form}", form, self.design.forms[form], form)

    def _systems(self) -> list[Place]:
        """Return the forms of the systems with which all talks are done."""
        talks = self.talks
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
