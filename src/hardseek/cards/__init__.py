"""Role cards: what they are, the packaged library, and loading other people's cards."""

from hardseek.cards.card import Depth, Fact, Risk, RoleCard

__all__ = ["Depth", "Fact", "Risk", "RoleCard"]
