"""Bringing in other people's cards: what can be a card becomes one, everything else is named with its reason.

`load_cards` takes all or nothing, for an experiment must not lose cards unseen; here the rest is kept.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from hardseek.cards.card import RoleCard
from hardseek.cards.formats import FORMATS, Format, format_named
from hardseek.cards.formats.free import NAME as FREE
from hardseek.cards.formats.free import card as free_card
from hardseek.cards.formats.free import knows, unused
from hardseek.cards.formats.reading import CARD_ENDINGS, TABLE_ENDINGS, card_files, records
from hardseek.cards.formats.record import Record, Unreadable
from hardseek.cards.tongue import not_in
from hardseek.errors import Refused
from hardseek.language import Language
from hardseek.mistakes import explain

_FREE: Final = Format(FREE, "a problem", free_card, knows)
_MOST_TEXT: Final = 200_000
"""Characters of a card; the largest of the published releases has 3,139."""
IMPORT_FORMATS: Final = (*(each.name for each in FORMATS), FREE)


@dataclass(frozen=True, slots=True)
class Skip:
    """A place that gave no card, and why."""

    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of an import."""

    cards: tuple[RoleCard, ...]
    skipped: tuple[Skip, ...]
    formats: tuple[tuple[str, int], ...]
    """Formats that were met, with the cards that each gave."""
    unused: tuple[str, ...]
    """Names of fields or columns of free records that stand for nothing in a card."""

    @property
    def read(self) -> int:
        """Places that were looked at."""
        return len(self.cards) + len(self.skipped)


def import_cards(path: str | Path, format: str | None = None, language: Language | None = None) -> Brought:
    """Make cards of a file or of the files of a folder.

    Args:
        path: JSON, JSON Lines, YAML, CSV or TSV.
        format: a name of `IMPORT_FORMATS`; told by the fields of each record when None.
        language: only cards in this language; the others are skipped and counted.

    Raises:
        Refused: there is nothing to read, a file as a whole cannot be read, or the format is unknown.
    """
    known = None if format is None else _FREE if format == FREE else format_named(format, extra=FREE)
    cards: dict[str, RoleCard] = {}
    places: dict[str, str] = {}
    skipped: list[Skip] = []
    formats: dict[str, int] = {}
    over: dict[str, None] = {}
    for file in card_files(Path(path), (*CARD_ENDINGS, *TABLE_ENDINGS)):
        for item in records(file):
            if isinstance(item, Unreadable):
                skipped.append(Skip(item.where, item.why))
                continue
            form = known or _format_of(item)
            made = card_of(item, form)
            why = made if isinstance(made, str) else _unwanted(made, language, cards, places)
            if isinstance(made, str) or why is not None:
                skipped.append(Skip(item.where, why or ""))
                continue
            cards[made.id], places[made.id] = made, item.where
            formats[form.name] = formats.get(form.name, 0) + 1
            if form is _FREE:
                over.update(dict.fromkeys(unused(item.data)))
    return Brought(tuple(cards.values()), tuple(skipped), tuple(formats.items()), tuple(over))


def _format_of(record: Record) -> Format:
    """Tell the format by the fields of a record: what is in none of the known ones is free."""
    return next((each for each in FORMATS if each.knows(record.data)), _FREE)


def card_of(record: Record, form: Format | None = None) -> RoleCard | str:
    """Make a card of a record, in the format told by its fields when None; or say why there is none."""
    try:
        return (form or _format_of(record)).card(record)
    except Refused as error:
        return str(error).removeprefix(f"{record.where}: ")
    except ValidationError as error:
        return explain(error, source=record.where, model=RoleCard).replace(f"{record.where}: ", "").replace("\n", "; ")


def _unwanted(
    card: RoleCard, language: Language | None, cards: dict[str, RoleCard], places: dict[str, str]
) -> str | None:
    """Say why a card is not taken, None when it is."""
    if language is not None and card.language != language:
        return f"in {card.language}, and {language} was asked for"
    amount = len(card.model_dump_json())
    if amount > _MOST_TEXT:
        return f"too much text: {amount:,} characters; a card has at most {_MOST_TEXT:,}"
    wrong = not_in(" ".join(fact.text for fact in card.facts), card.language)
    if wrong is not None:
        return wrong
    if card.id in cards:
        same = cards[card.id] == card
        return f"{'the same card' if same else f'another card with the id {card.id}'} is already at {places[card.id]}"
    return None


def summarised(skipped: Sequence[Skip]) -> Iterator[tuple[str, list[str]]]:
    """Group skips by their reason, the most frequent first; yields the reason and the places."""
    by_reason: dict[str, list[str]] = {}
    for skip in skipped:
        by_reason.setdefault(skip.why, []).append(skip.where)
    yield from sorted(by_reason.items(), key=lambda item: -len(item[1]))
