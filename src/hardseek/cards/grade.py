"""The grade of a card: how much of it was stated by its source, and how much is missing or inferred.

ESC-Eval (arXiv 2406.14952) sorts cards into low, middle and high by hand and publishes no criteria. These are ours:

- `high`: who the person is (age, gender and occupation), six facts or more of all three depths, feelings, beliefs, and
  what they want; and none of it inferred.
- `middle`: one of age, gender, occupation and relationship or more, and three facts or more; depths and feelings may be
  inferred.
- `low`: anything less, such as a situation in one sentence and nothing of the person.
"""

from typing import Final, get_args

from hardseek.cards.card import Depth, Grade, RoleCard

MANY_FACTS: Final = 6
"""Facts of a complete card, at least."""
SOME_FACTS: Final = 3
_PERSON: Final = ("age", "gender", "occupation")
_TELLING: Final = ("feelings", "beliefs", "wants")
DEPTHS: Final = get_args(Depth)


def grade_of(card: RoleCard) -> Grade:
    """Return the grade that was given to a card, or else what the criteria say."""
    if card.grade is not None:
        return card.grade
    told = all(getattr(card, name) for name in (*_PERSON, *_TELLING)) and not card.inferred
    if told and len(card.facts) >= MANY_FACTS and {fact.depth for fact in card.facts} == set(DEPTHS):
        return "high"
    who = [name for name in (*_PERSON, "relationship") if getattr(card, name) and name not in card.inferred]
    return "middle" if who and len(card.facts) >= SOME_FACTS else "low"


def graded(card: RoleCard) -> RoleCard:
    """Return the card with its grade written in."""
    return card.model_copy(update={"grade": grade_of(card)})
