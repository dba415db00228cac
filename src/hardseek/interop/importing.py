"""What is common to all formats: a reader finds dialogues, an importer makes them ours."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import msgspec

from hardseek.chat import Fault
from hardseek.dialogues import Dialogue, Ending, Turn
from hardseek.documents import missing
from hardseek.errors import Refused
from hardseek.language import Language, clean, detect


class Imported(msgspec.Struct, frozen=True):
    """A dialogue of another project, as one of ours."""

    dialogue: Dialogue
    measures: dict[str, float] = {}
    """What the people in it said of it themselves, by the name of a dimension of `PEOPLE`."""


class Skipped(msgspec.Struct, frozen=True):
    """Something that stands where a dialogue is expected and holds none."""

    where: str
    """File, and line or key."""
    why: str


class Found(msgspec.Struct, frozen=True):
    """A dialogue as a format's reader finds it: what the format does not tell is None, texts are not cleaned yet."""

    where: str
    """File, and line or key: how messages call it."""
    card: str
    turns: Sequence[Turn]
    system: str | None = None
    condition: str | None = None
    language: Language | None = None
    replicate: int | None = None
    id: str | None = None
    ending: Ending | None = None
    fault: Fault | None = None
    measures: dict[str, float] = {}


@dataclass(frozen=True, slots=True)
class Importer:
    """Reads the finished dialogues of one format."""

    name: str
    description: str
    """What it reads, in one line."""
    find: Callable[[Path], Iterator[Found | Skipped]]
    """Reads the format, one dialogue after the other; raises Refused where a file is not in it."""

    def read(
        self, path: Path, *, condition: str | None = None, system: str | None = None
    ) -> Iterator[Imported | Skipped]:
        """Read dialogues one by one, in an order that depends on names and places alone.

        Only what tells dialogues apart is held (some 300 bytes for each).

        Args:
            path: a file or a folder of the format.
            condition: what the condition is called, whatever the files say.
            system: what the system is called, whatever the files say.

        Raises:
            Refused: there is no such path; or, while reading, a file is not in the format, a name is told neither by
                the files nor by an argument, or the same dialogue is given twice.
        """
        if not path.exists():
            raise missing(path, "file or folder")
        return self._read(path, condition, system)

    def _read(self, path: Path, condition: str | None, system: str | None) -> Iterator[Imported | Skipped]:
        ids = _Ids(self.name)
        for found in self.find(path):
            yield found if isinstance(found, Skipped) else _ours(found, ids, condition, system)


def _ours(found: Found, ids: "_Ids", condition: str | None, system: str | None) -> Imported | Skipped:
    turns = tuple(msgspec.structs.replace(turn, text=clean(turn.text)) for turn in found.turns)
    # A dialogue that failed at its first turn has no text, and is a finding all the same.
    if found.fault is None and not any(turn.text for turn in turns):
        return Skipped(found.where, "no turns" if not turns else "no text in any turn")
    language = found.language or _language(turns)
    if language is None:
        return Skipped(found.where, "no letters that tell its language")
    named = (
        _told(system or found.system, found.where, "system"),
        _told(condition or found.condition, found.where, "condition"),
        _told(found.card, found.where, "card"),
    )
    # An id stands for what it was made from: under another name it is another dialogue.
    renamed = named[:2] != (found.system, found.condition)
    identity, replicate = ids.identify(found.where, named, found.replicate, None if renamed else found.id)
    dialogue = Dialogue(identity, *named, language, replicate, turns, found.ending, found.fault)
    return Imported(dialogue, found.measures)


def _language(turns: Sequence[Turn]) -> Language | None:
    """Tell the language of a dialogue: the seeker's, as a system may answer in another one."""
    seeker = detect("\n".join(turn.text for turn in turns if turn.speaker == "seeker"))
    return seeker or detect("\n".join(turn.text for turn in turns))


def _told(name: str | None, where: str, what: str) -> str:
    told = clean(name or "")
    if not told:
        raise Refused(f"{where}: nothing there tells the {what}; say what it is called with --{what}")
    return told


class _Ids:
    """Numbers the dialogues of one system, condition and card, and refuses the same one given twice."""

    def __init__(self, form: str) -> None:
        self._form = form
        self._next: dict[bytes, int] = {}
        self._taken: set[bytes] = set()

    def identify(
        self, where: str, named: tuple[str, str, str], replicate: int | None, given: str | None
    ) -> tuple[str, int]:
        """Return the dialogue's id and replicate; raises Refused when an earlier dialogue has the same id."""
        if replicate is None:
            key = _digest(self._form, *named)
            replicate = self._next.get(key, 0)
            while not given and _digest(self._id(named, replicate)) in self._taken:
                replicate += 1
            self._next[key] = replicate + 1
        identity = given or self._id(named, replicate)
        mark = _digest(identity)
        if mark in self._taken:
            same = f"id {given}" if given else "system {}, condition {}, card {}".format(*named)
            raise Refused(
                f"{where}: an earlier dialogue has the same {same} and replicate {replicate}; "
                "keep one, or give them different replicates"
            )
        self._taken.add(mark)
        return identity, replicate

    def _id(self, named: tuple[str, str, str], replicate: int) -> str:
        return _digest(self._form, *named, str(replicate)).hex()


def _digest(*parts: str) -> bytes:
    return blake2b("\x1f".join(parts).encode(), digest_size=16).digest()
