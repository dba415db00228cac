"""The integrity check: whether a wording keeps to its move, and the seeker stays the seeker of the card."""

from hardseek.seekers.check.contradiction import contradictions
from hardseek.seekers.check.kinds import KINDS, kinds_of
from hardseek.seekers.check.wording import problems

__all__ = ["KINDS", "contradictions", "kinds_of", "problems"]
