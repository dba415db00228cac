"""What a page needs to show the dialogues of a run."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from hardseek.report.exhibits import Exhibit
from hardseek.report.reader.blocks import lay
from hardseek.report.reader.index import index, lay_scores, ordered
from hardseek.report.reader.shelf import Shelf
from hardseek.report.reader.words import script_words
from hardseek.report.view import RunView

SCRIPTS: Final = ("reader-parts.js", "reader-book.js", "reader-talk.js", "reader.js")
"""What the page needs to read them, one after the other."""


@dataclass(frozen=True)
class Reader:
    """The dialogues of a run, ready for a page."""

    dialogues: int
    """How many there are to read."""
    words: str
    """What the script says, and where pieces lie that are beside the page, as JSON for a script element."""
    pieces: Sequence[tuple[str, str]]
    """Name and content of what the page carries: letters, digits and signs that end no element."""
    beside: str
    """The folder beside the page that the rest lies in; empty where the page carries all."""


def make_reader(view: RunView, exhibits: Sequence[Exhibit], shelf: Shelf) -> Reader:
    """Lay all dialogues of a run on a shelf, with an index over them."""
    order = ordered(view, exhibits)
    lay_scores(view, order, shelf)
    starts = lay(view, order, shelf)
    shelf.put("index", index(view, order, exhibits, starts), inside=True)
    words = inert({"words": script_words(), "beside": shelf.beside})
    return Reader(len(order), words, shelf.inside, shelf.folder if shelf.beside else "")


def inert(value: object) -> str:
    """Write JSON in which nothing can end the element it stands in or begin another."""
    text = msgspec.json.encode(value).decode()
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
