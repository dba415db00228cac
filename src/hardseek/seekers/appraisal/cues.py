"""Cue lists: the runs of words by which a turn is recognised, kept as files, looked up by their first word."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from pydantic import Field

from hardseek.documents import Document, load, packaged
from hardseek.language import Language

START: Final = "."
"""Stands between sentences in what is matched; a cue writes it as `<` or `.`."""
END: Final = ">"
"""Stands after the last sentence of a turn."""
_SHORTEST: Final[dict[Language, int]] = {"en": 1, "zh": 2}
"""Units of a cue; a single Chinese character is part of too many words."""
_ZH_UNIT = re.compile(r"[a-z0-9]+|\S")
_ZH_MARKS = re.compile("[，。、；：！？…]")
_CHOICE = re.compile(r"\(([^()]*)\)")


class CueFile(Document):
    """Cues of one language as they are written, `(a|b|)`, `<` and names of lists not yet resolved."""

    id: str
    version: int = Field(ge=1)
    language: Language
    words: dict[str, str] = Field(default_factory=dict)
    """Lists of words, divided by blanks, by the name in capitals under which cues use them."""
    spelling: dict[str, str] = Field(default_factory=dict)
    """What people type in a hurry, and what is read instead."""
    first_person: str
    """Words for oneself, divided by blanks."""
    second_person: str
    """Words for the other, divided by blanks."""
    groups: dict[str, tuple[str, ...]]
    """Cues by what they are a sign of."""
    stop: str
    """Words that do not count as content, divided by blanks."""


class _Node:
    """A unit in the tree of cues: what may follow it, and the groups of the cues that end with it.

    While the tree grows there are some hundred thousand, most with nothing after them: these share one empty mapping.
    """

    __slots__ = ("groups", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = _NOTHING
        self.groups: tuple[str, ...] = ()

    def grow(self, unit: str) -> "_Node":
        """Return the node of a unit that may follow, made if it is not there yet."""
        node = self.next.get(unit)
        if node is None:
            if not self.next:
                self.next = {}
            node = self.next[unit] = _Node()
        return node


_NOTHING: Final[dict[str, _Node]] = {}

Found = tuple[str, int]
"""The group of a cue, and the place of the unit with which it begins."""


class Cues:
    """Compiled cues of one language.

    A text is a sequence of units, words in English and characters in Chinese. The cues stand in a tree of units, so
    that reading a text takes the same time whatever their number.
    """

    def __init__(self, file: CueFile) -> None:
        self.language: Language = file.language
        self.stop = frozenset(file.stop.split())
        self.spelling = file.spelling
        self.first_person = frozenset(file.first_person.split())
        self.second_person = frozenset(file.second_person.split())
        self._root = _Node()
        lists = {name: words.split() for name, words in file.words.items()}
        for group, written in file.groups.items():
            for cue in written:
                self._plant(group, _slots(cue, lists, self.language))
        _merge(self._root, {})

    def _plant(self, group: str, slots: Sequence[Sequence[tuple[str, ...]]]) -> None:
        """Grow the tree by all runs of a cue; nodes with how many units lead to them."""
        reached = {self._root: 0}
        for options in slots:
            further: dict[_Node, int] = {}
            for start, depth in reached.items():
                for run in options:
                    node = start
                    for unit in run:
                        node = node.grow(unit)
                    further[node] = depth + len(run)
            reached = further
        for node, depth in reached.items():
            if depth >= _SHORTEST[self.language] and group not in node.groups:
                node.groups = (*node.groups, group)

    def find(self, units: Sequence[str]) -> list[Found]:
        """Find the cues in a text; of those of a group that overlap, the one that begins first.

        Of the cues of a group that begin at the same place the longest is found.
        """
        found: list[Found] = []
        taken: dict[str, int] = {}
        first, many = self._root.next, len(units)
        for place, unit in enumerate(units):
            node = first.get(unit)
            end = place + 1
            longest: dict[str, int] | None = None
            while node is not None:
                if node.groups:
                    longest = longest or {}
                    for group in node.groups:
                        longest[group] = end
                if end == many or not node.next:
                    break
                node = node.next.get(units[end])
                end += 1
            if longest is None:
                continue
            for group, until in longest.items():
                if taken.get(group, 0) <= place:
                    found.append((group, place))
                    taken[group] = until
        return found


def _merge(node: _Node, known: dict[tuple[object, ...], _Node]) -> _Node:
    """Make one of nodes from which the same cues go on: some hundred thousand become a few thousand, near in memory."""
    for unit, child in node.next.items():
        node.next[unit] = _merge(child, known)
    return known.setdefault((node.groups, *((unit, id(child)) for unit, child in node.next.items())), node)


@cache
def cues(language: Language) -> Cues:
    """Return the packaged cues of a language."""
    name = f"{language}.yaml"
    return Cues(load(packaged("hardseek.seekers", "data", "cues", name), CueFile, source=f"cues/{name}"))


def _slots(cue: str, lists: Mapping[str, Sequence[str]], language: Language) -> list[list[tuple[str, ...]]]:
    """Divide a cue into its plain parts and its choices, each with the runs of units that may stand there."""
    parts = _CHOICE.split(_ZH_MARKS.sub(START, cue.replace("<", START)))  # odd places hold the choices
    return [
        [_units(text, language) for one in (part.split("|") if place % 2 else [part]) for text in _named(one, lists)]
        for place, part in enumerate(parts)
    ]


def _units(text: str, language: Language) -> tuple[str, ...]:
    return tuple(text.lower().split() if language == "en" else _ZH_UNIT.findall(text.lower()))


def _named(text: str, lists: Mapping[str, Sequence[str]]) -> list[str]:
    """Put every word of a list in the place of its name."""
    found = [text]
    for name, words in lists.items():
        if name in text:
            found = [one.replace(name, word) for one in found for word in words]
    return found
