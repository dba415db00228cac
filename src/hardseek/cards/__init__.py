"""Role cards: what they are, the taxonomy, the packaged library, and loading, importing and checking others."""

from hardseek.cards.card import Depth, Fact, Grade, Risk, RoleCard
from hardseek.cards.library import packaged_cards
from hardseek.cards.load import load_cards
from hardseek.cards.select import select_cards

__all__ = ["Depth", "Fact", "Grade", "Risk", "RoleCard", "load_cards", "packaged_cards", "select_cards"]
