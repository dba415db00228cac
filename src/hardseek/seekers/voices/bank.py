"""The phrase bank: what a seeker can say for each act, in each language."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from math import gcd
from typing import Annotated, Final, Literal, TypeVar, get_args

from pydantic import BeforeValidator, Field

from hardseek.documents import Document, load, packaged
from hardseek.language import Language, length
from hardseek.seekers.state import Act
from hardseek.seekers.voices.memory import key

Tone = Literal["plain", "flat", "low", "tense", "sharp", "warm"]
"""plain: nothing marked; flat: shut down; low: sad, hopeless; tense: anxious; sharp: irritated; warm: softened."""
TONES: Final[tuple[Tone, ...]] = get_args(Tone)

Context = Literal["start", "question", "closed", "advice", "comfort"]
"""What the supporter's last turn was: none, an open question, a closed one, advice, anything else."""

Place = Literal["first", "any", "last", "lead"]
"""first: only at the beginning; last: only at the end; lead: only right before a fact of the card."""

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

_STRIDES: Final = (7, 11, 13, 17)
SLOTS: Final = ("feeling", "belief", "tried", "want")


def _lines(value: object) -> object:
    return tuple(line for line in value.split("\n") if line) if isinstance(value, str) else value


Phrases = Annotated[tuple[Annotated[str, Field(min_length=1)], ...], BeforeValidator(_lines), Field(min_length=1)]
"""Written as a block of lines, one phrase a line."""


class Group(Document):
    """Phrases that are alike."""

    tone: Tone = "plain"
    place: Place = "any"
    after: tuple[Context, ...] = ()
    """Where it fits; empty: anywhere."""
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


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase, measured."""

    text: str
    length: int
    """Words or characters, slots left out."""
    key: str
    """What it is recognised by when it has been said; of the longest stretch between slots."""
    slots: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Phrase":
        """Measure a phrase."""
        slots = tuple(slot for slot in SLOTS if f"{{{slot}}}" in text)
        bare = text
        for slot in slots:
            bare = bare.replace(f"{{{slot}}}", "\n")
        return cls(text, length(bare), key(max(bare.split("\n"), key=len)), slots)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Phrases of one kind, shortest first."""

    phrases: tuple[Phrase, ...]
    lengths: tuple[int, ...]

    @classmethod
    def of(cls, texts: list[str]) -> "Shelf":
        """Shelve phrases by length."""
        phrases = tuple(sorted((Phrase.of(text) for text in texts), key=lambda phrase: phrase.length))
        return cls(phrases, tuple(phrase.length for phrase in phrases))

    def find(self, least: float, most: float, mark: float, fits: Callable[[Phrase], bool]) -> Phrase | None:
        """Return a phrase with a length from `least` to `most` that fits; `mark` (0 to 1) is where to look first."""
        low, high = bisect_left(self.lengths, least), bisect_right(self.lengths, most)
        count = high - low
        # A stride, so that what stands beside a phrase that does not fit is not taken more often than the rest.
        stride = next((stride for stride in _STRIDES if gcd(stride, count) == 1), 1)
        start = int(mark * count)
        for step in range(count):
            phrase = self.phrases[low + (start + step * stride) % count]
            if fits(phrase):
                return phrase
        return None


class Bank:
    """The phrases of one language, ready to be looked up."""

    def __init__(self, language: Language, acts: dict[Act, ActFile], parts: PartsFile) -> None:
        self.language = language
        self._acts = acts
        self._parts = parts
        # The kinds that can be asked for are few hundred, so that what was once shelved is kept.
        self._shelves: dict[tuple[str, ...], Shelf] = {}

    def shelf(self, act: Act, place: Place, tone: str, context: Context, *, only_tone: bool = False) -> Shelf:
        """Return the phrases of an act that go with a place, a tone and what the supporter did.

        A tone that the bank does not know is plain. Plain phrases go with every tone unless `only_tone` is set.
        """
        kind = (act, place, tone, context, str(only_tone))
        shelf = self._shelves.get(kind)
        if shelf is None:
            wanted = {tone if tone in TONES else "plain"} | (set() if only_tone else {"plain"})
            shelf = self._shelves[kind] = Shelf.of(
                [
                    phrase
                    for group in self._acts[act].groups
                    if group.place == place and group.tone in wanted and (not group.after or context in group.after)
                    for phrase in group.phrases
                ]
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

    def groups(self, act: Act) -> tuple[Group, ...]:
        """Return all groups of an act, as they are written."""
        return self._acts[act].groups


D = TypeVar("D", ActFile, PartsFile)


@cache
def bank(language: Language) -> Bank:
    """Return the phrase bank of a language; read once."""
    acts = {act: _read(language, act, ActFile) for act in get_args(Act)}
    return Bank(language, acts, _read(language, "parts", PartsFile))


def _read(language: Language, name: str, model: type[D]) -> D:
    source = f"{language}/{name}.yaml"
    return load(packaged("hardseek.seekers.voices", "data", language, f"{name}.yaml"), model, source=source)
