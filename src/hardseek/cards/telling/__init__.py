"""From a summary about a person, or their own words, to what that person could tell."""

from typing import Literal

from hardseek.cards.telling import chinese, english
from hardseek.cards.telling.depth import Telling, arrange, risk_in
from hardseek.cards.telling.own import messages
from hardseek.language import Language

__all__ = ["Telling", "arrange", "own_words", "risk_in", "tell"]


def tell(summary: str, language: Language, gender: Literal["female", "male"] | None) -> Telling:
    """Turn a third-person summary into facts in the first person, each with its depth.

    Args:
        summary: the problem in one or more sentences, the person named "the seeker", "求助者" and the like, or not at
            all.
        language: what it is written in; the facts are in the same.
        gender: which pronouns can mean the person, None where it is not known.
    """
    turn = english.first_person if language == "en" else chinese.first_person
    return arrange(turn(summary, gender), language)


def own_words(text: str, language: Language) -> Telling:
    """Arrange what a person wrote about themselves as facts, each with its depth; no word is changed."""
    return arrange(messages(text, language), language)
