"""The table of formats: a name, the field by which a record is known, and what makes a card of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from hardseek.cards.card import RoleCard
from hardseek.cards.formats import esc_eval, esconv, own, patient_psi, worst_case
from hardseek.cards.formats.record import Record
from hardseek.errors import Refused
from hardseek.mistakes import choices


@dataclass(frozen=True, slots=True)
class Format:
    """One format of card files."""

    name: str
    mark: str
    """The field by which people know a record of this format."""
    card: Callable[[Record], RoleCard]
    knows: Callable[[Mapping[str, Any]], bool]
    """Tells whether a record is of this format, by its fields."""


FORMATS: Final = tuple(
    Format(module.NAME, module.MARK, module.card, module.knows)
    for module in (own, esc_eval, worst_case, patient_psi, esconv)
)


def format_named(name: str, *, extra: str | None = None) -> Format:
    """Return the format of this name; raises Refused with the nearest valid one (`extra` is one more to name)."""
    names = [each.name for each in FORMATS]
    if name not in names:
        names += [extra] if extra else []
        raise Refused(f"format of cards: found {name!r}; {choices(name, names)}")
    return next(each for each in FORMATS if each.name == name)


def format_of(record: Record) -> Format:
    """Tell the format by the fields of a record; raises Refused when it is none that is known."""
    for each in FORMATS:
        if each.knows(record.data):
            return each
    known = ", ".join(f"{each.name} (has {each.mark!r})" for each in FORMATS)
    found = ", ".join(map(repr, record.data)) or "no fields"
    raise Refused(
        f"{record.where}: not a card in a known format: found {found}; known: {known}; `hardseek cards import` reads "
        "free ones"
    )
