"""The folder of a training: of one training, and whole where it says so."""

from pathlib import Path
from typing import Final

import msgspec

from hardseek.errors import HardseekError, Refused
from hardseek.runs import Signature
from hardseek.training.fitting.checkpoints import last_whole
from hardseek.training.fitting.outcome import FILE

CHECKPOINTS: Final = "checkpoints"
_BEGUN: Final = "begun.json"


def is_done(folder: Path, signature: Signature) -> bool:
    """Tell whether a folder holds this training, finished; raises Refused when it holds another.

    One that stopped before its first checkpoint, as over a base that was not whole, left nothing worth keeping.
    """
    begun = folder / _BEGUN
    if begun.is_file():
        if not (folder / FILE).is_file() and last_whole(folder / CHECKPOINTS) is None:
            return False
        unlike = signature.unlike(Signature(msgspec.json.decode(begun.read_bytes(), type=dict[str, str])))
        if unlike:
            raise Refused(
                f"{folder}: holds another training, and hardseek does not mix them. What differs: {'; '.join(unlike)}. "
                "Choose another `out`, or go back to what it was"
            )
    elif folder.is_dir() and any(entry.name != ".lock" for entry in folder.iterdir()):
        raise Refused(f"{folder}: holds files but no training; choose another `out`, or empty it")
    return (folder / FILE).is_file()


def begin(folder: Path, signature: Signature) -> None:
    """Note whose the folder is; raises HardseekError when that cannot be written."""
    try:
        part = folder / f".{_BEGUN}.part"
        part.write_bytes(msgspec.json.encode(signature.parts))
        part.replace(folder / _BEGUN)
    except OSError as error:
        raise HardseekError(f"{folder}: cannot be written: {error.strerror or error}") from None
