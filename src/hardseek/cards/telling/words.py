"""The words by which summaries are turned into speech: one file a language, read once."""

from functools import cache
from typing import Final

from hardseek.documents import Document, load, packaged
from hardseek.language import Language

_PACKAGE: Final = "hardseek.cards.telling"


class Openers(Document):
    """First words of a clause without a subject, by what a person puts before them."""

    am: tuple[str, ...]
    """After "I'm"."""
    was: tuple[str, ...]
    """After "I was"."""
    i: tuple[str, ...]
    """After "I"; present forms lose their -s."""


class EnglishWords(Document):
    """What the English converter knows of words."""

    id: str
    version: int
    seeker: tuple[str, ...]
    women: frozenset[str]
    men: frozenset[str]
    either: frozenset[str]
    several: frozenset[str]
    own: frozenset[str]
    own_qualified: frozenset[str]
    own_adjectives: frozenset[str]
    shared: frozenset[str]
    causing: frozenset[str]
    function: frozenset[str]
    adverbs: frozenset[str]
    own_after: frozenset[str]
    own_subject_after: frozenset[str]
    compounds: frozenset[str]
    third_person: dict[str, str]
    verbs: frozenset[str]
    past: frozenset[str]
    modals: frozenset[str]
    openers: Openers
    nouns: dict[str, str]
    consequences: dict[str, str]
    plain: dict[str, str]
    contractions: dict[str, str]


class ChineseWords(Document):
    """What the Chinese converter knows of words."""

    id: str
    version: int
    seeker: tuple[str, ...]
    women: tuple[str, ...]
    men: tuple[str, ...]
    several: tuple[str, ...]
    possessors: tuple[str, ...]
    own: dict[str, str]
    plain: dict[str, str]
    openings: dict[str, str]
    breaks: tuple[str, ...]
    subjectless: tuple[str, ...]
    continuing: tuple[str, ...]
    attached: tuple[str, ...]


class Cues(Document):
    """What tells how deep a fact lies, which feeling goes with it, and whether it touches self-harm."""

    id: str
    version: int
    self_harm: tuple[str, ...]
    passive_thoughts: tuple[str, ...]
    somebody_else: tuple[str, ...]
    core: tuple[str, ...]
    personal: tuple[str, ...]
    wants: tuple[str, ...]
    feelings: dict[str, tuple[str, ...]]


@cache
def english_words() -> EnglishWords:
    """Return the English words."""
    return load(packaged(_PACKAGE, "data", "en.yaml"), EnglishWords, source="telling/data/en.yaml")


@cache
def chinese_words() -> ChineseWords:
    """Return the Chinese words."""
    return load(packaged(_PACKAGE, "data", "zh.yaml"), ChineseWords, source="telling/data/zh.yaml")


@cache
def cues(language: Language) -> Cues:
    """Return the cues of a language."""
    name = f"cues-{language}.yaml"
    return load(packaged(_PACKAGE, "data", name), Cues, source=f"telling/data/{name}")
