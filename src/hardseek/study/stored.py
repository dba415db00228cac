"""Dialogues that were held before and are read, or compared in pairs, by participants."""

from dataclasses import dataclass
from itertools import combinations, groupby
from pathlib import Path

from hardseek.dialogues import Dialogue
from hardseek.interop import Skipped, importer
from hardseek.study.study import Study


@dataclass(frozen=True, slots=True)
class Pair:
    """Two dialogues of the same seeker with two systems."""

    one: Dialogue
    """That of the system whose name comes first."""
    other: Dialogue

    @property
    def id(self) -> str:
        """What the pair is called."""
        return f"{self.one.id}+{self.other.id}"


def stored(study: Study, folder: Path) -> dict[str, Dialogue]:
    """Load the dialogues that are to be read, by id; none where nothing is."""
    return {one.id: one for one in _loaded(folder / study.reading.dialogues)} if study.reading else {}


def pairs(study: Study, folder: Path) -> dict[str, Pair]:
    """Load the pairs that are to be compared, by id: the same card, condition, language and replicate, two systems."""
    if study.pairs is None:
        return {}
    found = sorted(_loaded(folder / study.pairs.dialogues), key=lambda one: (*_seeker(one), one.system, one.id))
    together = [
        Pair(one, other)
        for _, same in groupby(found, key=_seeker)
        for one, other in combinations(same, 2)
        if one.system != other.system
    ]
    return {pair.id: pair for pair in together}


def _seeker(dialogue: Dialogue) -> tuple[str, str, str, int]:
    return dialogue.language, dialogue.condition, dialogue.card, dialogue.replicate


def _loaded(path: Path) -> list[Dialogue]:
    """Load dialogues; those that failed, and those without text, are left out."""
    found = [item.dialogue for item in importer("messages").read(path) if not isinstance(item, Skipped)]
    return [dialogue for dialogue in found if dialogue.ending != "failed"]
