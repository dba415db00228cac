"""Experts' edits: a supporter's turn as it was said, and as an expert would have it."""

from pathlib import Path
from typing import Annotated

import msgspec

from hardseek.errors import Refused
from hardseek.interop.reading import records
from hardseek.language import clean


class Edit(msgspec.Struct, frozen=True):
    """One edited turn; a line of the file."""

    dialogue: str
    """The dialogue's id."""
    turn: Annotated[int, msgspec.Meta(ge=0)]
    """The place of the supporter's turn in the dialogue, from 0, the seeker's turns counted too."""
    text: Annotated[str, msgspec.Meta(min_length=1)]
    """What the supporter should have said."""


def read_edits(path: Path) -> list[Edit]:
    """Read edits from JSON Lines; raises Refused when a line does not fit, or edits a turn a second time."""
    found: dict[tuple[str, int], Edit] = {}
    for where, _, edit in records(path, Edit):
        key = (edit.dialogue, edit.turn)
        if key in found:
            raise Refused(f"{where}: turn {edit.turn} of dialogue {edit.dialogue} is edited already; keep one")
        found[key] = Edit(edit.dialogue, edit.turn, clean(edit.text))
    if not found:
        raise Refused(f"{path}: no edits in it; a line is dialogue, turn and text")
    return list(found.values())
