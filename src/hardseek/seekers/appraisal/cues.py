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
_KEY_LENGTH: Final[dict[Language, int]] = {"en": 1, "zh": 2}
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


class Cues:
    """Compiled cues of one language.

    A text is a sequence of units, words in English and characters in Chinese. All cues that begin with the same unit
    (in Chinese: the same two) stand together, the longest first, so that a text is read once whatever the number of
    cues.
    """

    def __init__(self, file: CueFile) -> None:
        self.language: Language = file.language
        self.stop = frozenset(file.stop.split())
        self._key_length = _KEY_LENGTH[file.language]
        phrases: dict[tuple[str, ...], set[str]] = {}
        for group, written in file.groups.items():
            for cue in written:
                for phrase in _expand(cue, self.language):
                    phrases.setdefault(phrase, set()).add(group)
        table: dict[tuple[str, ...], list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        for phrase in sorted(phrases, key=len, reverse=True):
            key, rest = phrase[: self._key_length], phrase[self._key_length :]
            table.setdefault(key, []).append((rest, tuple(sorted(phrases[phrase]))))
        self._table = {"".join(key): tuple(cues) for key, cues in table.items()}

    def count(self, units: Sequence[str]) -> Counter[str]:
        """Count the cues of each group; cues of a group that overlap count once, the one that begins first."""
        counts: Counter[str] = Counter()
        taken: dict[str, int] = {}
        step, table = self._key_length, self._table
        for place in range(len(units) - step + 1):
            key = units[place] if step == 1 else units[place] + units[place + 1]
            for rest, groups in table.get(key, ()):
                end = place + step + len(rest)
                if rest and tuple(units[place + step : end]) != rest:
                    continue
                for group in groups:
                    if taken.get(group, 0) <= place:
                        counts[group] += 1
                        taken[group] = end
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
    texts = {"".join(chosen) for chosen in product(*options)}
    runs = {tuple(text.split()) if language == "en" else tuple(text.replace(" ", "")) for text in texts}
    shortest = _KEY_LENGTH[language]
    return {run for run in runs if len(run) >= shortest}
