"""Supporters: the systems under test."""

from hardseek.supporters.supporter import Reply, Supporter, Talk

__all__ = ["Reply", "Supporter", "Talk"]
