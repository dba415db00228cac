"""What cards are built from, as it is kept and sent: read, and without identifiers."""

from collections import Counter
from pathlib import Path

import msgspec

from hardseek.cards.building import Source, masked_source
from hardseek.cards.building.by_rule import Surveyed, surveyed
from hardseek.cards.formats.reading import card_files, records
from hardseek.cards.formats.record import Unreadable
from hardseek.cli.cards.sources import NoSource, read_sources
from hardseek.errors import Refused


class Material(msgspec.Struct, frozen=True):
    """What was read, without identifiers."""

    form: str
    sources: tuple[Source, ...]
    taken: tuple[Counter[str], ...]
    """Identifiers taken out of each."""
    skipped: tuple[NoSource, ...]
    cards: dict[str, Surveyed] = {}
    """By id, where cards are made without a model."""


def dialogues_of(path: Path, form: str | None) -> Material:
    """Read dialogues or posts and take identifiers out of them; raises Refused as `read_sources` does."""
    found = read_sources(path, form)
    pairs = [masked_source(source) for source in found.sources]
    sources, taken = zip(*pairs, strict=True)
    return Material(found.form, sources, taken, found.skipped)


def surveys_of(path: Path) -> Material:
    """Read the situations of ESConv, each with the card that its fields make; raises Refused when there is none."""
    cards: dict[str, Surveyed] = {}
    skipped: list[NoSource] = []
    for file in card_files(path):
        for record in records(file):
            made = record.why if isinstance(record, Unreadable) else surveyed(record)
            if not isinstance(made, str) and made.source.id in cards:
                made = f"another record is called {made.source.id}"
            if isinstance(made, str):
                skipped.append(NoSource(record.where, made))
            else:
                cards[made.source.id] = made
    if not cards:
        first = f" ({skipped[0].where}: {skipped[0].why})" if skipped else ""
        raise Refused(f"{path}: no cards can be made of it without a model{first}")
    sources = tuple(each.source for each in cards.values())
    return Material("esconv", sources, tuple(each.taken for each in cards.values()), tuple(skipped), cards)
