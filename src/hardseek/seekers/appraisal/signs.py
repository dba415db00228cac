"""The signs in a supporter's turn that points are given for: cues, questions, shape, and its place in the talk."""

from collections.abc import Sequence
from typing import Final

from hardseek.chat import Message
from hardseek.language import A_WORD, Language
from hardseek.seekers.appraisal.reading import read

CUES: Final = (
    "advice", "affirming", "asking", "explaining", "feeling_named", "grasping", "hoping", "inviting", "own_story",
    "praising", "present_self", "reassuring", "reflecting", "resources", "small_talk", "suggesting", "sympathy",
    "template", "validating",
)  # fmt: skip
"""Groups of cues that are signs, by how many cues there are."""
OF_THE_TURN: Final = (
    *CUES, "always", "open_question", "closed_question", "asked_share", "begins_asking", "ends_asking",
    "asks_advising", "self_share", "other_share", "begins_with_self", "exclaims", "bare", "short", "heard",
)  # fmt: skip
"""Signs that are in the turn itself, and in what it answers."""
OF_THE_TALK: Final = (
    "opening", "late", "very_late", "asked_before", "seeker_asked", "seeker_thanked", "seeker_long",
)  # fmt: skip
"""Signs of the place that the turn has in the talk."""
SIGNS: Final = (*OF_THE_TURN, *OF_THE_TALK)

MOST: Final = 3
"""Cues of a group that count, and words of the seeker's that come back: more say nothing new."""
_BARE, _SHORT = 3, 8
"""Words of a turn; a sign up to each."""
_LONG: Final = 25
"""Words of the seeker's turn; a sign from more."""
_OPENING, _LATE, _VERY_LATE = 4, 16, 24
"""Messages before the turn: still beginning under the first, late from more than the others."""
_TOLD: Final = 12
"""Words of the seeker's last turn under which a talk that is beginning has no matter yet."""
_FIFTH: Final = 0.2
"""A share of words for oneself or for the other that counts 1..."""
_MOST_SHARE: Final = 1.5
"""...and the most that such a share counts."""


def signs(text: str, transcript: Sequence[Message], language: Language) -> dict[str, float]:
    """Return the signs of a turn that are there, each with how much of it; none for a turn without words.

    Args:
        text: the supporter's turn.
        transcript: the talk before it, seeker `user`, supporter `assistant`.
        language: what the talk is in.
    """
    now = read(text, language)
    if not now.length:
        return {}
    seeker = read(_last(transcript, "user"), language)
    before = read(_last(transcript, "assistant"), language)
    words = now.length / A_WORD[language]
    heard = seeker.length / A_WORD[language]
    found: dict[str, float] = {group: min(now.cues.get(group, 0), MOST) for group in CUES}
    found |= {
        "always": 1.0,
        "open_question": now.open_questions > 0,
        "closed_question": now.closed_questions > 0,
        "asked_share": now.asking / now.length,
        "begins_asking": now.begins_asking,
        "ends_asking": now.ends_asking,
        "asks_advising": now.asking > 0 and found["advice"] > 0,
        "self_share": min(now.first_person / words / _FIFTH, _MOST_SHARE),
        "other_share": min(now.second_person / words / _FIFTH, _MOST_SHARE),
        "begins_with_self": now.begins_with_self,
        "exclaims": "!" in text or "！" in text,
        "bare": words <= _BARE,
        "short": words <= _SHORT,
        "heard": min(len(now.terms & seeker.terms), MOST),
        "opening": len(transcript) < _OPENING and heard < _TOLD,
        "late": len(transcript) > _LATE,
        "very_late": len(transcript) > _VERY_LATE,
        "asked_before": before.asking > 0,
        "seeker_asked": seeker.asking > 0,
        "seeker_thanked": seeker.cues.get("thanks", 0) > 0,
        "seeker_long": heard > _LONG,
    }
    return {sign: float(amount) for sign, amount in found.items() if amount}


def _last(transcript: Sequence[Message], role: str) -> str:
    return next((message.content for message in reversed(transcript) if message.role == role), "")
