"""How a person types: case, punctuation, shorthand and slips; the same all through a dialogue."""

import re
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import Final, Literal

from hardseek.documents import Document, load, packaged
from hardseek.language import BRIEF, Language, length
from hardseek.luck import Luck
from hardseek.seekers.state import Act
from hardseek.seekers.voices.memory import key
from hardseek.seekers.voices.retelling import lowered

Habit = Literal[
    "lowercase", "no_apostrophes", "no_final_stop", "dots", "spaces", "few_commas", "run_on", "exclaiming",
    "uncontracted", "digits", "shorthand", "misspell", "bare_words", "chaining", "smileys",
]  # fmt: skip
"""dots: ... between sentences; spaces: a blank for Chinese commas and stops; few_commas: none within English sentences;
run_on: a comma for a stop between sentences; exclaiming: after a greeting or thanks; uncontracted: "i am"; digits: "2"
for "two"; bare_words: no stop after a few words; chaining: "and" (a comma in Chinese) for stops within what is told;
smileys: a laugh or a smiley after some turns."""

_UNDER_WAY: Final = 1 << 10
"""Hands that are kept, with what they have typed: those of the dialogues that are under way."""
_ALWAYS: Final = -1
"""The turn of draws that hold for the whole dialogue."""
_SLIP_CHANCE: Final = 0.07
"""Of a slip of the finger in a turn of someone who makes them."""
_SLIP_LETTERS: Final = 5
"""Letters that a word has at least for a slip to be likely in it."""
_SLIPPERY: Final = re.compile(rf"(?<![\w'’-])[a-z]{{{_SLIP_LETTERS},}}(?![\w'’-])")
"""A word that a slip may come in; what a number becomes with one might be another number."""
_SMILEY_CHANCE: Final = 0.2
"""Of a smiley after a turn of someone who uses them."""
_WORD_SHARE: Final = 0.5
"""Of the words on a list, how many a person who has the habit writes so; of some lists, all."""
_LISTS: Final[dict[Habit, float]] = {
    "uncontracted": 0.75, "digits": 1.0, "shorthand": _WORD_SHARE, "misspell": _WORD_SHARE
}  # fmt: skip
"""Habits that are lists of words, in the order in which they are looked up, and the share of a list that one has."""
_LONE_I = re.compile(r"\bi\b")
_SENTENCE_START = re.compile(r"(?:^|(?<=[.!?…] ))[a-z]")
_INNER_STOP = re.compile(r"(?<![.…])\.(?= )")
_TRAIL = re.compile(r"…{2,}|\.{3,}(?: ?\.)*")
"""Dots where the card has some too."""
_INNER_SENTENCE = re.compile(r"(?<![.…])\. ([\w'’-]+(?: [\w'’]+)?)")
_COMMA = re.compile(r"(?<=\w),(?= [^A-Z])")
"""A comma that is left out by those who use few; not where a capital would begin in the middle of a sentence."""


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
    uncontracted: dict[str, str]
    digits: dict[str, str]
    exclaiming: tuple[str, ...]
    smileys: dict[Act, tuple[str, ...]]
    """What stands after some turns of those who use them; an act that is not there has none."""

    @cached_property
    def exclaimed(self) -> re.Pattern[str]:
        """What is said with an exclamation mark by those who do: the first or the last words of a turn."""
        said = "|".join(map(re.escape, sorted(self.exclaiming, key=len, reverse=True)))
        if self.language == "zh":
            return re.compile(f"(?:^(?:{said})(?=[，。]|$)|(?<=[，。])(?:{said})$)[，。]?")
        return re.compile(rf"(?:^(?:{said})\b|(?:^|(?<=[.,] ))(?:{said})$)(?=[.,]|$)[.,]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hand:
    """One person's way of typing."""

    language: Language
    habits: frozenset[Habit]
    words: tuple[tuple[str, str], ...] = ()
    """What this person writes differently, and how."""
    keys: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    """By texts that were asked for, what they are recognised by."""

    def write(self, text: str) -> str:
        """Type a text as this person does; a function of the text alone."""
        if self.words:
            pattern, written = _substitution(self.words, self.language)
            text = pattern.sub(lambda found: written[found[0]], text)
        if "no_apostrophes" in self.habits:
            text = text.replace("'", "").replace("’", "")
        if "exclaiming" in self.habits:
            mark = "!" if self.language == "en" else "！"
            text = _habits(self.language).exclaimed.sub(lambda found: f"{found[0].rstrip('.,，。')}{mark}", text)
        if "run_on" in self.habits and "dots" not in self.habits and self.language == "en":
            # Before the case is set: what is small in the bank stays so after a comma.
            text = _INNER_SENTENCE.sub(lambda found: f", {lowered(found[1], self.language)}", text)
        return self._punctuate(self._case(text))

    def key(self, text: str) -> str:
        """Return what a text is recognised by once this person has typed it: habits of spelling change it.

        A dialogue looks at the same phrases and facts again and again, and so do those of other systems with this luck.
        """
        found = self.keys.get(text)
        if found is None:
            found = self.keys[text] = key(self.write(text))
        return found

    def slip(self, text: str, luck: Luck, turn: int) -> str:
        """Swap two letters, now and then, as fast fingers do."""
        if "misspell" not in self.habits or self.language != "en" or not luck.chance(_SLIP_CHANCE, turn, "slip"):
            return text
        numbers = _habits(self.language).digits
        words = [match for match in _SLIPPERY.finditer(text) if match[0] not in numbers]
        if not words:
            return text
        at = luck.pick(words, turn, "slip word").start() + 1 + luck.integer(turn, "slip letter") % 2
        return f"{text[:at]}{text[at + 1]}{text[at]}{text[at + 2 :]}"

    def smile(self, text: str, act: Act, luck: Luck, turn: int) -> str:
        """Put a laugh or a smiley after a turn, now and then."""
        smileys = _habits(self.language).smileys.get(act)
        if smileys is None or "smileys" not in self.habits or not luck.chance(_SMILEY_CHANCE, turn, "smiley"):
            return text
        smiley = luck.pick(smileys, turn, "which smiley")
        if smiley[-1].isalnum() and smiley in text.lower():
            return text
        gap = " " if self.language == "en" or "spaces" in self.habits else ""
        return f"{text.rstrip('.。')}{gap}{smiley}"

    def _case(self, text: str) -> str:
        if self.language == "zh":
            return text
        if "lowercase" in self.habits:
            return text.lower()
        return _SENTENCE_START.sub(lambda match: match[0].upper(), _LONE_I.sub("I", text))

    def _punctuate(self, text: str) -> str:
        stop, dots = ("。", "…") if self.language == "zh" else (".", "...")
        if "no_final_stop" in self.habits or ("bare_words" in self.habits and length(text) <= BRIEF[self.language]):
            text = text.removesuffix(stop)
        elif text and text[-1].isalnum() and len(text) > _SLIP_LETTERS:
            text += stop
        if "dots" in self.habits:
            text = text[:-1].replace("。", dots) + text[-1:] if stop == "。" else _INNER_STOP.sub(dots, text)
            text = _TRAIL.sub(dots, text)
        if "few_commas" in self.habits and stop == ".":
            text = _COMMA.sub("", text)
        if "spaces" in self.habits:
            # Who puts blanks for commas puts them for stops too.
            text = text.removesuffix("。").replace("，", " ").replace("。", " ")
        return text


@lru_cache(maxsize=_UNDER_WAY)
def hand(luck: Luck, language: Language, writing: str | None) -> Hand:
    """Return the way of typing that belongs to a dialogue's luck and to what the card says of it."""
    file = _habits(language)
    habits = {habit for habit, share in file.shares.items() if luck.chance(share, _ALWAYS, f"habit {habit}")}
    for rule in file.writing:
        if writing and any(word in writing.lower() for word in rule.words):
            habits = (habits | set(rule.has)) - set(rule.lacks)
    lists = {
        "uncontracted": file.uncontracted,
        "digits": file.digits,
        "shorthand": file.shorthand,
        "misspell": file.misspellings,
    }
    words = {
        word: written
        for habit, share in _LISTS.items()
        if habit in habits
        for word, written in lists[habit].items()
        if luck.chance(share, _ALWAYS, f"writes {word}")
    }
    return Hand(language, frozenset(habits), tuple(words.items()))


@lru_cache(maxsize=_UNDER_WAY)
def _substitution(words: tuple[tuple[str, str], ...], language: Language) -> tuple[re.Pattern[str], dict[str, str]]:
    written = dict(words)
    if language == "en":
        for word, other in words:  # as it stands at the beginning of a sentence
            written.setdefault(word.capitalize(), other.capitalize())
    either = "|".join(map(re.escape, sorted(written, key=len, reverse=True)))
    return re.compile(either if language == "zh" else rf"(?<![\w'-])(?:{either})(?![\w'-])"), written


@cache
def _habits(language: Language) -> HabitsFile:
    text = packaged("hardseek.seekers.voices", "data", language, "habits.yaml")
    return load(text, HabitsFile, source=f"{language}/habits.yaml")
