"""Whether a card's person is a teenager or an adult, where it tells."""

import re
from typing import Final, Literal

from hardseek.cards.card import RoleCard

Stage = Literal["teenager", "adult"]

ADULT: Final = 18
_YOUNG = re.compile(
    r"\bteen|\badolescen|\bminor\b|\bchild\b|\b1[0-7]\b|青少年|未成年|少年|儿童|初中|[初高][一二三]|中学生|小学生",
    re.IGNORECASE,
)
_GROWN = re.compile(
    r"adult|middle|old|elder|senior|retire|\b[2-9]\d\b|青年|成年|成人|中年|老年|退休|大学", re.IGNORECASE
)


def stage_of(card: RoleCard) -> Stage | None:
    """Tell by the age, a number or a stage of life in words; None where it tells neither."""
    if isinstance(card.age, int):
        return "adult" if card.age >= ADULT else "teenager"
    if card.age is None:
        return None
    if _YOUNG.search(card.age):
        return "teenager"
    return "adult" if _GROWN.search(card.age) else None
