"""Loading cards from a path, in hardseek's own format or in that of a published project."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from pydantic import ValidationError

from hardseek.cards.card import RoleCard
from hardseek.cards.formats import format_named, format_of
from hardseek.cards.formats.own import NAME as OWN
from hardseek.cards.formats.own import yaml_cards
from hardseek.cards.formats.reading import TABLE_ENDINGS, YAML_ENDINGS, card_files, records, required
from hardseek.errors import Refused
from hardseek.mistakes import explain


def load_cards(path: str | Path, format: str | None = None) -> tuple[RoleCard, ...]:
    """Read every card of a file or of a folder of files; either all of them are returned or none.

    Args:
        path: a YAML, JSON or JSON Lines file, or a folder of such files.
        format: a name of `hardseek.cards.formats.FORMATS`; told by the content of each file when None.

    Raises:
        Refused: something is missing, malformed, of no known format, or two cards have the same id; the message
            names the file and the line or record.
    """
    if format is not None:
        format_named(format)
    files = card_files(Path(path))
    placed = list(chain.from_iterable(_file(file, format) for file in files))
    first: dict[str, str] = {}
    for where, card in placed:
        if card.id in first:
            raise Refused(f"{where}: a card with the id {card.id} is already at {first[card.id]}; give one another id")
        first[card.id] = where
    return tuple(card for _, card in placed)


def _file(file: Path, name: str | None) -> Iterator[tuple[str, RoleCard]]:
    if file.suffix.lower() in YAML_ENDINGS:
        if name not in {None, OWN}:
            raise Refused(f"{file}: a YAML file cannot be in the format {name}, which is JSON; leave the format out")
        yield from ((str(file), card) for card in yaml_cards(file))
        return
    if file.suffix.lower() in TABLE_ENDINGS:
        raise Refused(f"{file}: a table; make cards of it with `hardseek cards import {file} --out CARDS.jsonl`")
    known = None if name is None else format_named(name)
    for record in required(records(file)):
        known = known or format_of(record)
        try:
            yield record.where, known.card(record)
        except ValidationError as error:
            raise Refused(explain(error, source=record.where, model=RoleCard)) from None
