"""hardseek's own cards: YAML (one card, or a list of cards) and JSON, with the fields of RoleCard."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from hardseek.cards.card import RoleCard
from hardseek.cards.formats.record import Record
from hardseek.documents import load, read

NAME: Final = "hardseek"
MARK: Final = "facts"
"""The field by which a record of this format is known."""
_LIST = re.compile(r"(?:\s*(?:#.*|---)?\n)*\s*[-\[](?!--)")


def knows(data: Mapping[str, Any]) -> bool:
    """Tell whether a record has facts as a list of mappings; facts in plain words are a free record's."""
    facts = data.get(MARK)
    plain = isinstance(facts, str) or (isinstance(facts, list) and any(isinstance(item, str) for item in facts))
    return MARK in data and not plain


def card(record: Record) -> RoleCard:
    """Validate one record; raises pydantic's ValidationError with every mistake in it."""
    return RoleCard.model_validate(record.data)


def yaml_cards(path: Path) -> tuple[RoleCard, ...]:
    """Read a YAML file of one card or of a list of cards; raises Refused with every mistake and its line."""
    text = read(path)
    if _LIST.match(text):
        return tuple(load(text, list[RoleCard], source=str(path)))
    return (load(text, RoleCard, source=str(path)),)
