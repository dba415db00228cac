"""What `hardseek report` writes besides the page: tables and figures for a paper."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hardseek.cli.console import errors
from hardseek.errors import HardseekError, Refused
from hardseek.language import Language
from hardseek.mistakes import choices
from hardseek.report import RunView

_GROUPS = 2


@dataclass(frozen=True)
class ForPaper:
    """Where to, and in which language."""

    tables: Path | None
    figures: Path | None
    language: Language

    def refuse_what_is_no_folder(self) -> None:
        """Refuse before anything is computed; raises Refused."""
        for option, folder in (("--tables", self.tables), ("--figures", self.figures)):
            if folder is not None and folder.exists() and not folder.is_dir():
                raise Refused(f"{option} {folder}: is a file; give a folder")

    def write(self, view: RunView) -> None:
        """Write what is asked for, and say what and where.

        Raises:
            HardseekError: the disk refuses it, or PNG cannot be drawn here.
        """
        # Only here: a report without them need not wait for what draws them.
        from hardseek.report.paper import write_figures, write_tables

        if self.tables is not None:
            _written(self.tables, "Tables", lambda folder: write_tables(folder, view, language=self.language))
        if self.figures is not None:
            _written(self.figures, "Figures", lambda folder: write_figures(folder, view, language=self.language))


def groups_of(given: Sequence[str], systems: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Read the groups of systems that are given as NAME=SYSTEM,SYSTEM.

    Raises:
        Refused: there are not two, one is not of this form, or the run has no such system; the message says which.
    """
    groups: dict[str, tuple[str, ...]] = {}
    for text in given:
        name, parted, members = text.partition("=")
        named = tuple(dict.fromkeys(member.strip() for member in members.split(",") if member.strip()))
        if not parted or not name.strip() or not named:
            raise Refused(f"--group {text}: found no NAME=SYSTEM,SYSTEM, such as general=gpt,qwen")
        for member in named:
            if member not in systems:
                raise Refused(
                    f"--group {text}: the run has no system {member}; {choices(member, systems, says='it has')}"
                )
            if any(member in others for others in groups.values()):
                raise Refused(f"--group {text}: {member} is in another group already; a system can be in one of them")
        groups[name.strip()] = named
    if given and not (len(given) == len(groups) == _GROUPS):
        raise Refused(f"--group: two groups of different names are compared; found {len(given)}")
    return groups


def about(view: RunView, dimension: str) -> RunView:
    """Make a report about another dimension; raises Refused for one that the run does not have."""
    known = [each.name for each in view.dimensions]
    if dimension not in known:
        raise Refused(f"--dimension: the run has no dimension {dimension}; {choices(dimension, known, says='it has')}")
    return replace(view, headline=dimension)


def _written(folder: Path, what: str, write: Callable[[Path], list[Path]]) -> None:
    try:
        files = write(folder)
    except OSError as error:
        raise HardseekError(f"{folder}: cannot be written: {error.strerror or error}") from None
    kinds = ", ".join(sorted({file.suffix.removeprefix(".") for file in files})) or "nothing to write"
    errors.print(f"{what}: {folder} ({len(files)} files: {kinds})", markup=False)
