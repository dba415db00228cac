"""Role cards: what they are, the packaged library, and loading other people's cards."""

from hardseek.cards.card import Depth, Fact, Risk, RoleCard
from hardseek.cards.library import packaged_cards
from hardseek.cards.load import load_cards
from hardseek.cards.select import select_cards

__all__ = ["Depth", "Fact", "Risk", "RoleCard", "load_cards", "packaged_cards", "select_cards"]
