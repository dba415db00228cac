"""What a run's folder holds of how far its judges agree with people."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from hardseek.errors import HardseekError, Refused

if TYPE_CHECKING:
    from hardseek.validity.judge import Measure

AGREEMENT: Final = "agreement.json"
"""In a run's folder: what `hardseek validate judge --json` said of its judges."""


def kept_agreement(folder: Path) -> "tuple[Measure, ...]":
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


def read_agreement(path: Path) -> "tuple[Measure, ...]":
    """Read what `hardseek validate judge --json` said; raises Refused for anything else."""
    # Only here: most runs have none, and what validates is slow to import.
    from hardseek.validity.judge import Measure

    try:
        said = msgspec.json.decode(path.read_bytes(), type=dict[str, msgspec.Raw])
        return msgspec.json.decode(said["properties"], type=tuple[Measure, ...])
    except OSError as error:
        raise Refused(f"{path}: cannot be read: {error.strerror or error}") from None
    except (msgspec.DecodeError, KeyError) as error:
        raise Refused(f"{path}: not what `hardseek validate judge RATINGS --run RUN --json` prints: {error}") from None
