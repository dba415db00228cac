"""What a wording says of the person that the card says otherwise: age, gender, marriage, children, work, numbers.

Rules a reader can follow, made to be right when they speak rather than to find everything: a claim counts where it is
made plainly, in the first person and the present ("I'm single"), and nothing in its clause before it takes it back
(if, wish, used to, like). What the card does not say contradicts nothing. The patterns stand in data/<language>.yaml.
"""

import re
from functools import cache, lru_cache
from typing import Final

from hardseek.cards import RoleCard
from hardseek.language import Language
from hardseek.seekers.check.quantity import told_otherwise, value
from hardseek.seekers.check.rules import Claim, Rules, rules
from hardseek.seekers.portrait import Portrait, of_card

_BIRTHDAY: Final = 1
"""Years that an age may be off."""
_CARDS: Final = 1 << 11


def contradictions(text: str, card: RoleCard) -> list[str]:
    """Return what a wording says of its person that the card says otherwise."""
    text = text.replace("’", "'").lower()
    known, person = rules(card.language), of_card(card)
    found = (_age(text, person, known), _claim(text, card, person, known), _work(text, card, known))
    return [f"contradicts the card: {what}" for what in (*found, told_otherwise(text, card)) if what]


def _age(text: str, person: Portrait, known: Rules) -> str | None:
    if person.age is None:
        return None
    for match in known.age.finditer(text):
        said = value(next(group for group in match.groups() if group), known.file.language)
        if said is not None and abs(said - person.age) > _BIRTHDAY and _plain(text, match.start(), known):
            return f"age {said:g}, on the card {person.age}"
    return None


def _claim(text: str, card: RoleCard, person: Portrait, known: Rules) -> str | None:
    children = {True: "children", False: "no-children", None: None}[person.children]
    traits = frozenset(trait for trait in (person.gender, person.partner, children) if trait is not None)
    for claim, opposed in _opposed(card.language, traits).items():
        rule = known.file.claims[claim]
        match = known.claims[claim].search(text) if any(map(text.__contains__, rule.triggers)) else None
        if match and _plain(text, match.start(), known) and not _on_card(card, rule.unless):
            return f"{claim}, on the card {', '.join(sorted(opposed))}"
    return None


@cache
def _opposed(language: Language, traits: frozenset[str]) -> dict[Claim, frozenset[str]]:
    """Return the claims that go against any of these traits, and which."""
    against = {claim: traits.intersection(rule.against) for claim, rule in rules(language).file.claims.items()}
    return {claim: opposed for claim, opposed in against.items() if opposed}


def _work(text: str, card: RoleCard, known: Rules) -> str | None:
    match = known.occupation.search(text) if card.occupation is not None else None
    if match is None or not _plain(text, match.start(), known):
        return None
    said = match["work"]
    for name, work in known.file.occupations.items():
        if re.fullmatch("|".join(work.said), said):
            going_with = known.going_with[name].search(_everything(card))
            return None if going_with else f"works as {said}, on the card {card.occupation}"
    return None


def _plain(text: str, start: int, known: Rules) -> bool:
    """Tell whether nothing in the clause before this place takes a claim back."""
    clause = known.clause_end.split(text[:start])[-1]
    return known.taken_back.search(clause) is None


def _on_card(card: RoleCard, words: tuple[str, ...]) -> bool:
    return bool(words) and re.search("|".join(words), _everything(card)) is not None


def _everything(card: RoleCard) -> str:
    """Return all that stands on a card, in small letters."""
    fields = (card.summary, card.occupation, card.education, card.relationship, card.setting, card.wants)
    told = (fact.text for fact in card.facts)
    return _joined((*(field for field in fields if field), *told, *card.beliefs, *card.tried))


@lru_cache(maxsize=_CARDS)
def _joined(parts: tuple[str, ...]) -> str:
    return "\n".join(parts).lower()
