"""Finding phrases that fit a turn and have not been said yet."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from hardseek.cards import RoleCard
from hardseek.language import length
from hardseek.luck import Luck
from hardseek.seekers.state import Act
from hardseek.seekers.voices.bank import Bank, Need, Place, Role
from hardseek.seekers.voices.draws import Draws
from hardseek.seekers.voices.habits import Hand
from hardseek.seekers.voices.hearing import Context
from hardseek.seekers.voices.memory import Memory
from hardseek.seekers.voices.phrase import OWN, Form, Phrase, Shelf, manner
from hardseek.seekers.voices.slots import Slots, gives_away

_TONED: Final = 4
"""Times as likely a phrase of the move's own tone is as a plain one; few phrases are not to be overworked."""
_LENIENT: Final = 3
"""Words or characters that a phrase may be longer with its slot filled."""
_OF_ONES_OWN: Final = 2
"""Phrases that hold what one person alone would say, in a turn at most."""
_SPARE: Final = 8
"""Words or characters over its length that a short turn may have when all shorter phrases are used up."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What decides which phrases fit."""

    card: RoleCard
    luck: Luck
    tone: str
    context: Context
    met: frozenset[Need]
    """What there is of what phrases need."""
    hidden: tuple[str, ...]
    """Texts of the facts that may not be told."""
    memory: Memory
    hand: Hand
    slots: Slots


class Picker:
    """Finds phrases for one wording of a turn."""

    def __init__(self, scene: Scene, phrases: Bank, draws: Draws) -> None:
        self._scene, self._bank, self._draws = scene, phrases, draws
        self._memory, self._hand, self._slots = scene.memory, scene.hand, scene.slots
        self._manner = manner(scene.luck)
        self._used: set[str] = set()
        self._said: set[str] = set()  # what stood in slots of this wording
        self._filler: str | None = None
        self._slotted: set[str] = set()

    @property
    def begun(self) -> bool:
        """Whether more than one phrase was taken."""
        return len(self._used) > 1

    def fills(self, text: str) -> bool:
        """Tell whether this is what was said in this wording though it says nothing."""
        return text == self._filler

    def pick(self, act: Act, place: Place, least: float, most: float) -> str | None:
        """Return a phrase of an act with a length from `least` to `most`, its slots filled; None where none fits."""
        shelves = [self._shelf(act, place, only_tone=False)]
        if self._scene.tone != "plain":
            own = self._shelf(act, place, only_tone=True)
            favour = (_TONED - 1) * len(own.phrases)
            if self._draws.chance(favour / (favour + len(shelves[0].phrases) + 1)):
                shelves.insert(0, own)
        for shelf in shelves:
            text = self._take(shelf, least, most, self._fits)
            if text is not None:
                return text
        return None

    def own(self, act: Act, least: float, most: float) -> str | None:
        """Return a phrase that holds what this person alone would say."""
        scene = self._scene
        shelf = self._bank.own(act, scene.tone, scene.context, met=scene.met)
        return self._take(shelf, least, most, self._fits)

    def situation(self, least: float, most: float) -> str | None:
        """Return what people with this person's kind of problem say."""

        def fits(phrase: Phrase) -> bool:
            card = self._scene.card
            return self._fits(phrase) and not gives_away(self._form(phrase).text, self._scene.hidden, card.language)

        return self._take(self._bank.situation(self._scene.card.category), least, most, fits)

    def part(self, role: Role, act: Act, most: float) -> str | None:
        """Return a small part that goes with an act."""
        shelf = self._bank.parts(role, act, self._scene.tone)
        phrase = shelf.find(0, most, self._draws.unit(), self._fresh)
        if phrase is None:
            return None
        form = self._form(phrase)
        self._used.add(form.key)
        return form.text

    def anything(self, act: Act, aim: int) -> str:
        """Return a phrase though it was said before: what is left when a long talk has used up what fits."""
        phrase = self._shelf(act, "any", only_tone=False).find(
            0,
            aim + _SPARE,
            self._draws.unit(),
            lambda phrase: not self._form(phrase).slots and self._form(phrase).key not in self._used,
        )
        return self._form(phrase).text if phrase else self._bank.groups(act)[0].phrases[0]

    def _take(self, shelf: Shelf, least: float, most: float, fits: Callable[[Phrase], bool]) -> str | None:
        phrase = shelf.find(least, most, self._draws.unit(), fits)
        if phrase is None:
            return None
        text = self._fill(self._form(phrase), most)
        if text is None:  # what fills its slot is too long
            unit = self._draws.unit()
            phrase = shelf.find(least, most, unit, lambda other: not self._form(other).slots and fits(other))
            text = self._form(phrase).text if phrase else None
        if phrase is not None and text is not None:
            self._used.add(self._form(phrase).key)
            if phrase.text in self._bank.fillers:
                self._filler = text
        return text

    def _shelf(self, act: Act, place: Place, *, only_tone: bool) -> Shelf:
        scene = self._scene
        return self._bank.shelf(act, place, scene.tone, scene.context, only_tone=only_tone, met=scene.met)

    def _form(self, phrase: Phrase) -> Form:
        return phrase.form(self._manner)

    def _fits(self, phrase: Phrase) -> bool:
        if self._filler is not None and phrase.text in self._bank.fillers:
            return False
        form = self._form(phrase)
        if not form.slots:
            return self._new(form)
        # What one believes, tried or wants is said once a turn, and not all three: more has the sound of a form.
        if self._slotted and (not self._slotted.isdisjoint(form.slots) or self._full(form)):
            return False
        return self._new(form) and all(map(self._slots.values, form.slots))

    def _full(self, form: Form) -> bool:
        return len(self._slotted) >= _OF_ONES_OWN and any(slot in OWN for slot in form.slots)

    def _fresh(self, phrase: Phrase) -> bool:
        return self._new(self._form(phrase))

    def _new(self, form: Form) -> bool:
        if form.key in self._used or self._memory.holds(form.key):
            return False
        return not self._hand.words or not self._memory.holds(self._hand.key(form.text))

    def _fill(self, form: Form, most: float) -> str | None:
        """Fill the slots; None when that makes the phrase too long, or says again what stood in another one."""
        text, size = form.text, form.length
        for slot in form.slots:
            values = [value for value in self._slots.values(slot) if value not in self._said]
            if not values:
                return None
            value = values[int(self._draws.unit() * len(values))]
            self._said.add(value)
            if slot in OWN:
                self._slotted.add(slot)
            size += length(value)
            text = text.replace(f"{{{slot}}}", value)
        return text if size <= most + _LENIENT else None
