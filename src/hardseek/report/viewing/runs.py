"""The runs of a folder: which there are, and how far each one is."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from hardseek.errors import HardseekError
from hardseek.runs import Signature, Store
from hardseek.runs.store import FILE

DEEP: Final = 3
"""Folders below the one that is served in which runs are looked for."""
LIVE: Final = 60.0
"""Seconds since something was written within which a run counts as going on."""
State = Literal["live", "quiet", "done", "import", "unreadable"]
"""live: being written; quiet: not finished, and nothing was written for `LIVE` seconds; done: all that was planned."""
_Stamp = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Listed:
    """A run as the list shows it."""

    key: str
    """Names it in addresses."""
    folder: Path
    name: str
    state: State
    created: str = ""
    finished: int = 0
    failed: int = 0
    planned: int | None = None
    systems: int = 0
    signature: tuple[tuple[str, str], ...] = ()
    """Its parts."""
    trouble: str = ""
    """Why it cannot be read."""


class Runs:
    """Looks at a folder again and again; a run whose files have not changed is not opened anew."""

    def __init__(self, root: Path, clock: Callable[[], float] = time.time) -> None:
        self._root = root
        self._clock = clock
        self._seen: dict[Path, tuple[_Stamp, Listed]] = {}
        self._written: dict[Path, float] = {}
        self._content: dict[Path, tuple[object, ...]] = {}

    def look(self) -> dict[str, Listed]:
        """Return the runs that there are now, by key: those that are being written first, then the youngest."""
        found = {listed.key: listed for listed in map(self._listed, self._folders(self._root, DEEP))}
        order = sorted(found.values(), key=lambda listed: listed.created, reverse=True)
        return {listed.key: listed for listed in sorted(order, key=lambda listed: listed.state != "live")}

    def _folders(self, folder: Path, deep: int) -> Iterator[Path]:
        if (folder / FILE).is_file():
            yield folder
        if deep:
            try:
                inner = sorted(entry for entry in folder.iterdir() if entry.is_dir() and not entry.name.startswith("."))
            except OSError:
                return
            for entry in inner:
                if not entry.is_symlink():
                    yield from self._folders(entry, deep - 1)

    def _listed(self, folder: Path) -> Listed:
        stamp = _stamp(folder)
        seen = self._seen.get(folder)
        if seen is None or seen[0] != stamp:
            seen = stamp, self._read(folder)
            self._seen[folder] = seen
        listed = seen[1]
        if listed.state in {"live", "quiet"}:
            live = self._clock() - self._written.get(folder, 0.0) < LIVE
            return _changed(listed, "live" if live else "quiet")
        return listed

    def _read(self, folder: Path) -> Listed:
        key = str(folder.relative_to(self._root)).replace("/", ":") if folder != self._root else folder.resolve().name
        written = max((_written(file) for file in _files(folder)), default=0.0)
        try:
            with Store(folder) as store:
                counts, planned, content = store.counts(), store.noted("planned"), store.content()
                finished = sum(count for state, count in counts.items() if state != "open")
                whole = planned is not None and finished >= planned
                state: State = "import" if store.noted("kind") != "run" else "done" if whole else "quiet"
                parts = Signature(store.noted("signature") or {}).parts
                listed = Listed(
                    key, folder, store.noted("name") or folder.name, state, store.noted("created") or "", finished,
                    counts.get("failed", 0), planned, len(store.systems()), tuple(parts.items()),
                )  # fmt: skip
        except HardseekError as error:
            return Listed(key, folder, folder.name, "unreadable", trouble=str(error))
        # Opening and closing a database may touch its files, so that only what is in it tells that a run goes on.
        if self._content.get(folder) != content:
            self._written[folder] = self._clock() if folder in self._content else written
            self._content[folder] = content
        return listed


def _changed(listed: Listed, state: State) -> Listed:
    return listed if listed.state == state else Listed(**{**vars(listed), "state": state})


def _files(folder: Path) -> tuple[Path, Path]:
    return folder / FILE, folder / f"{FILE}-wal"


def _stamp(folder: Path) -> _Stamp:
    found = []
    for file in _files(folder):
        try:
            about = file.stat()
        except OSError:
            continue
        if about.st_size:  # a log that is there and empty is left by a reader
            found.append((about.st_mtime_ns, about.st_size))
    return tuple(found)


def _written(file: Path) -> float:
    try:
        about = file.stat()
    except OSError:
        return 0.0
    return about.st_mtime if about.st_size else 0.0
