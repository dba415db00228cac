"""What of the card may stand in a phrase's slot, without giving away what has not been told."""

from collections.abc import Callable, Collection
from functools import lru_cache
from typing import Final

from hardseek.cards import RoleCard
from hardseek.language import Language, length, sentences
from hardseek.seekers.content import content
from hardseek.seekers.portrait import of_card
from hardseek.seekers.voice import Line
from hardseek.seekers.voices.hearing import Heard
from hardseek.seekers.voices.memory import Memory
from hardseek.seekers.voices.retelling import clauses, lowered
from hardseek.seekers.voices.words import words

_TELLING = 0.34
"""Share of a value's content words that a hidden fact may have in common with it; more would tell the fact."""
_LONGEST: Final = {"en": 14, "zh": 24}
_BARE_FEELING = 3


def gives_away(value: str, hidden: Collection[str], language: Language) -> bool:
    """Tell whether a value says something of what one of the hidden texts says."""
    said = content(value, language)
    return any(len(said & content(text, language)) > _TELLING * len(said) for text in hidden)


def hidden_facts(card: RoleCard, allowed: Collection[str]) -> tuple[str, ...]:
    """Return the texts of the facts that are neither told nor allowed."""
    return tuple(fact.text for fact in card.facts if fact.id not in allowed)


class Slots:
    """The values for one turn."""

    def __init__(self, line: Line, heard: Heard, memory: Memory, key: Callable[[str], str]) -> None:
        self._card, self._told, self._allowed = line.part.card, line.state.disclosed, line.move.facts
        self._heard, self._memory, self._key = heard, memory, key

    def values(self, slot: str) -> list[str]:
        """Return what may fill a slot now; empty when nothing may."""
        card = self._card
        if slot == "feeling":
            return self._feelings()
        if slot == "advice":
            return list(self._heard.advice)
        if slot == "named":
            return list(self._heard.feelings)
        if slot == "age":
            age = of_card(card).age
            return [str(age)] if age is not None else []
        texts = {"belief": card.beliefs, "tried": card.tried, "want": (card.wants,) if card.wants else ()}[slot]
        hidden = hidden_facts(card, {*self._told, *self._allowed})
        values = [_inline(text, card.language) for text in texts if not gives_away(text, hidden, card.language)]
        return [
            value
            for value in values
            if length(value) <= _LONGEST[card.language] and not self._memory.holds(self._key(value))
        ]

    def _feelings(self) -> list[str]:
        own = [fact.feeling for fact in self._card.facts if fact.id in self._allowed and fact.feeling]
        told = [fact.feeling for fact in self._card.facts if fact.id in self._told and fact.feeling]
        feelings = own or [*told, *self._card.feelings]
        return [_feeling(feeling, self._card.language) for feeling in feelings]


@lru_cache(maxsize=1 << 14)
def _inline(text: str, language: Language) -> str:
    """Return a text as it stands within a sentence: its first sentence, no final mark, a small letter."""
    first = sentences(text)[0]
    if length(first) > _LONGEST[language]:
        first = clauses(first, language)[0]
    return lowered(first.rstrip(".。!！,，;； "), language)


@lru_cache(maxsize=1 << 12)
def _feeling(text: str, language: Language) -> str:
    text = text.strip().rstrip(".。")
    if language == "en":
        return text.lower()
    text = words(language).feelings.get(text, text)
    # A noun of feeling (孤独感) is said as the feeling itself (孤独), which goes after 有点, 就是 and 没那么.
    return text.removesuffix("感") if len(text) >= _BARE_FEELING else text
