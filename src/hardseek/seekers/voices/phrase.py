"""A phrase of the bank: one way of saying something, or several that each person settles on one of.

A phrase may hold choices, `(i keep|i'm always) (thinking|brooding) about it`, a blank one among them. Each way is a
form. Somebody says a thing their own way: a dialogue's luck settles the form of every phrase once and for all.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import gcd
from typing import Final
from zlib import crc32

from hardseek.language import length
from hardseek.luck import Luck
from hardseek.seekers.voices.memory import key

SLOTS: Final = ("feeling", "belief", "tried", "want", "advice", "named", "age")
"""What can stand open in a phrase; see `slots`."""
OWN: Final = ("belief", "tried", "want")
"""Slots that hold what one person alone would say."""

_CHOICE = re.compile(r"\(([^()]*\|[^()]*)\)")
_STRIDES: Final = (7, 11, 13, 17)
_FORMS: Final = 1 << 15
"""Forms that are kept: each phrase has few, and a run is of few hundred dialogues at a time."""
_ALWAYS: Final = -1
"""The turn of draws that hold for the whole dialogue."""
_BITS: Final = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Form:
    """One way of saying a phrase, measured."""

    text: str
    length: int
    """Words or characters, slots left out."""
    key: str
    """What it is recognised by when it has been said; of the longest stretch between slots."""
    slots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase with all its forms."""

    text: str
    """As it is written in the bank."""
    forms: int
    """How many ways there are of saying it."""
    length: int
    """Words or characters of the first form, slots left out."""
    mark: int
    """A number of its own, of 32 bits."""

    @classmethod
    def of(cls, text: str) -> "Phrase":
        """Measure a phrase."""
        return _measured(text)

    def form(self, manner: int) -> Form:
        """Return the way in which a person says it, see `manner`."""
        return _form(self.text, _mixed(self.mark ^ manner) % self.forms if self.forms > 1 else 0)

    def every(self) -> list[Form]:
        """Return all forms."""
        return [_form(self.text, which) for which in range(self.forms)]


def manner(luck: Luck) -> int:
    """Draw what settles how somebody says things, the same all through a dialogue: a number of 32 bits."""
    return luck.integer(_ALWAYS, "manner") & _BITS


def _mixed(number: int) -> int:
    # The finisher of MurmurHash3 (Appleby, public domain): numbers that differ little end far apart.
    number = (number ^ (number >> 16)) * 0x85EBCA6B & _BITS
    number = (number ^ (number >> 13)) * 0xC2B2AE35 & _BITS
    return number ^ (number >> 16)


@lru_cache(maxsize=_FORMS)
def _measured(text: str) -> Phrase:
    count = 1
    for choices in _CHOICE.findall(text):
        count *= choices.count("|") + 1
    return Phrase(text, count, _form(text, 0).length, crc32(text.encode()))


@lru_cache(maxsize=_FORMS)
def _form(written: str, which: int) -> Form:
    text = written
    while choice := _CHOICE.search(text):
        options = choice[1].split("|")
        which, chosen = divmod(which, len(options))
        text = f"{text[: choice.start()]}{options[chosen]}{text[choice.end() :]}"
    text = re.sub(" {2,}", " ", text).strip()
    slots = tuple(slot for slot in SLOTS if f"{{{slot}}}" in text)
    bare = text
    for slot in slots:
        bare = bare.replace(f"{{{slot}}}", "\n")
    return Form(text, length(bare), key(max(bare.split("\n"), key=len)), slots)


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
