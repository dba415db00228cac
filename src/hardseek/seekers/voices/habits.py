"""How a person types: case, punctuation, shorthand and slips; the same all through a dialogue."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal, get_args

from hardseek.documents import Document, load, packaged
from hardseek.language import Language
from hardseek.luck import Luck

Habit = Literal["lowercase", "no_apostrophes", "no_final_stop", "dots", "spaces", "shorthand", "misspell"]
HABITS: Final[tuple[Habit, ...]] = get_args(Habit)

_ALWAYS = -1
"""The turn of draws that hold for the whole dialogue."""
_SLIP_CHANCE = 0.07
"""Of a slip of the finger in a turn of someone who makes them."""
_SLIP_LETTERS = 5
"""Letters that a word has at least for a slip to be likely in it."""
_WORD_SHARE = 0.5
"""Of the words on the lists, how many a person who has the habit does so."""
_LONE_I = re.compile(r"\bi\b")
_SENTENCE_START = re.compile(r"(?:^|(?<=[.!?…] ))[a-z]")
_INNER_STOP = re.compile(r"(?<![.…])\.(?= )")


class WritingRule(Document):
    """Words in a card's `writing` that settle habits."""

    words: tuple[str, ...]
    has: tuple[Habit, ...] = ()
    lacks: tuple[Habit, ...] = ()


class HabitsFile(Document):
    """The habits of one language."""

    id: str
    version: int
    language: Language
    shares: dict[Habit, float]
    writing: tuple[WritingRule, ...]
    shorthand: dict[str, str]
    misspellings: dict[str, str]


@dataclass(frozen=True, slots=True)
class Hand:
    """One person's way of typing."""

    language: Language
    habits: frozenset[Habit]
    words: tuple[tuple[re.Pattern[str], str], ...]
    """What this person writes differently, and how."""

    def write(self, text: str) -> str:
        """Type a text as this person does; a function of the text alone."""
        for pattern, written in self.words:
            text = pattern.sub(written, text)
        if "no_apostrophes" in self.habits:
            text = text.replace("'", "").replace("’", "")
        return self._punctuate(self._case(text))

    def slip(self, text: str, luck: Luck, turn: int) -> str:
        """Swap two letters, now and then, as fast fingers do."""
        if "misspell" not in self.habits or self.language != "en" or not luck.chance(_SLIP_CHANCE, turn, "slip"):
            return text
        words = [match for match in re.finditer(r"[a-z]+", text) if len(match[0]) >= _SLIP_LETTERS]
        if not words:
            return text
        at = luck.pick(words, turn, "slip word").start() + 1 + luck.integer(turn, "slip letter") % 2
        return f"{text[:at]}{text[at + 1]}{text[at]}{text[at + 2 :]}"

    def _case(self, text: str) -> str:
        if self.language == "zh":
            return text
        if "lowercase" in self.habits:
            return text.lower()
        return _SENTENCE_START.sub(lambda match: match[0].upper(), _LONE_I.sub("I", text))

    def _punctuate(self, text: str) -> str:
        stop, dots = ("。", "…") if self.language == "zh" else (".", "...")
        if "no_final_stop" in self.habits:
            text = text.removesuffix(stop)
        elif text and text[-1].isalnum() and len(text) > _SLIP_LETTERS:
            text += stop
        if "dots" in self.habits:
            text = text[:-1].replace("。", dots) + text[-1:] if stop == "。" else _INNER_STOP.sub(dots, text)
        if "spaces" in self.habits:
            text = text.replace("，", " ")
        return text


@lru_cache(maxsize=1 << 13)
def hand(luck: Luck, language: Language, writing: str | None) -> Hand:
    """Return the way of typing that belongs to a dialogue's luck and to what the card says of it."""
    file = _habits(language)
    habits = {habit for habit, share in file.shares.items() if luck.chance(share, _ALWAYS, f"habit {habit}")}
    for rule in file.writing:
        if writing and any(word in writing.lower() for word in rule.words):
            habits = (habits | set(rule.has)) - set(rule.lacks)
    lists = (("shorthand", file.shorthand), ("misspell", file.misspellings))
    words = tuple(
        (_pattern(word, language), written)
        for habit, entries in lists
        if habit in habits
        for word, written in entries.items()
        if luck.chance(_WORD_SHARE, _ALWAYS, f"writes {word}")
    )
    return Hand(language, frozenset(habits), words)


def _pattern(word: str, language: Language) -> re.Pattern[str]:
    return re.compile(re.escape(word) if language == "zh" else rf"\b{re.escape(word)}\b")


@cache
def _habits(language: Language) -> HabitsFile:
    text = packaged("hardseek.seekers.voices", "data", language, "habits.yaml")
    return load(text, HabitsFile, source=f"{language}/habits.yaml")
