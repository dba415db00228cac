"""English summaries in the person's own words: "The seeker's wife left him" is "My wife left me."."""

import re
from typing import Final, Literal

from hardseek.cards.telling.english_clauses import EnglishClauses, capital
from hardseek.cards.telling.english_reference import EnglishReference
from hardseek.cards.telling.words import english_words
from hardseek.language import length

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\n+")
_ADVERB = re.compile(
    r"(?:additionally|furthermore|moreover|consequently|as a result|however|initially|now),\s+", re.IGNORECASE
)
_CRUMB: Final = 3


def first_person(summary: str, gender: Literal["female", "male"] | None) -> list[str]:
    """Say a summary as its person would: short sentences in the first person, in the order of the summary."""
    reference = EnglishReference(gender)
    clauses = EnglishClauses(reference)
    spoken: list[str] = []
    for sentence in _sentences(summary):
        spoken.extend(clauses.cut(_with_own(reference.speak(sentence.rstrip(" .;")))))
    whole = _rejoined(spoken)
    return [_plain(clause) for clause in (clauses.halved(whole[0]) if len(whole) == 1 else whole)]


def _sentences(summary: str) -> list[str]:
    parts = (_ADVERB.sub("", part.strip()) for part in _SENTENCE_END.split(summary.replace("’", "'")))
    return [part for part in parts if part.strip(" .;")]


def _with_own(sentence: str) -> str:
    """Put "my" before people of one's own who stand without an article: "trouble with boss"."""
    words = english_words()
    tokens = re.findall(r"[\w'-]+|[^\w\s]|\s+", sentence)
    spots = [spot for spot, token in enumerate(tokens) if not token.isspace()]
    lowered = [tokens[spot].lower() for spot in spots]
    for rank, spot in enumerate(spots):
        noun = rank + 1 if lowered[rank] in words.own_adjectives else rank
        following = lowered[noun + 1] if noun + 1 < len(lowered) else ""
        if noun >= len(lowered):
            continue
        qualified = noun > rank and lowered[noun] in words.own_qualified
        if not qualified and not _own(lowered[noun], following):
            continue
        previous = lowered[rank - 1] if rank else ""
        as_subject = not rank or previous in words.own_subject_after
        if previous in words.own_after or (as_subject and _verb_like(following)):
            tokens[spot] = f"{'my' if rank else 'My'} {tokens[spot][0].lower()}{tokens[spot][1:]}"
    return "".join(tokens)


def _own(word: str, following: str) -> bool:
    words = english_words()
    if word in words.compounds and following[:1].isalpha() and following not in words.function:
        return False
    return word.removesuffix("'s") in words.own


def _verb_like(word: str) -> bool:
    words = english_words()
    return word in words.verbs or word in words.third_person or word in words.past or word.endswith(("ed", "es"))


def _rejoined(clauses: list[str]) -> list[str]:
    """Put crumbs back to the clause before them."""
    whole: list[str] = []
    for clause in clauses:
        if whole and length(clause) < _CRUMB:
            whole[-1] = f"{whole[-1]}. {capital(clause)}"
        else:
            whole.append(clause)
    return whole


def _plain(clause: str) -> str:
    words = english_words()
    for cue, put in (*words.plain.items(), *words.contractions.items()):
        clause = re.sub(cue, put, clause)
    return capital(clause.strip(" ,")) + ("" if clause.endswith(("?", "!")) else ".")
