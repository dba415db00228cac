"""Cutting English sentences where a new clause begins, and giving each clause a subject.

Summaries are clipped ("Lost job, unable to find work, leading to debt"). A person would say three sentences.
"""

import re
from functools import cache
from typing import Final

from hardseek.cards.telling.english_reference import EnglishReference
from hardseek.cards.telling.words import english_words
from hardseek.language import length

_COMMA = re.compile(r",\s+(?![^(]*\))")
_SUBJECTS: Final = "i|i'm|i've|my|we|our|it|he|she|they|his|her|the|there"
_SUBJECT = re.compile(rf"(?:{_SUBJECTS}|it's|this|these|that|there's|a|an|what|now)\b", re.IGNORECASE)
_LEADING = re.compile(r"(?:even|despite|since|after)\b", re.IGNORECASE)
_JOINT = re.compile(r"(?:and also|and|also|or)\s+", re.IGNORECASE)
_CLAUSE = re.compile(rf"(?:and|but|so|yet|then)\s+(?=(?:{_SUBJECTS}|am|feel|want)\b)", re.IGNORECASE)
_CUTS: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), joint)
    for pattern, joint in (
        (rf"\s(?=(?:but|although|because)\s(?:{_SUBJECTS})\b)", ""),
        (r"\sand\s(?=(?:i|i'm)\s)", ""),
        (r"\sand\s(?=(?:am|feel)\s)", "I "),
        (r",?\s(?=(?:partly |mainly |possibly )?(?:due to|because of)\s)", "It's "),
        (r"\sbut\s(?=(?:am|face|don't|feel|have)\s)", "But I "),
        (r"\sbut\s(?=(?:hesitant|unsure|concerned)\s)", "But I'm "),
        (r"\sand\s(?=(?:unsure|facing|considering|hesitant|worried|feeling)\s)", "I'm "),
        (r",\swhich\s(?=\w+ed\s)", "That "),
    )
)
"""Where a long sentence can be halved, and what its second half then begins with."""
_LONG: Final = 24
_SHORT: Final = 4
_HEAD: Final = 9
"""Words of a piece among which its verb is looked for."""


class EnglishClauses:
    """Cuts sentences that are already in the first person."""

    def __init__(self, reference: EnglishReference) -> None:
        self._reference = reference

    def cut(self, sentence: str) -> list[str]:
        """Cut at the commas after which a new clause begins, and halve what is longer than 24 words."""
        clauses: list[str] = []
        for piece in _COMMA.split(sentence):
            opened = self._opened(piece, clauses[-1] if clauses else "")
            if opened is None:
                clauses[-1] = f"{clauses[-1]}, {piece}"
            else:
                clauses.append(opened)
        return [part for clause in clauses for part in (self.halved(clause) if length(clause) > _LONG else [clause])]

    def halved(self, clause: str) -> list[str]:
        """Cut a sentence in two where both halves, of four words or more, can stand."""
        for pattern, joint in _CUTS:
            for cut in pattern.finditer(clause):
                head, tail = clause[: cut.start()], clause[cut.end() :]
                if min(length(head), length(tail)) >= _SHORT:
                    return [head, joint + tail]
        return [clause]

    def _opened(self, piece: str, before: str) -> str | None:
        """Give a piece a subject; None when it only continues the piece before it."""
        bare = _JOINT.sub("", piece, count=1) if _JOINT.match(piece) else piece
        opened = self._patterned(bare, before)
        if opened is not None:
            return opened
        if not before:
            return piece if self._has_subject(bare) else f"It's about {bare[0].lower()}{bare[1:]}"
        clause = _CLAUSE.match(piece)
        if clause is None:
            return None
        rest = piece[clause.end() :]
        rest = rest if _SUBJECT.match(rest) else f"I {rest}"
        return rest if clause[0].lower().startswith("and") else clause[0] + rest

    def _patterned(self, bare: str, before: str) -> str | None:
        for kind, pattern, put in _openings():
            found = pattern.match(bare[:1].lower() + bare[1:])
            # What follows from it all cannot come first, and a noun later on belongs to a list.
            if found is None or (kind == "consequence" and not before) or (kind == "noun" and before):
                continue
            rest = bare[found.end() :]
            if kind == "i":
                if rest.startswith(" of "):
                    continue
                who = "We" if before.startswith("We ") else "I"
                return f"{who} {self._reference.first_person_verb(found[0].lower())}{rest}"
            return f"{put}{bare[0].lower()}{bare[1:]}" if kind in {"am", "was"} else found.expand(put) + rest
        return None

    def _has_subject(self, piece: str) -> bool:
        if _SUBJECT.match(piece) or _LEADING.match(piece):
            return True
        head = re.findall(r"[\w'-]+", piece.lower())[1:_HEAD]
        return any(map(self._reference.finite, head))


@cache
def _openings() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """List the kinds of beginnings in the order in which they are tried, with what is put for each."""
    words = english_words()
    first_person_verb = EnglishReference(None).first_person_verb

    def starts(names: tuple[str, ...]) -> re.Pattern[str]:
        longest_first = sorted(names, key=len, reverse=True)
        return re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)

    return (
        *(("consequence", re.compile(cue, re.IGNORECASE), put) for cue, put in words.consequences.items()),
        *(("noun", re.compile(cue, re.IGNORECASE), put) for cue, put in words.nouns.items()),
        ("am", starts(words.openers.am), "I'm "),
        ("was", starts(words.openers.was), "I was "),
        ("i", starts((*words.openers.i, *map(first_person_verb, words.openers.i))), "I "),
    )


def capital(text: str) -> str:
    """Begin with a capital."""
    return text[:1].upper() + text[1:]
