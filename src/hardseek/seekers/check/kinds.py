"""The kinds of what is wrong with wordings, as they are counted."""

from typing import Final

KINDS: Final[dict[str, str]] = {
    "empty": "has no words",
    "ai": "talks of being an AI",
    "helping": "speaks as the helper",
    "means": "names means of self-harm",
    "reasoning": "leaks reasoning",
    "directions": "has stage directions",
    "list": "is a list",
    "label": "has a speaker's label",
    "language": "is in the wrong language",
    "long": "is far too long",
    "telling": "tells ",
    "echo": "echoes the supporter",
    "contradiction": "contradicts the card",
}
"""How what `problems` returns begins, by kind."""


def kinds_of(rejected: str) -> list[str]:
    """Return the kinds of what was wrong with one wording, as it stands in the trace: problems parted by "; "."""
    return [
        next((kind for kind, begins in KINDS.items() if problem.startswith(begins)), "other")
        for problem in rejected.split("; ")
    ]
