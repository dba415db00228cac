"""The grade of a built card, by criteria that a machine can hold it to.

A card has the lower of two grades:

- *what it tells*, as for every card (`hardseek.cards.grade`): high takes age, gender and occupation, six facts of all
  three depths, feelings, beliefs and a wish; middle takes one of age, gender, occupation and relationship, and three
  facts. The depths are the model's judgement and no evidence can verify them; the people who review cards do.
- *how well it is borne out*: high when at most one entry in ten was rejected and every fact is of the length of
  packaged cards' facts (`hardseek.cards.checking.completeness`); middle when at most one entry in three was rejected.

Facts that are not in the first person never get so far: they are rejected.
"""

from collections.abc import Sequence
from typing import Final, get_args

from hardseek.cards.building.verifying import Field
from hardseek.cards.card import Grade, RoleCard
from hardseek.cards.checking.completeness import bounds
from hardseek.cards.grade import grade_of
from hardseek.language import length

GRADES: Final[tuple[Grade, ...]] = get_args(Grade)
"""From the lowest."""
REJECTED_OF_HIGH: Final = 1 / 10
REJECTED_OF_MIDDLE: Final = 1 / 3


def grade_built(card: RoleCard, fields: Sequence[Field]) -> Grade:
    """Return the grade of a card that was made of these entries, the rejected ones among them."""
    told = grade_of(card.model_copy(update={"grade": None, "inferred": ()}))
    return min(told, _borne_out(card, fields), key=GRADES.index)


def _borne_out(card: RoleCard, fields: Sequence[Field]) -> Grade:
    rejected = sum(field.rejected is not None for field in fields) / len(fields)
    low, high = (bounds().en if card.language == "en" else bounds().zh)["facts"]
    usual = all(low <= length(fact.text) <= high for fact in card.facts)
    if rejected <= REJECTED_OF_HIGH and usual:
        return "high"
    return "middle" if rejected <= REJECTED_OF_MIDDLE else "low"
