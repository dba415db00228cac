"""Files that a command writes: refused beforehand where they cannot be, and told of when they are there."""

from pathlib import Path

from hardseek.cli.console import errors
from hardseek.errors import Refused


def begin_file(path: Path, text: str, then: str) -> None:
    """Write a file for a new user to change, never over one that is there, and say what to do with it next.

    Raises:
        Refused: there is such a file, or it cannot be written.
    """
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise Refused(f"{path}: is there already; choose another name") from None
    except FileNotFoundError:
        raise Refused(f"{path}: there is no folder {path.parent}; make it first") from None
    except OSError as error:
        raise Refused(f"{path}: cannot be written: {error.strerror or error}") from None
    errors.print(f"Wrote {path}. Try: {then}", markup=False)


def can_be_written(out: Path | None) -> None:
    """Refuse a page that cannot be written before hours of work, not after them."""
    if out is not None and (out.is_dir() or not out.resolve().parent.is_dir()):
        raise Refused(f"--out {out}: its folder is not there, or it is a folder itself; give the path of an HTML file")
