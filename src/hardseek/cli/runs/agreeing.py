"""What a run's folder holds of how far its judges agree with people."""

from pathlib import Path
from typing import Final

import msgspec

from hardseek.errors import HardseekError, Refused
from hardseek.validity.judge import Measure

AGREEMENT: Final = "agreement.json"
"""In a run's folder: what `hardseek validate judge --json` said of its judges."""


class _Kept(msgspec.Struct, frozen=True):
    properties: tuple[Measure, ...]


def kept_agreement(folder: Path) -> tuple[Measure, ...]:
    """Return what the run's folder holds; nothing where it holds nothing."""
    path = folder / AGREEMENT
    return read_agreement(path) if path.is_file() else ()


def keep_agreement(folder: Path, source: Path) -> None:
    """Copy a file of measures into a run's folder, for this report and later ones.

    Raises:
        Refused: it cannot be read, or was not written by `hardseek validate judge --json`.
        HardseekError: the folder cannot be written to.
    """
    read_agreement(source)
    try:
        (folder / AGREEMENT).write_bytes(source.read_bytes())
    except OSError as error:
        raise HardseekError(f"{folder / AGREEMENT}: cannot be written: {error.strerror or error}") from None


def read_agreement(path: Path) -> tuple[Measure, ...]:
    """Read what `hardseek validate judge --json` said; raises Refused for anything else."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=_Kept).properties
    except OSError as error:
        raise Refused(f"{path}: cannot be read: {error.strerror or error}") from None
    except msgspec.DecodeError as error:
        raise Refused(f"{path}: not what `hardseek validate judge RATINGS --run RUN --json` prints: {error}") from None
