"""Cue lists: the runs of words by which a turn is recognised, kept as files, looked up by their first word."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import product
from typing import Final

from pydantic import Field

from hardseek.documents import Document, load, packaged
from hardseek.language import Language

START: Final = "."
"""Stands between sentences in what is matched; a cue writes it as `<`."""
_SHORTEST: Final[dict[Language, int]] = {"en": 1, "zh": 2}
"""Units of a cue; a single Chinese character is part of too many words."""
_ZH_UNIT = re.compile(r"[a-z0-9]+|\S")
_CHOICE = re.compile(r"\(([^()]*)\)")


class CueFile(Document):
    """Cues of one language as they are written, `(a|b|)` and `<` not yet resolved."""

    id: str
    version: int = Field(ge=1)
    language: Language
    groups: dict[str, tuple[str, ...]]
    """Cues by what they are a sign of."""
    stop: str
    """Words that do not count as content, divided by blanks."""


class _Node:
    """A unit in the tree of cues: what may follow it, and the groups of the cues that end with it.

    There are some hundred thousand nodes, most with nothing after them: these share one empty mapping.
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


class Cues:
    """Compiled cues of one language.

    A text is a sequence of units, words in English and characters in Chinese. The cues stand in a tree of units, so
    that reading a text takes the same time whatever their number.
    """

    def __init__(self, file: CueFile) -> None:
        self.language: Language = file.language
        self.stop = frozenset(file.stop.split())
        self._root = _Node()
        for group, written in file.groups.items():
            for cue in written:
                for phrase in _expand(cue, self.language):
                    node = self._root
                    for unit in phrase:
                        node = node.grow(unit)
                    if group not in node.groups:
                        node.groups = (*node.groups, group)

    def count(self, units: Sequence[str]) -> Counter[str]:
        """Count the cues of each group; cues of a group that overlap count once, the one that begins first."""
        counts: Counter[str] = Counter()
        taken: dict[str, int] = {}
        first, many = self._root.next, len(units)
        for place, unit in enumerate(units):
            node = first.get(unit)
            if node is None:
                continue
            end = place + 1
            longest: dict[str, int] = {}
            while node is not None:
                for group in node.groups:
                    longest[group] = end
                node = node.next.get(units[end]) if end < many else None
                end += 1
            for group, until in longest.items():
                if taken.get(group, 0) <= place:
                    counts[group] += 1
                    taken[group] = until
        return counts


@cache
def cues(language: Language) -> Cues:
    """Return the packaged cues of a language."""
    name = f"{language}.yaml"
    return Cues(load(packaged("hardseek.seekers", "data", "cues", name), CueFile, source=f"cues/{name}"))


def _expand(cue: str, language: Language) -> set[tuple[str, ...]]:
    """Resolve the choices of a cue into plain runs of units."""
    parts = _CHOICE.split(cue.replace("<", START))  # odd places hold the choices
    options = [part.split("|") if place % 2 else [part] for place, part in enumerate(parts)]
    texts = {"".join(chosen).lower() for chosen in product(*options)}
    runs = {tuple(text.split() if language == "en" else _ZH_UNIT.findall(text)) for text in texts}
    return {run for run in runs if len(run) >= _SHORTEST[language]}
