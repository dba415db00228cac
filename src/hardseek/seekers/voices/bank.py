"""The phrase bank: what a seeker can say for each act, in each language."""

from functools import cache
from typing import Annotated, Final, Literal, TypeVar, get_args

from pydantic import BeforeValidator, Field

from hardseek.cards.taxonomy import within
from hardseek.documents import Document, load, packaged
from hardseek.language import Language
from hardseek.seekers.state import Act
from hardseek.seekers.voices.hearing import Context, covers
from hardseek.seekers.voices.phrase import OWN, Shelf

Tone = Literal["plain", "flat", "low", "tense", "sharp", "warm"]
"""plain: nothing marked; flat: shut down; low: sad, hopeless; tense: anxious; sharp: irritated; warm: softened."""
TONES: Final[tuple[Tone, ...]] = get_args(Tone)

Place = Literal["first", "any", "last", "lead", "naming"]
"""first: only at the beginning; last: only at the end; lead: only right before a fact of the card; naming: says the
advice again that it answers."""

Need = Literal["talk", "understanding", "heard", "relief", "several"]
"""What has to be there before something is meant: some talk; a turn that understood; such a turn after some talk, with
trust; relief that is felt; several questions at once."""
NEEDS: Final[frozenset[Need]] = frozenset(get_args(Need))

Role = Literal["opener", "connector", "tail"]

Distortion = Literal[
    "mind-reading",
    "discounting-the-positive",
    "overgeneralisation",
    "catastrophising",
    "all-or-nothing",
    "personalisation",
    "emotional-reasoning",
]
"""Cognitive distortions as in Beck (1976), Cognitive Therapy and the Emotional Disorders, and Burns (1980)."""


def _lines(value: object) -> object:
    return tuple(line for line in value.split("\n") if line) if isinstance(value, str) else value


Phrases = Annotated[tuple[Annotated[str, Field(min_length=1)], ...], BeforeValidator(_lines), Field(min_length=1)]
"""Written as a block of lines, one phrase a line; `(a|b)` is a choice."""


class Group(Document):
    """Phrases that are alike."""

    tone: Tone = "plain"
    place: Place = "any"
    after: tuple[Context, ...] = ()
    """Where it fits; empty: anywhere."""
    needs: Need | None = None
    """What has to be there for it to be said."""
    filler: bool = False
    """Whether it says nothing; a turn has one such phrase at most."""
    distortion: Distortion | None = None
    """The cognitive distortion that the phrases draw on."""
    phrases: Phrases


class ActFile(Document):
    """All phrases of one act in one language."""

    id: str
    version: int
    language: Language
    act: Act
    groups: tuple[Group, ...]


class PartGroup(Document):
    """Small parts that go with phrases of some acts."""

    role: Role
    acts: tuple[Act, ...]
    tone: Tone = "plain"
    phrases: Phrases


class PartsFile(Document):
    """All small parts of one language."""

    id: str
    version: int
    language: Language
    groups: tuple[PartGroup, ...]


class Situation(Document):
    """What people say whose problem is of a kind."""

    about: tuple[str, ...]
    """Leaves of the taxonomy, or whole areas."""
    phrases: Phrases


class SituationsFile(Document):
    """What goes with each kind of problem, in one language."""

    id: str
    version: int
    language: Language
    groups: tuple[Situation, ...]


class Bank:
    """The phrases of one language, ready to be looked up."""

    def __init__(
        self, language: Language, acts: dict[Act, ActFile], parts: PartsFile, situations: SituationsFile
    ) -> None:
        self.language = language
        self._acts = acts
        self._parts = parts
        self._situations = situations
        # The kinds that can be asked for are some hundred, so that what was once shelved is kept.
        self._shelves: dict[tuple[object, ...], Shelf] = {}
        self.fillers: Final = frozenset(
            phrase for act in acts.values() for group in act.groups if group.filler for phrase in group.phrases
        )

    def shelf(
        self,
        act: Act,
        place: Place,
        tone: str,
        context: Context,
        *,
        only_tone: bool = False,
        met: frozenset[Need] = NEEDS,
    ) -> Shelf:
        """Return the phrases of an act that go with a place, a tone and what the supporter did.

        A tone that the bank does not know is plain. Plain phrases go with every tone unless `only_tone` is set. What
        needs something that is not `met` is left out.
        """
        kind = (act, place, tone, context, only_tone, met)
        shelf = self._shelves.get(kind)
        if shelf is None:
            wanted = {tone if tone in TONES else "plain"} | (set() if only_tone else {"plain"})
            shelf = self._shelves[kind] = Shelf.of(
                [
                    phrase
                    for group in self._acts[act].groups
                    if group.place == place
                    and group.tone in wanted
                    and (not group.after or any(covers(name, context) for name in group.after))
                    and (group.needs is None or group.needs in met)
                    for phrase in group.phrases
                ]
            )
        return shelf

    def own(self, act: Act, tone: str, context: Context, *, met: frozenset[Need] = NEEDS) -> Shelf:
        """Return the phrases of an act that hold what one person alone would say: a belief, what was tried, a want."""
        kind = ("own", act, tone, context, met)
        shelf = self._shelves.get(kind)
        if shelf is None:
            phrases = self.shelf(act, "any", tone, context, met=met).phrases
            shelf = self._shelves[kind] = Shelf.of(
                [phrase.text for phrase in phrases if any(f"{{{slot}}}" in phrase.text for slot in OWN)]
            )
        return shelf

    def parts(self, role: Role, act: Act, tone: str) -> Shelf:
        """Return the small parts that go with an act and a tone."""
        kind = (role, act, tone)
        shelf = self._shelves.get(kind)
        if shelf is None:
            shelf = self._shelves[kind] = Shelf.of(
                [
                    phrase
                    for group in self._parts.groups
                    if group.role == role and act in group.acts and group.tone in {"plain", tone}
                    for phrase in group.phrases
                ]
            )
        return shelf

    def situation(self, category: str | None) -> Shelf:
        """Return what people say whose problem is of this category; nothing for one that is not known."""
        kind = ("situation", category or "")
        shelf = self._shelves.get(kind)
        if shelf is None:
            shelf = self._shelves[kind] = Shelf.of(
                [
                    phrase
                    for group in self._situations.groups
                    if any(within(category, name) for name in group.about)
                    for phrase in group.phrases
                ]
            )
        return shelf

    def groups(self, act: Act) -> tuple[Group, ...]:
        """Return all groups of an act, as they are written."""
        return self._acts[act].groups

    @property
    def situations(self) -> tuple[Situation, ...]:
        """All that goes with kinds of problems, as it is written."""
        return self._situations.groups


D = TypeVar("D", ActFile, PartsFile, SituationsFile)


@cache
def bank(language: Language) -> Bank:
    """Return the phrase bank of a language; read once."""
    acts = {act: _read(language, act, ActFile) for act in get_args(Act)}
    return Bank(language, acts, _read(language, "parts", PartsFile), _read(language, "situations", SituationsFile))


def _read(language: Language, name: str, model: type[D]) -> D:
    source = f"{language}/{name}.yaml"
    return load(packaged("hardseek.seekers.voices", "data", language, f"{name}.yaml"), model, source=source)
