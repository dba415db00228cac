"""Putting phrases together as people do: a stop, a comma, an "and", something small before and after."""

from collections.abc import Sequence
from typing import Final

from hardseek.language import Language, length
from hardseek.seekers.state import Act
from hardseek.seekers.voices.draws import Draws
from hardseek.seekers.voices.memory import key
from hardseek.seekers.voices.picking import Picker
from hardseek.seekers.voices.retelling import lowered
from hardseek.seekers.voices.words import words

_OPENER, _TAIL, _CONNECTOR = 0.22, 0.06, 0.12
"""Of each small part, where there is room for it."""
_COMMAS, _COMMAS_LONG, _STOPS = 0.7, 0.3, 0.85
"""Of a Chinese comma (where there is none within the phrases yet, and where there is), of an English full stop."""
_RUNS_ON: Final = (" but", " because", " and", "，就是", "，不过", "，主要是")
"""How an answer ends that goes on in what follows it."""
_SHORT_REPLY: Final = 5
"""Characters up to which a Chinese answer goes on with a comma."""
_FRAGMENT: Final = 3
"""Up to this many words or characters a phrase takes nothing before it."""


class Joiner:
    """Joins the phrases of one wording."""

    def __init__(self, language: Language, act: Act, aim: int, picker: Picker, draws: Draws) -> None:
        self._language, self._act, self._aim = language, act, aim
        self._picker, self._draws = picker, draws
        self._words = words(language)

    def join(self, texts: Sequence[str]) -> str:
        """Join phrases in order."""
        joined = texts[0]
        for text in texts[1:]:
            joined = self._link(joined, text)
        return joined

    def led(self, lead: str | None, text: str) -> str:
        """Put a lead-in before a text; a lead-in that is a sentence of its own stays one."""
        if lead is None:
            return text
        gap = " " if self._language == "en" else ""
        return f"{lead}{gap}{text if lead.endswith(('.', '?')) else lowered(text, self._language)}"

    def replied(self, reply: str, text: str) -> str:
        """Put an answer in kind before what else is said; one that runs on ("yes but") takes no stop."""
        if reply.endswith(_RUNS_ON):
            return self._run_on(reply, text)
        if self._language == "zh":
            comma = "，" if length(reply) <= _SHORT_REPLY else "。"
            return f"{reply}{comma if reply[-1].isalnum() else ''}{text}"
        return f"{self.stopped(reply)} {text}"

    def ended(self, text: str, ending: str) -> str:
        """Put an ending after all that was said."""
        return f"{self.stopped(text)}{' ' if self._language == 'en' else ''}{ending}"

    def opened(self, text: str, act: Act, room: float) -> str:
        """Put an opener before a first phrase, now and then, where it leaves no stutter."""
        if length(text) <= _FRAGMENT or length(text) > room or not self._draws.chance(_OPENER):
            return text
        opener = self._picker.part("opener", act, self._aim)
        start, known = key(text), key(opener or "")
        if opener is None or known.split(" ")[0] == start.split(" ")[0] or text.startswith(self._words.settled):
            return text
        # Some openers run on without a mark.
        gap = " " if self._language == "en" else ""
        return f"{opener}{gap}{text}"

    def tailed(self, texts: list[str], room: float) -> list[str]:
        """Put a tail after the last phrase, now and then."""
        if room >= 1 and texts[-1][-1].isalnum() and self._draws.chance(_TAIL):
            tail = self._picker.part("tail", self._act, self._aim)
            if tail and key(tail) not in key(texts[-1]):
                comma = ", " if self._language == "en" else "，"
                texts[-1] = f"{texts[-1]}{comma}{tail}"
        return texts

    def stopped(self, text: str) -> str:
        """End a phrase after which another one stands."""
        stop = "." if self._language == "en" else "。"
        return f"{text}{stop}" if text[-1].isalnum() else text

    def _run_on(self, before: str, after: str) -> str:
        return f"{before} {lowered(after, self._language)}" if self._language == "en" else f"{before}{after}"

    def _link(self, before: str, after: str) -> str:
        if before.endswith(_RUNS_ON):
            return self._run_on(before, after)
        if not before[-1].isalnum():
            return f"{before} {after}" if self._language == "en" else f"{before}{after}"
        mark = self._draws.unit()
        if mark < _CONNECTOR and self._picker.begun and length(after) > _FRAGMENT and not self._picker.fills(after):
            connector = self._picker.part("connector", self._act, self._aim)
            word = connector.split(" ", maxsplit=1)[0] if connector else ""
            if connector and not lowered(after, self._language).startswith((word, *self._words.settled)):
                comma, gap = (", ", " ") if self._language == "en" else ("，", "")
                return f"{before}{comma}{connector}{gap}{lowered(after, self._language)}"
        if self._language == "zh":
            long = "，" in before or "，" in after
            return f"{before}{'，' if mark < (_COMMAS_LONG if long else _COMMAS) else '。'}{after}"
        return f"{before}. {after}" if mark < _STOPS else f"{before}, {lowered(after, self._language)}"
