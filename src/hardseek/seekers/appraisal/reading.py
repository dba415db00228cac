"""What there is in one turn, whoever says it and whatever came before: content, cues, questions, runs of words."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Final

import msgspec

from hardseek.language import Language
from hardseek.seekers.appraisal.cues import END, START, Found, cues

LONGEST_READ: Final = 4000
"""Characters of a turn that are read: nobody takes in more, and a turn without end must not stop a run."""
GRAM: Final[dict[Language, int]] = {"en": 4, "zh": 6}
"""Units (words, characters) in a run that counts as said again; shorter runs are shared by chance."""

_UNIT: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"[^\W_]+(?:['-][^\W_]+)*"),
    "zh": re.compile(r"[A-Za-z0-9]+|[\u3400-\u4dbf\u4e00-\u9fff]"),
}
_MARK: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"([.!?;\n])"),
    "zh": re.compile(r"([。！？!?…；;，,、：\n])"),
}
_PAUSES: Final = frozenset("，,、：")
"""Marks within a sentence; Chinese clauses are matched like sentences, for what begins them begins a sentence too."""
_QUESTION_MARKS: Final = frozenset("?？")
_ENDING = re.compile(r"(ingly|edly|ings|ing|ies|ied|ed|ly|es|s)$")
_SHORTEST_STEM: Final = 3
_SHORTEST_STATEMENT: Final[dict[Language, int]] = {"en": 5, "zh": 7}
_ASKING_ENDS: Final = ("吗", "么", "呢")


class Reading(msgspec.Struct, frozen=True):
    """One turn, read once."""

    length: int
    """Units without marks: English words, Chinese characters."""
    terms: frozenset[str]
    """What it is about: stems of content words in English, pairs of content characters in Chinese."""
    grams: frozenset[str]
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
    unit, spelling = _UNIT[language], lexicon.spelling
    parts = _MARK[language].split(text.lower().replace("\u2019", "'"))
    units = [START]
    words: list[str] = []
    statements = since = 0  # units of the sentence so far, across its pauses
    sentences: list[tuple[int, bool]] = []
    questions: list[range] = []
    for clause, mark in zip(parts[::2], (*parts[1::2], START), strict=True):
        said: list[str] = unit.findall(clause)
        asked = False
        if said:
            if not spelling.keys().isdisjoint(said):
                said = [spelling.get(word, word) for word in said]
            asked = mark in _QUESTION_MARKS or (language == "zh" and said[-1] in _ASKING_ENDS)
            if asked:
                questions.append(range(len(units) - 1, len(units) + len(said)))
            elif len(said) >= _SHORTEST_STATEMENT[language]:
                statements += 1
            words += said
            units += said
            units.append(START)
            since += len(said)
        if since and (asked or mark not in _PAUSES):
            sentences.append((since, asked))
            since = 0
    units.append(END)
    found = lexicon.find(units)
    opens = sum(_opens(question, found) for question in questions)
    return Reading(
        length=len(words),
        terms=_terms_en(words, lexicon.stop) if language == "en" else _terms_zh(units, lexicon.stop),
        grams=_grams_en(words) if language == "en" else _grams_zh(words),
        cues=Counter(group for group, _ in found),
        open_questions=opens,
        closed_questions=len(questions) - opens,
        statements=statements,
        asking=sum(many for many, asked in sentences if asked),
        begins_asking=bool(sentences) and sentences[0][1],
        ends_asking=bool(sentences) and sentences[-1][1],
        first_person=sum(map(lexicon.first_person.__contains__, words)),
        second_person=sum(map(lexicon.second_person.__contains__, words)),
        begins_with_self=bool(words) and words[0] in lexicon.first_person,
    )


def _opens(question: range, found: list[Found]) -> bool:
    """Tell whether a question leaves the answer open: it has a cue of that, and none of advice put as a question."""
    groups = {group for group, place in found if place in question}
    return "open" in groups and "advice" not in groups


def _grams_en(words: list[str]) -> frozenset[str]:
    return frozenset(map(" ".join, zip(*(words[start:] for start in range(min(GRAM["en"], len(words)))), strict=False)))


def _grams_zh(words: list[str]) -> frozenset[str]:
    text, size = "".join(words), GRAM["zh"]
    return frozenset(text[place : place + size] for place in range(max(len(words) > 0, len(text) - size + 1)))


def _terms_en(words: list[str], stop: frozenset[str]) -> frozenset[str]:
    return frozenset(_stem(word) for word in words if len(word) > 2 and word not in stop)  # noqa: PLR2004 (no content)


def _terms_zh(units: list[str], stop: frozenset[str]) -> frozenset[str]:
    """Pairs of neighbouring characters, none of which is a stop word or part of a longer one."""
    runs = _stop_pattern(stop).sub(START, "".join(units)).split(START)
    return frozenset(one + other for run in runs if len(run) > 1 for one, other in pairwise(run))


@lru_cache(maxsize=2)
def _stop_pattern(stop: frozenset[str]) -> re.Pattern[str]:
    longer = sorted((word for word in stop if len(word) > 1), key=len, reverse=True)
    alone = "".join(word for word in stop if len(word) == 1)
    return re.compile(f"{'|'.join(map(re.escape, longer))}|[{re.escape(alone)}]")


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    """Cut a common ending off, so that `worried` and `worry`, `exams` and `exam` meet; no dictionary, no rules."""
    stem = _ENDING.sub("", word)
    stem = stem if len(stem) >= _SHORTEST_STEM else word
    if len(stem) > _SHORTEST_STEM and stem[-1] in "eyi":
        stem = stem[:-1]
    return stem[:-1] if len(stem) > _SHORTEST_STEM and stem[-1] == stem[-2] else stem
