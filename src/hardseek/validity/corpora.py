"""Dialogues of people and of published simulators, read from a folder that the user has; only figures come of them.

CORPORA/esconv/{train,valid}.jsonl    ESConv, people with people, ordinary
CORPORA/esconv/failed.jsonl           FailedESConv, people whom support failed
CORPORA/vera_mh/                      VERA-MH, seekers played by models, English
CORPORA/worst_case/{average,worst}/   arXiv 2605.28228, seekers played by models, Chinese
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hardseek.dialogues import Dialogue, Turn
from hardseek.errors import Refused
from hardseek.interop import Imported, importer
from hardseek.runs.digest import digest

RATED: Final = 3.0
"""The helper's mean rating (1 to 5) from which on a failed dialogue is not the helper's doing."""
_FEEDBACK: Final = "people: feedback"
_SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class Spoken:
    """One dialogue of a corpus."""

    group: str
    """What dialogues share that are not independent: the pair of people, or the profile that is played."""
    system: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Corpora:
    """What a folder of corpora holds; a corpus that is not there is empty."""

    ordinary: tuple[Spoken, ...] = ()
    """ESConv."""
    not_helped: tuple[Spoken, ...] = ()
    """FailedESConv, where the helper was rated `RATED` or more."""
    played: tuple[Spoken, ...] = ()
    """VERA-MH: models that play seekers, in English."""
    published_average: tuple[Spoken, ...] = ()
    """The published simulator's ordinary seekers, Chinese."""
    published_worst: tuple[Spoken, ...] = ()
    """Its hard ones."""
    digest: str = "none"

    @classmethod
    def read(cls, folder: Path) -> "Corpora":
        """Read what is there.

        Raises:
            Refused: there is no such folder, none of the corpora is in it, or a file is not in its format.
        """
        if not folder.is_dir():
            raise Refused(f"{folder}: there is no such folder of corpora; see docs/how-to/validate-a-seeker.md")
        files = [folder / "esconv" / f"{name}.jsonl" for name in ("train", "valid")]
        people = [spoken for file in files for spoken, _ in _read("esconv", file)]
        failed = [spoken for spoken, rated in _read("esconv", folder / "esconv" / "failed.jsonl") if rated >= RATED]
        played = [spoken for spoken, _ in _read("vera-mh", folder / "vera_mh")]
        average = [spoken for spoken, _ in _read("worst-case", folder / "worst_case" / "average")]
        worst = [spoken for spoken, _ in _read("worst-case", folder / "worst_case" / "worst")]
        if not any((people, failed, played, average, worst)):
            raise Refused(
                f"{folder}: holds none of the corpora (esconv, vera_mh, worst_case); "
                "see docs/how-to/validate-a-seeker.md"
            )
        everyone = [*people, *failed, *played, *average, *worst]
        said = [[turn.text for turn in spoken.turns] for spoken in everyone]
        signed = f"{len(said)}@{digest(said)[:_SHOWN]}"
        return cls(tuple(people), tuple(failed), tuple(played), tuple(average), tuple(worst), signed)


def _read(form: str, path: Path) -> Iterator[tuple[Spoken, float]]:
    """Yield dialogues with the mean rating of their helper, 0 where there is none."""
    if not path.exists():
        return
    for found in importer(form).read(path):
        if isinstance(found, Imported):
            yield _spoken(found.dialogue), found.measures.get(_FEEDBACK, 0.0)


def _spoken(dialogue: Dialogue) -> Spoken:
    """Join a turn's lines: people press enter where others put a full stop, and a turn is what is compared."""
    turns = (Turn(turn.speaker, " ".join(turn.text.split())) for turn in dialogue.turns)
    return Spoken(dialogue.card, dialogue.system, tuple(turn for turn in turns if turn.text))


def by_group(spoken: Sequence[Spoken]) -> dict[str, list[Spoken]]:
    """Put together what is not independent."""
    found: dict[str, list[Spoken]] = defaultdict(list)
    for one in spoken:
        found[one.group].append(one)
    return found
