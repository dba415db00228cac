"""Reports of runs, made when they are asked for, and again only when there is something new in the run."""

import re
import threading
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Final

from hardseek.errors import HardseekError
from hardseek.runs import REPORT, Store

Make = Callable[[Store, Path], None]
"""Writes the report of a run to a path."""
_PIECE: Final = re.compile(r"[a-z0-9-]+\.js")


class Reports:
    """Keeps one report a run, in a folder of its own; the run's folder is left alone."""

    def __init__(self, make: Make, home: Path) -> None:
        self._make = make
        self._home = home
        self._lock = threading.Lock()
        self._made: dict[Path, str] = {}
        self._new: set[Path] = set()
        """Those whose report nobody has been given since it was made: a run that goes on has outgrown it already."""
        self._making: dict[Path, threading.Thread] = {}
        self._failed: dict[Path, str] = {}

    def ready(self, run: Path) -> bool:
        """Tell whether the report of a run is there and nothing new is in the run; begin to make it otherwise.

        Raises:
            HardseekError: it could not be made; the next time it is tried again.
        """
        with self._lock:
            if (trouble := self._failed.pop(run, None)) is not None:
                raise HardseekError(trouble)
            if run in self._making:
                return False
            if run in self._new:
                self._new.remove(run)
                return True
            with Store(run) as store:
                state = repr(store.content())
            if self._made.get(run) == state:
                return True
            # It is no matter if the server is left while a report is made: what is made is thrown away then.
            thread = threading.Thread(target=self._work, args=(run, state), daemon=True)
            self._making[run] = thread
            thread.start()
            return False

    def file(self, run: Path, name: str) -> Path | None:
        """Return a file of a run's report: the page itself, or what lies beside it; None where there is none."""
        home = self._of(run)
        page = home / REPORT
        if name == REPORT:
            return page if page.is_file() else None
        beside = home / f"{page.stem}.data"
        if not _PIECE.fullmatch(name):
            return None
        return beside / name if (beside / name).is_file() else None

    def _of(self, run: Path) -> Path:
        return self._home / blake2b(str(run.resolve()).encode(), digest_size=8).hexdigest()

    def _work(self, run: Path, state: str) -> None:
        home = self._of(run)
        trouble = None
        try:
            home.mkdir(parents=True, exist_ok=True)
            with Store(run) as store:
                self._make(store, home / REPORT)
        except (HardseekError, OSError) as error:
            trouble = str(error)
        except Exception as error:  # noqa: BLE001  (it is told to whoever asked for the report; the server goes on)
            trouble = f"{run}: no report could be made of it: {type(error).__name__}: {error}"
        with self._lock:
            if trouble is None:
                self._made[run] = state
                self._new.add(run)
            else:
                self._failed[run] = trouble
            del self._making[run]
