"""Which cards a command is asked for."""

from collections.abc import Sequence
from typing import Final, get_args

from hardseek.cards import Grade, Risk, RoleCard
from hardseek.cards.grade import grade_of
from hardseek.cards.stage import stage_of
from hardseek.cards.taxonomy import places, within
from hardseek.errors import Refused
from hardseek.language import Language
from hardseek.mistakes import choices, did_you_mean

_ANY: Final = "any"
_MOST_MATCHES: Final = 8


def chosen(
    cards: Sequence[RoleCard],
    *,
    language: Language | None,
    category: str | None,
    risk: str | None,
    teen: bool | None,
    grade: str | None,
    source: str | None,
) -> tuple[RoleCard, ...]:
    """Keep the cards that fit all that is asked; raises Refused when something asked for cannot be."""
    known = [*places(), *{card.category for card in cards if card.category} - set(places())]
    for option, value, options in (
        ("--category", category, known),
        ("--risk", risk, [*get_args(Risk), _ANY]),
        ("--grade", grade, list(get_args(Grade))),
    ):
        if value is not None and value not in options:
            raise _wrong(option, value, options)
    return tuple(
        card
        for card in cards
        if (language is None or card.language == language)
        and (category is None or within(card.category, category))
        and (risk is None or card.risk == risk or (risk == _ANY and card.risk != "none"))
        and (teen is None or (stage_of(card) == "teenager") == teen)
        and (grade is None or grade_of(card) == grade)
        and (source is None or source.lower() in (card.source or "").lower())
    )


def named(cards: Sequence[RoleCard], wanted: str) -> RoleCard:
    """Return the card of this id, or the only one whose id begins so.

    Raises:
        Refused: there is none, with the nearest; or several begin so, with the first of them.
    """
    matches = [card for card in cards if card.id == wanted] or [card for card in cards if card.id.startswith(wanted)]
    if len(matches) == 1:
        return matches[0]
    if matches:
        ids = ", ".join(card.id for card in matches[:_MOST_MATCHES])
        raise Refused(f"{wanted!r} begins the ids of {len(matches)} cards, such as {ids}; give more of it")
    hint = did_you_mean(wanted, (card.id for card in cards))
    raise Refused(f"there is no card {wanted}{hint}; `hardseek cards list` lists them")


def _wrong(option: str, found: str, options: Sequence[str]) -> Refused:
    return Refused(f"{option}: found {found!r}; {choices(found, options)}")
