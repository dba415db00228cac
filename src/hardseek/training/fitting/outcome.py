"""What came of a training, as it is kept beside the model."""

from pathlib import Path
from typing import Final

import msgspec

from hardseek.documents import read
from hardseek.errors import Refused
from hardseek.training.fitting.recipe import Method

FILE: Final = "training.json"


class Outcome(msgspec.Struct, frozen=True):
    """What was trained, on what, and what came of it."""

    name: str
    kind: str
    """Of the dataset."""
    method: Method
    signature: dict[str, str]
    """What the weights depend on, part by part."""
    libraries: dict[str, str]
    cards: tuple[str, ...]
    """That were trained on: they are not held out any more."""
    rows: int
    learnt: int
    cut: int
    left_out: int
    steps: int
    losses: tuple[float, ...]
    held_out: tuple[float, ...]
    tokens_a_second: float | None
    """That something is learnt from; None where the training was gone on with, and not timed as a whole."""
    peak_bytes: int | None
    """Of the GPU of the first process; None without one."""


def read_outcome(folder: Path) -> Outcome:
    """Read what came of the training in a folder; raises Refused when there is no finished one."""
    path = folder / FILE
    if not path.is_file():
        raise Refused(f"{folder}: holds no finished training ({FILE} is missing)")
    try:
        return msgspec.json.decode(read(path), type=Outcome)
    except msgspec.DecodeError as error:
        raise Refused(f"{path}: not as `hardseek train` writes it: {error}") from None
