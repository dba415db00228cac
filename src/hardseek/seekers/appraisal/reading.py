"""What there is in one turn, whoever says it and whatever came before: content, cues, questions, runs of words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from hardseek.language import Language
from hardseek.seekers.appraisal.cues import END, START, cues

LONGEST_READ: Final = 4000
"""Characters of a turn that are read: nobody takes in more, and a turn without end must not stop a run."""
GRAM: Final[dict[Language, int]] = {"en": 4, "zh": 6}
"""Units (words, characters) in a run that counts as said again; shorter runs are shared by chance."""

_UNIT: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"[^\W_]+(?:['-][^\W_]+)*|[.!?;\n]"),
    "zh": re.compile(r"[A-Za-z0-9]+|[\u3400-\u4dbf\u4e00-\u9fff]|[。！？!?…；;，,、：\n]"),
}
_ENDS: Final = frozenset(".!?;\n。！？…；，,、：")
_PAUSES: Final = frozenset("，,、：")
"""Marks within a sentence; Chinese clauses are matched like sentences, for what begins them begins a sentence too."""
_QUESTION_MARKS: Final = frozenset("?？")
_ENDING = re.compile(r"(ingly|edly|ings|ing|ies|ied|ed|ly|es|s)$")
_SHORTEST_STEM: Final = 3
_SHORTEST_STATEMENT: Final[dict[Language, int]] = {"en": 5, "zh": 7}
_ASKING_ENDS: Final = ("吗", "么", "呢")


@dataclass(frozen=True, slots=True)
class Reading:
    """One turn, read once."""

    length: int
    """Units without marks: English words, Chinese characters."""
    terms: frozenset[str]
    """What it is about: stems of content words in English, pairs of content characters in Chinese."""
    grams: frozenset[tuple[str, ...]]
    """Runs of units, see GRAM; the whole turn when it is shorter."""
    cues: Mapping[str, int]
    """How many cues of each group."""
    open_questions: int
    closed_questions: int
    statements: int
    """Sentences that are not questions and are long enough to say something."""
    asking: int
    """Units in sentences that are questions."""
    begins_asking: bool
    """The first sentence is a question."""
    ends_asking: bool
    """The last sentence is a question."""
    first_person: int
    """Words for oneself."""
    second_person: int
    """Words for the other."""
    begins_with_self: bool
    """The first word is one for oneself."""


def read(text: str, language: Language) -> Reading:
    """Read a turn; what is beyond the first LONGEST_READ characters is left out."""
    return _read(text if len(text) <= LONGEST_READ else text[:LONGEST_READ], language)


@lru_cache(maxsize=1024)  # each turn is looked at again at every later turn of its dialogue; one takes some 20 kB
def _read(text: str, language: Language) -> Reading:
    lexicon = cues(language)
    pieces = _UNIT[language].findall(text.lower().replace("\u2019", "'"))
    units, sentence = [START], [START]
    words: list[str] = []
    open_questions = closed_questions = statements = 0
    since = 0  # units of the sentence so far, across its pauses
    sentences: list[tuple[int, bool]] = []
    for piece in (*pieces, START):
        if piece not in _ENDS:
            word = lexicon.spelling.get(piece, piece)
            units.append(word)
            words.append(word)
            sentence.append(word)
            since += 1
            continue
        asked = False
        if len(sentence) > 1:
            asked = piece in _QUESTION_MARKS or (language == "zh" and sentence[-1] in _ASKING_ENDS)
            if asked:
                opens = lexicon.count(sentence)
                is_open = opens["open"] > 0 and not opens["advice"]
                open_questions += is_open
                closed_questions += not is_open
            elif len(sentence) > _SHORTEST_STATEMENT[language]:
                statements += 1
            sentence = [START]
        if since and (asked or piece not in _PAUSES):
            sentences.append((since, asked))
            since = 0
        if units[-1] != START:
            units.append(START)
    units.append(END)
    return Reading(
        length=len(words),
        terms=_terms_en(words, lexicon.stop) if language == "en" else _terms_zh(units, lexicon.stop),
        grams=_grams(words, GRAM[language]),
        cues=dict(lexicon.count(units)),
        open_questions=open_questions,
        closed_questions=closed_questions,
        statements=statements,
        asking=sum(many for many, asked in sentences if asked),
        begins_asking=bool(sentences) and sentences[0][1],
        ends_asking=bool(sentences) and sentences[-1][1],
        first_person=sum(word in lexicon.first_person for word in words),
        second_person=sum(word in lexicon.second_person for word in words),
        begins_with_self=bool(words) and words[0] in lexicon.first_person,
    )


def _grams(words: list[str], size: int) -> frozenset[tuple[str, ...]]:
    if len(words) <= size:
        return frozenset({tuple(words)} if words else ())
    return frozenset(zip(*(words[start:] for start in range(size)), strict=False))


def _terms_en(words: list[str], stop: frozenset[str]) -> frozenset[str]:
    return frozenset(_stem(word) for word in words if len(word) > 2 and word not in stop)  # noqa: PLR2004 (no content)


def _terms_zh(units: list[str], stop: frozenset[str]) -> frozenset[str]:
    """Pairs of neighbouring characters, none of which is a stop word or part of a longer one."""
    text = "".join(units)
    kept = _stop_pattern(stop).sub(START, text)
    return frozenset(kept[place : place + 2] for place in range(len(kept) - 1) if START not in kept[place : place + 2])


@lru_cache(maxsize=2)
def _stop_pattern(stop: frozenset[str]) -> re.Pattern[str]:
    longest_first = sorted(stop, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    """Cut a common ending off, so that `worried` and `worry`, `exams` and `exam` meet; no dictionary, no rules."""
    stem = _ENDING.sub("", word)
    stem = stem if len(stem) >= _SHORTEST_STEM else word
    if len(stem) > _SHORTEST_STEM and stem[-1] in "eyi":
        stem = stem[:-1]
    return stem[:-1] if len(stem) > _SHORTEST_STEM and stem[-1] == stem[-2] else stem
