"""Files that appear whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hardseek.errors import Refused


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give the path of an empty file beside `path` to write to; at the end of the block it takes the place of `path`.

    When the block raises, `path` is as it was and nothing is left beside it.

    Raises:
        Refused: the folder of `path` is missing or cannot be written to, or `path` is a folder.
    """
    if path.is_dir():
        raise Refused(f"{path}: is a folder; give the path of a file")
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.touch()
    except OSError as error:
        raise Refused(f"{path}: cannot be written: {error.strerror or error}") from None
    try:
        yield beside
        with beside.open("rb") as written:
            os.fsync(written.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
