"""Checkpoints: which of them are whole, and the last one to go on from."""

import json
import shutil
from pathlib import Path
from typing import Final

_STATE: Final = "trainer_state.json"
"""The trainer writes it last; where it can be read, all that comes before it is there."""


def whole(checkpoint: Path) -> bool:
    """Tell whether a checkpoint was written to its end."""
    try:
        json.loads((checkpoint / _STATE).read_bytes())
    except (OSError, ValueError):
        return False
    return True


def last_whole(folder: Path) -> Path | None:
    """Return the last checkpoint that is whole; None where there is none."""
    found = [each for each in _checkpoints(folder) if whole(each)]
    return max(found, key=step_of, default=None)


def clear_broken(folder: Path) -> None:
    """Remove what was being written when a training was stopped."""
    for each in _checkpoints(folder):
        if not whole(each):
            shutil.rmtree(each, ignore_errors=True)


def _checkpoints(folder: Path) -> list[Path]:
    return [each for each in folder.glob("checkpoint-*") if each.name.rpartition("-")[2].isdigit()]


def step_of(checkpoint: Path) -> int:
    """Return the updates that a checkpoint comes after."""
    return int(checkpoint.name.rpartition("-")[2])
