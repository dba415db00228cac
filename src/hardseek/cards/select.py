"""Which cards an experiment plays: by language and id, thinned evenly over the areas of the taxonomy."""

from collections.abc import Iterable, Sequence

from hardseek.cards.card import RoleCard
from hardseek.cards.taxonomy import area_of
from hardseek.errors import Refused
from hardseek.language import Language
from hardseek.mistakes import did_you_mean


def select_cards(
    cards: Iterable[RoleCard],
    languages: Sequence[Language],
    ids: Sequence[str] | None = None,
    limit: int | None = None,
) -> tuple[RoleCard, ...]:
    """Choose cards; the same arguments always give the same cards, in the order in which they came.

    Args:
        cards: what there is to choose from.
        languages: the languages to keep.
        ids: the cards to keep, all of them when None.
        limit: at most so many cards in each language, 1 or more; they are taken in turn from the areas of the
            taxonomy, and within an area in turn from its leaves, so that a small selection still spreads over
            problems. A category that the taxonomy does not know goes by its slug up to the first hyphen.

    Raises:
        Refused: an id is unknown, is not in the languages asked for, or nothing is left to play.
    """
    available = tuple(cards)
    if limit is not None and limit < 1:
        raise Refused(f"limit of cards: found {limit}; it should be 1 or more, or left out for all cards")
    if ids is not None:
        available = _named(available, ids, languages)
    chosen = [card for language in languages for card in _spread(available, language)[:limit]]
    if not chosen:
        raise Refused(f"no cards in {' or '.join(languages) or 'no language'}; add a language or other cards")
    kept = {card.id for card in chosen}
    return tuple(card for card in available if card.id in kept and card.language in languages)


def _named(cards: tuple[RoleCard, ...], ids: Sequence[str], languages: Sequence[Language]) -> tuple[RoleCard, ...]:
    by_id = {card.id: card for card in cards}
    for wanted in ids:
        if wanted not in by_id:
            raise Refused(f"cards: there is no card {wanted} among {len(by_id):,}{did_you_mean(wanted, by_id)}")
        if by_id[wanted].language not in languages:
            raise Refused(
                f"cards: {wanted} is in {by_id[wanted].language}, and the languages asked for are "
                f"{', '.join(languages)}; add its language or leave the card out"
            )
    named = set(ids)
    return tuple(card for card in cards if card.id in named)


def _spread(cards: Sequence[RoleCard], language: Language) -> list[RoleCard]:
    """Order cards so that any beginning is spread: areas in turn, within each its leaves in turn."""
    areas: dict[str | None, dict[str | None, list[RoleCard]]] = {}
    for card in cards:
        if card.language == language:
            areas.setdefault(_area(card.category), {}).setdefault(card.category, []).append(card)
    return _in_turn([_in_turn(list(leaves.values())) for leaves in areas.values()])


def _area(category: str | None) -> str | None:
    return area_of(category) or (category.partition("-")[0] if category else None)


def _in_turn(groups: Sequence[Sequence[RoleCard]]) -> list[RoleCard]:
    """Take the first of each group, then the second of each, and so on; groups as they come."""
    longest = max(map(len, groups), default=0)
    return [group[turn] for turn in range(longest) for group in groups if turn < len(group)]
