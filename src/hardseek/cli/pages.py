"""Pages that a command writes: asked for beforehand, and told of when they are there."""

from collections.abc import Callable, Iterable
from pathlib import Path

from hardseek.cli.console import errors
from hardseek.errors import HardseekError, Refused
from hardseek.language import LANGUAGES, Language


def can_be_written(out: Path | None) -> None:
    """Refuse a page that cannot be written before hours of work, not after them."""
    if out is not None and (out.is_dir() or not out.resolve().parent.is_dir()):
        raise Refused(f"--out {out}: its folder is not there, or it is a folder itself; give the path of an HTML file")


def languages(names: Iterable[str], option: str) -> list[Language]:
    """Return the languages of an option, in their usual order; raises Refused for one that is none."""
    given = list(names)
    for name in given:
        if name not in LANGUAGES:
            raise Refused(f"{option}: found {name!r}; allowed: {', '.join(LANGUAGES)}")
    return [known for known in LANGUAGES if known in given]


def page(out: Path, write: Callable[[], None]) -> None:
    """Write a page and say where it is; raises HardseekError when the disk refuses it."""
    try:
        write()
    except OSError as error:
        raise HardseekError(f"{out}: cannot be written: {error.strerror or error}") from None
    errors.print(f"Page: {out}", markup=False)
