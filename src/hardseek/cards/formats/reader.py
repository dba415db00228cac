"""The table of formats: a name, the field by which a record is known, and what makes a card of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from hardseek.cards.card import RoleCard
from hardseek.cards.formats import esc_eval, own, worst_case
from hardseek.cards.formats.record import Record
from hardseek.errors import Refused
from hardseek.mistakes import nearest


@dataclass(frozen=True, slots=True)
class Format:
    """One format of card files."""

    name: str
    mark: str
    """The field that only records of this format have."""
    card: Callable[[Record], RoleCard]


FORMATS: Final = tuple(Format(module.NAME, module.MARK, module.card) for module in (own, esc_eval, worst_case))


def format_named(name: str) -> Format:
    """Return the format of this name; raises Refused with the nearest valid one."""
    names = [each.name for each in FORMATS]
    if name not in names:
        near = nearest(name, names)
        hint = f" (did you mean {near}?)" if near else ""
        raise Refused(f"format of cards: found {name!r}; allowed: {', '.join(names)}{hint}")
    return next(each for each in FORMATS if each.name == name)


def format_of(record: Record) -> Format:
    """Tell the format by the fields of a record; raises Refused when it is none that is known."""
    for each in FORMATS:
        if each.mark in record.data:
            return each
    known = ", ".join(f"{each.name} (has {each.mark!r})" for each in FORMATS)
    found = ", ".join(map(repr, record.data)) or "no fields"
    raise Refused(f"{record.where}: not a card in a known format: found {found}; known: {known}")
