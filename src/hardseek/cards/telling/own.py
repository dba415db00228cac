"""What a person wrote about themselves, cut into messages; no word of it is changed."""

import re
from typing import Final

from hardseek.language import Language, length

_SENTENCE: Final = {
    "en": re.compile(r"(?<=[.!?;…])\s+|\n+"),
    "zh": re.compile(r"(?<=[。！？!?；;…])\s*|\n+"),
}
_CLAUSE: Final = {
    "en": re.compile(
        r"(?<=,)\s+|\s+(?=(?:but|because|although|so that|which|and (?:i|now|my|he|she|they|we))\b)", re.I
    ),
    "zh": re.compile(r"(?<=[，,])"),
}
_JOINT: Final = {"en": " ", "zh": ""}
_LONGEST: Final = {"en": 26, "zh": 35}
"""Words (characters) of a message: the third quartile of what seekers of ESConv write in a turn, and its like."""
_SHORTEST: Final = {"en": 3, "zh": 5}


def messages(text: str, language: Language) -> list[str]:
    """Cut a text of the person's own into messages: sentences, and what is longer where a clause begins.

    Pieces shorter than three words (five characters) stay with the one before. No word is lost;
    clauses of marks alone are.
    """
    cut: list[str] = []
    for sentence in _SENTENCE[language].split(text):
        for piece in _pieces(sentence.strip(), language):
            if cut and length(piece) < _SHORTEST[language]:
                cut[-1] += _JOINT[language] + piece
            else:
                cut.append(piece)
    return cut


def _pieces(sentence: str, language: Language) -> list[str]:
    """Cut a long sentence into pieces as long as may be, at the beginnings of clauses; a clause is never cut."""
    pieces: list[str] = []
    so_far = 0
    for clause in _CLAUSE[language].split(sentence):
        count = length(clause)
        if pieces and so_far + count <= _LONGEST[language] and count:
            pieces[-1] += _JOINT[language] + clause
            so_far += count
        elif count:
            pieces.append(clause)
            so_far = count
    return pieces
