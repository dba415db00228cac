"""A dataset folder: what `hardseek train data` writes and training reads.

`train.jsonl`, `valid.jsonl` and, where asked for, `test.jsonl` hold the rows; `dataset.yaml` says what they are, with a
signature of their content; `datasheet.md` says it for people. Rows are in the formats that TRL reads (`messages`;
`prompt`, `chosen`, `rejected`) with what they come from beside.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, ClassVar, Final, Literal

import msgspec

from hardseek import documents
from hardseek.chat import Message
from hardseek.documents import missing
from hardseek.errors import Refused
from hardseek.language import Language

Kind = Literal["supporter-sft", "supporter-preference", "seeker-sft", "scorer"]
Split = Literal["train", "valid", "test"]
KINDS: Final[tuple[Kind, ...]] = ("supporter-sft", "supporter-preference", "seeker-sft", "scorer")
SPLITS: Final[tuple[Split, ...]] = ("train", "valid", "test")
ABOUT: Final = "dataset.yaml"
SHEET: Final = "datasheet.md"
DIALOGUES: Final = "dialogues.jsonl"
"""Beside the ratings of a scorer's dataset: the rated dialogues, by `id`."""


class Talk(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A dialogue to learn from (SFT)."""

    messages: tuple[Message, ...]
    learnt: tuple[int, ...] | None = None
    """Places of the assistant's messages that are learnt, from 0; None: all of them."""
    card: str | None = None
    dialogue: str | None = None
    condition: str | None = None
    language: Language | None = None

    @property
    def places(self) -> tuple[int, ...]:
        """Places of the messages that are learnt."""
        if self.learnt is not None:
            return self.learnt
        return tuple(place for place, message in enumerate(self.messages) if message.role == "assistant")

    @property
    def supervised(self) -> int:
        """How many turns are learnt."""
        return len(self.places)


class Pair(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Two replies to the same talk, the better one first (preference training)."""

    prompt: tuple[Message, ...]
    chosen: tuple[Message, ...]
    """One message of the assistant's."""
    rejected: tuple[Message, ...]
    """One message of the assistant's."""
    card: str | None = None
    dialogue: str | None = None
    condition: str | None = None
    language: Language | None = None
    supervised: ClassVar[int] = 1
    """A pair is one turn."""


class Score(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One score of a dialogue, in the form that `hardseek judge train` reads."""

    item: str
    """The dialogue's id."""
    rater: str
    dimension: str
    score: float
    cluster: str | None = None
    """The system that the dialogue is of."""
    language: Language | None = None
    card: str | None = None
    condition: str | None = None
    supervised: ClassVar[int] = 1
    """A score is one thing to learn."""


Row = Talk | Pair | Score
ROWS: Final[dict[Kind, type[Row]]] = {
    "supporter-sft": Talk,
    "supporter-preference": Pair,
    "seeker-sft": Talk,
    "scorer": Score,
}


class Counts(msgspec.Struct, frozen=True, omit_defaults=True):
    """How much a split holds."""

    rows: int
    supervised: int
    """Turns that are learnt, pairs, or scores."""
    cards: int
    by_language: dict[str, int]
    """Supervised turns."""
    by_condition: dict[str, int]
    """Supervised turns."""
    length: float | None = None
    """Words (Chinese: characters) of a learnt turn, of a preferred reply, on average; None for scores."""
    rejected_length: float | None = None
    """The same of the replies that are not preferred."""
    longer_preferred: float | None = None
    """Share of pairs in which the longer reply is the preferred one; far from a half, length is what is learnt."""


class Source(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where dialogues come from."""

    path: str
    signature: str
    """Of the run, or a digest of the file."""
    dialogues: int
    licence: str | None = None


class About(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What a dataset is: the content of dataset.yaml."""

    kind: Kind
    signature: str
    """A digest of all rows."""
    hardseek: str
    """The version that made it."""
    languages: tuple[str, ...]
    counts: dict[str, Counts]
    """By split."""
    arm: str | None = None
    """Which of several matched datasets this is."""
    mixture: dict[str, float] = {}
    """Share of supervised turns of each condition, where one was asked for."""
    recipe: dict[str, Any] = {}
    """Everything that decided the rows, as it was asked for."""
    sources: tuple[Source, ...]
    dropped: dict[str, int] = {}
    """How many dialogues, turns or pairs were left out, by reason."""
    licences: tuple[str, ...] = ()
    """Of the sources; empty where none was told."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset folder, read and checked."""

    folder: Path
    about: About
    splits: dict[Split, tuple[Row, ...]]


def signed(splits: Mapping[Split, Iterable[bytes]]) -> str:
    """Sign the lines of all splits: a digest of 16 hexadecimal digits."""
    hashed = blake2b(digest_size=8)
    for name in SPLITS:
        for line in splits.get(name, ()):
            hashed.update(name.encode() + b"\0" + line.strip() + b"\n")
    return hashed.hexdigest()


def load_dataset_folder(folder: Path, *, kinds: Iterable[Kind] = KINDS) -> Dataset:
    """Read a dataset folder and check it.

    Args:
        folder: what `hardseek train data` wrote.
        kinds: which kinds will do.

    Raises:
        Refused: it is no such folder, of another kind, a row does not fit, there are no rows to train on, or rows were
            changed since the dataset was made.
    """
    about = _about(folder)
    wanted = tuple(kinds)
    if about.kind not in wanted:
        raise Refused(f"{folder}: a dataset of the kind {about.kind}; this takes {' or '.join(wanted)}")
    lines = {name: _lines(folder / f"{name}.jsonl") for name in SPLITS if (folder / f"{name}.jsonl").is_file()}
    if not any(line.strip() for line in lines.get("train", ())):
        raise Refused(f"{folder}: train.jsonl is missing or empty; make the dataset anew with `hardseek train data`")
    found = {
        name: tuple(_row(line, about.kind, f"{folder / name}.jsonl, line {number}")
                    for number, line in enumerate(some, start=1) if line.strip())
        for name, some in lines.items()
    }  # fmt: skip
    held = {name: [line for line in some if line.strip()] for name, some in lines.items()}
    if signed(held) != about.signature:
        raise Refused(
            f"{folder}: the rows are not those that {ABOUT} signs ({about.signature}); they were changed since. Make "
            "the dataset anew, or change it where it is made"
        )
    return Dataset(folder, about, found)


def _about(folder: Path) -> About:
    path = folder / ABOUT
    if not folder.is_dir():
        raise missing(folder, "folder")
    if not path.is_file():
        arms = sorted(below.name for below in folder.iterdir() if (below / ABOUT).is_file())
        which = f"; it holds the arms {', '.join(arms)}: name one of them" if arms else ""
        raise Refused(
            f"{folder}: no dataset (there is no {ABOUT} in it){which or '; see `hardseek train data --help`'}"
        )
    try:
        return msgspec.yaml.decode(documents.read(path), type=About)
    except msgspec.DecodeError as error:  # what does not fit is one too
        raise Refused(f"{path}: not what `hardseek train data` writes: {error}") from None


def _lines(path: Path) -> list[bytes]:
    try:
        return path.read_bytes().split(b"\n")
    except OSError as error:
        raise Refused(f"{path}: cannot be read: {error.strerror or error}") from None


def _row(line: bytes, kind: Kind, where: str) -> Row:
    try:
        return msgspec.json.decode(line, type=ROWS[kind])
    except msgspec.DecodeError as error:
        raise Refused(f"{where}: no row of a dataset of the kind {kind}: {error}") from None
