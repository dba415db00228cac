"""The file that decides what a system says, where there is one: it counts by what it holds, not by where it lies."""

import importlib
import sys
from collections.abc import Sequence
from importlib.machinery import PathFinder
from pathlib import Path

from hardseek.supporters.spec import CallableSystem, ReplaySystem, SystemSpec


def content(system: SystemSpec, beside: Path) -> bytes | None:
    """Return what is replayed, or the source of the module whose function is called.

    What that module imports is not followed. None for every other kind of system, for a module without a source of its
    own, and for a file that is not there: building the system refuses that one.

    Args:
        system: as the experiment file says it.
        beside: the folder of that file.
    """
    path: Path | None = None
    if isinstance(system, ReplaySystem):
        path = replayed(system, beside)
    elif isinstance(system, CallableSystem):
        path = _source(system.target.partition(":")[0], beside)
    return path.read_bytes() if path is not None and path.is_file() else None


def replayed(system: ReplaySystem, beside: Path | None) -> Path:
    """Return where the file that is replayed lies: beside the experiment file, or else seen from the current folder."""
    there = (beside or Path()) / system.path
    return there if there.exists() else Path(system.path)


def module_folders(beside: Path | None) -> list[Path]:
    """Return the folders in which the module of a function may lie, besides those of installed ones."""
    return [*([beside.resolve()] if beside is not None else []), Path.cwd()]


def _source(module: str, beside: Path) -> Path | None:
    """Find the source of a module without importing it."""
    importlib.invalidate_caches()
    places: Sequence[str] | None = [*map(str, module_folders(beside)), *sys.path]
    origin: str | None = None
    name = ""
    for part in module.split("."):
        name = f"{name}.{part}".lstrip(".")
        found = PathFinder.find_spec(name, places)
        if found is None:
            return None
        places, origin = found.submodule_search_locations, found.origin
    return Path(origin) if origin is not None and origin.endswith(".py") else None
