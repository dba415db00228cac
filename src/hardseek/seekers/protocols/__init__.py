"""Published protocols, as they were published, beside our own seeker."""

from hardseek.seekers.protocols.esc_eval import GREETING, EscEvalSeeker

__all__ = ["GREETING", "EscEvalSeeker"]
