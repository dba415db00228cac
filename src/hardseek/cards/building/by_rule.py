"""Cards without a model: of ESConv's own fields, by rule, of the grade that these allow."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from hardseek.cards.building.masking import masked
from hardseek.cards.building.source import Said, Source
from hardseek.cards.building.verifying import Field
from hardseek.cards.card import RoleCard
from hardseek.cards.formats import esconv
from hardseek.cards.formats.record import Record
from hardseek.cards.importing import card_of
from hardseek.language import clean, detect


class Surveyed(NamedTuple):
    """A situation without identifiers, and the card that its survey makes of it."""

    source: Source
    card: RoleCard
    fields: tuple[Field, ...]
    """The facts, each its own evidence: they are the person's words."""
    taken: Counter[str]


def knows(data: Mapping[str, Any]) -> bool:
    """Tell whether a record has the fields that a card can be made of without a model."""
    return esconv.knows(data)


def surveyed(record: Record) -> Surveyed | str:
    """Make a card of a record with a situation, a problem type and an emotion; or say why there is none."""
    if not knows(record.data):
        return "no situation with a problem, emotion or experience type: those of ESConv make cards without a model"
    situation = clean(str(record.data[esconv.MARK]))
    text, taken = masked(situation, detect(situation) or "en")
    card = card_of(Record(record.where, record.stem, {**record.data, esconv.MARK: text}, record.number))
    if isinstance(card, str):
        return card
    fields = tuple(
        Field(f"facts.{place}", fact.text, (fact.text,), depth=fact.depth, feeling=fact.feeling)
        for place, fact in enumerate(card.facts, start=1)
    )
    return Surveyed(Source(card.id, record.where, card.language, (Said("seeker", text),)), card, fields, taken)
