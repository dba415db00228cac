"""Which cards an experiment plays: by language and id, thinned evenly over the categories of problems."""

from collections.abc import Iterable, Sequence

from hardseek.cards.card import RoleCard
from hardseek.errors import Refused
from hardseek.language import Language
from hardseek.mistakes import nearest


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
        limit: at most so many cards in each language, 1 or more; they are taken in turn from the broad groups of
            categories (the slug up to its first hyphen), so that a small selection still spreads over problems.

    Raises:
        Refused: an id is unknown, is not in the languages asked for, or nothing is left to play.
    """
    available = tuple(cards)
    if limit is not None and limit < 1:
        raise Refused(f"limit of cards: found {limit}; it should be 1 or more, or left out for all cards")
    if ids is not None:
        available = _named(available, ids, languages)
    chosen = [card for language in languages for card in _spread(available, language, limit)]
    if not chosen:
        raise Refused(f"no cards in {' or '.join(languages) or 'no language'}; add a language or other cards")
    kept = {card.id for card in chosen}
    return tuple(card for card in available if card.id in kept and card.language in languages)


def _named(cards: tuple[RoleCard, ...], ids: Sequence[str], languages: Sequence[Language]) -> tuple[RoleCard, ...]:
    by_id = {card.id: card for card in cards}
    for wanted in ids:
        if wanted not in by_id:
            near = nearest(wanted, list(by_id))
            hint = f"; did you mean {near}?" if near else f"; there are {len(by_id)} cards"
            raise Refused(f"cards: there is no card {wanted}{hint}")
        if by_id[wanted].language not in languages:
            raise Refused(
                f"cards: {wanted} is in {by_id[wanted].language}, and the languages asked for are "
                f"{', '.join(languages)}; add its language or leave the card out"
            )
    named = set(ids)
    return tuple(card for card in cards if card.id in named)


def _spread(cards: Sequence[RoleCard], language: Language, limit: int | None) -> list[RoleCard]:
    """Take cards in turn from each group of categories, groups in the order in which they first come."""
    groups: dict[str | None, list[RoleCard]] = {}
    for card in cards:
        if card.language == language:
            groups.setdefault(card.category.partition("-")[0] if card.category else None, []).append(card)
    longest = max(map(len, groups.values()), default=0)
    in_turn = [group[turn] for turn in range(longest) for group in groups.values() if turn < len(group)]
    return in_turn[:limit]
