"""Composing a turn: phrases of the bank, facts of the card and small parts, put together to a length.

The probabilities below are chosen by reading what comes out; none of them bears on what a seeker decides.
"""

from collections.abc import Sequence
from typing import Final

from hardseek.cards import Fact
from hardseek.language import length
from hardseek.seekers.state import Act
from hardseek.seekers.voice import Line
from hardseek.seekers.voices.bank import Bank, Context, Phrase, Place, Role, Shelf
from hardseek.seekers.voices.habits import hand
from hardseek.seekers.voices.memory import Memory, key
from hardseek.seekers.voices.retelling import left, lowered, take
from hardseek.seekers.voices.slots import Slots
from hardseek.seekers.voices.words import words

_CLEAR = 0.5
"""From this value on, an appraisal says that the supporter's turn was a question or advice."""
_FRAGMENT = 3
"""Up to this many words (en; one character more in zh) a turn is a bare fragment."""
_SPARE = 8
"""Words or characters over its length that a short turn may have when all shorter phrases are used up."""
_PIECES = 8
"""Phrases that a turn has at most."""
_LONG: Final = {"en": 9, "zh": 12}
"""A phrase of this many words or characters is long enough for any turn; longer turns are made of several."""
_TONED: Final = 4
"""Times as likely a phrase of the move's own tone is as a plain one; few phrases are not to be overworked."""
_FIRST: Final[dict[Act, float]] = {"open": 0.75, "answer": 0.6}
"""Of beginning with a first word, in acts that have them."""
_OPENER, _TAIL, _CONNECTOR, _LEAD, _ENDING = 0.3, 0.12, 0.22, 0.65, 0.3
"""Of each small part, where there is room for it."""
_COMMAS, _COMMAS_LONG, _STOPS = 0.7, 0.4, 0.85
"""Of a Chinese comma (where there is none within the phrases yet, and where there is), of an English full stop."""
_SHARE = 0.35
"""Share of a turn's length that goes to the act's own phrase where a fact is told with it."""
_FACT_FIRST: Final[frozenset[Act]] = frozenset({"thank", "accept", "close", "withdraw", "ask"})
_SAID_ONCE: Final[frozenset[Act]] = frozenset({"ask", "thank", "close", "withdraw"})
"""Acts of which a turn holds one phrase, at its end; what leads up to it is of another act."""
_COMPANION: Final[dict[Act, Act]] = {
    "open": "vent",
    "tell": "elaborate",
    "elaborate": "vent",
    "answer": "elaborate",
    "minimal": "answer",
    "deflect": "answer",
    "vent": "elaborate",
    "reject": "vent",
    "argue": "vent",
    "doubt": "vent",
    "ask": "vent",
    "accept": "elaborate",
    "thank": "accept",
    "close": "accept",
    "withdraw": "vent",
}
"""Where the second half of a long turn comes from when the act's own phrases run out."""


class Composer:
    """Puts one wording together; `attempt` keys its draws apart from those of other wordings of the line."""

    def __init__(self, line: Line, phrases: Bank, memory: Memory, attempt: str) -> None:
        card = line.part.card
        self._language = card.language
        self._act = line.move.act
        self._aim = max(1, line.move.length)
        self._tone = line.move.tone
        self._words = words(card.language)
        self._context = _context(line)
        self._bank, self._memory = phrases, memory
        self._luck, self._turn = line.part.luck, line.turn
        self._prefix = f"voice {line.move.act} {attempt}"
        self._draws = 0
        self._hand = hand(line.part.luck, card.language, card.writing)
        self._allowed, self._told = line.move.facts, line.state.disclosed
        self._slots = Slots(card, self._told, self._allowed, memory, self._hand.write)
        self._used: set[str] = set()
        self._facts = self._topics(card.facts)

    def compose(self) -> str:
        """Return the words, typed as the bank has them."""
        if not self._facts:
            return self._join(self._phrases(self._act, self._aim, first=True))
        room = float(self._aim)
        if self._act in {"tell", "elaborate"}:
            body = self._body(room)
            return self._framed(body, room - sum(length(text) for text in body))
        own = self._phrases(self._act, max(1, round(room * _SHARE)), first=True)
        body = self._body(room - sum(length(text) for text in own))
        return self._join([*body, *own] if self._act in _FACT_FIRST else [*own, *body])

    def _topics(self, facts: tuple[Fact, ...]) -> list[tuple[Fact, tuple[str, ...]]]:
        """Return the facts to speak of, each with the clauses not said yet."""
        by_id = {fact.id: fact for fact in facts}
        named = [by_id[name] for name in self._allowed if name in by_id]
        if self._act == "elaborate" and not named:
            # More about what was told: the rest of what was told last.
            named = [by_id[name] for name in reversed(self._told) if name in by_id]
        found = [(fact, left(fact, self._language, self._memory, self._hand.write)) for fact in named]
        kept = [(fact, pieces) for fact, pieces in found if pieces]
        return kept if self._allowed else kept[:1]

    def _body(self, room: float) -> list[str]:
        share = room / len(self._facts)
        return [take(pieces, self._language, share * 1.15) for _, pieces in self._facts]

    def _framed(self, body: list[str], spare: float) -> str:
        """Put a lead-in before the facts and an ending or a feeling after them, where there is room."""
        lead = None
        if self._aim > _FRAGMENT + 1 and spare >= 1 and self._chance(_LEAD):
            lead = self._find("lead", 1, spare + 1)
            spare -= length(lead) if lead else 0
        texts = list(body)
        ending = self._find("last", 1, spare + 1) if spare >= 1 and self._chance(_ENDING) else None
        spare -= length(ending) if ending else 0
        if spare >= 0.3 * self._aim and spare > _FRAGMENT:
            texts += self._phrases(self._act, round(spare), first=False)
        texts += [ending] if ending else []
        text = self._join(texts)
        if lead is None:
            return text
        gap = " " if self._language == "en" else ""
        return f"{lead}{gap}{text if lead.endswith(('.', '?')) else lowered(text, self._language)}"

    def _phrases(self, act: Act, aim: int, *, first: bool) -> list[str]:
        """Choose phrases of an act that come near a length together."""
        texts: list[str] = []
        room = float(aim)
        if first and aim > 1 and act in _FIRST and self._chance(_FIRST[act]):
            opening = self._pick(act, "first", 1, room)
            texts += [opening] if opening else []
            room -= sum(length(text) for text in texts)
        while len(texts) < _PIECES and (not texts or room > max(1.0, 0.2 * aim)):
            text = self._next(act, room, first=first and not texts and aim > _FRAGMENT)
            if text is None:
                if act != self._act:
                    break
                act = _COMPANION[act]
                continue
            room -= length(text)
            if self._act in _SAID_ONCE:
                texts.insert(0, self._stopped(text) if texts else text)
                act = _COMPANION[self._act]
            else:
                texts.append(text)
        return self._tailed(texts or [self._anything()], room)

    def _stopped(self, text: str) -> str:
        stop = "." if self._language == "en" else "。"
        return f"{text}{stop}" if text[-1].isalnum() else text

    def _anything(self) -> str:
        """Return a phrase though it was said before: what is left when a long talk has used up what fits."""
        phrase = self._shelf(self._act, "any", only_tone=False).find(
            0, self._aim + _SPARE, self._unit(), lambda phrase: not phrase.slots and phrase.key not in self._used
        )
        return phrase.text if phrase else self._bank.groups(self._act)[0].phrases[0]

    def _next(self, act: Act, room: float, *, first: bool) -> str | None:
        spare = 1 if self._language == "en" or room > _FRAGMENT else 2
        if room <= _FRAGMENT + spare:
            return self._pick(act, "any", 1, room + spare) or self._pick(act, "any", 1, room + _SPARE)
        # At the beginning every phrase from half a turn to a whole one is as likely: what is rare is not overworked.
        least = min(0.4 * room, _LONG[self._language])
        text = self._pick(act, "any", least if first else min(0.7 * room, _LONG[self._language]), 1.2 * room)
        text = text or self._pick(act, "any", least, 1.15 * room)
        if text is None and act != self._act:
            return self._pick(act, "any", 1, 1.15 * room)
        return self._opened(text, act, room) if text and first else text

    def _opened(self, text: str, act: Act, room: float) -> str:
        """Put an opener before a first phrase, now and then, where it leaves no stutter."""
        if length(text) <= _FRAGMENT or length(text) > room or not self._chance(_OPENER):
            return text
        opener = self._part("opener", act)
        start, known = key(text), key(opener or "")
        if opener is None or known.split(" ")[0] == start.split(" ")[0] or text.startswith(self._words.settled):
            return text
        # Some openers run on without a mark.
        gap = " " if self._language == "en" else ""
        return f"{opener}{gap}{text}"

    def _tailed(self, texts: list[str], room: float) -> list[str]:
        if texts and self._aim > _FRAGMENT + 1 and room >= 1 and self._chance(_TAIL) and texts[-1][-1].isalnum():
            tail = self._part("tail", self._act)
            if tail and key(tail) not in key(texts[-1]):
                comma = ", " if self._language == "en" else "，"
                texts[-1] = f"{texts[-1]}{comma}{tail}"
        return texts

    def _pick(self, act: Act, place: Place, least: float, most: float) -> str | None:
        mark = self._unit()
        shelves = [self._shelf(act, place, only_tone=False)]
        if self._tone != "plain":
            own = self._shelf(act, place, only_tone=True)
            favour = (_TONED - 1) * len(own.phrases)
            if self._chance(favour / (favour + len(shelves[0].phrases) + 1)):
                shelves.insert(0, own)
        for shelf in shelves:
            phrase = shelf.find(least, most, mark, self._fits)
            text = self._fill(phrase, most) if phrase else None
            if phrase and text is None:  # what fills its slot is too long
                phrase = shelf.find(least, most, self._unit(), lambda other: not other.slots and self._fits(other))
                text = phrase.text if phrase else None
            if phrase and text:
                self._used.add(phrase.key)
                return text
        return None

    def _shelf(self, act: Act, place: Place, *, only_tone: bool) -> Shelf:
        return self._bank.shelf(act, place, self._tone, self._context, only_tone=only_tone)

    def _find(self, place: Place, least: float, most: float) -> str | None:
        return self._pick(self._act, place, least, most)

    def _part(self, role: Role, act: Act) -> str | None:
        phrase = self._bank.parts(role, act, self._tone).find(0, self._aim, self._unit(), self._fresh)
        if phrase is None:
            return None
        self._used.add(phrase.key)
        return phrase.text

    def _fits(self, phrase: Phrase) -> bool:
        return self._fresh(phrase) and all(self._slots.values(slot) for slot in phrase.slots)

    def _fresh(self, phrase: Phrase) -> bool:
        if phrase.key in self._used or self._memory.holds(phrase.key):
            return False
        # Habits of spelling change what it would be recognised by.
        return not self._hand.words or not self._memory.holds(key(self._hand.write(phrase.text)))

    def _fill(self, phrase: Phrase, most: float) -> str | None:
        """Fill the slots; None when that makes the phrase too long."""
        text, size = phrase.text, phrase.length
        for slot in phrase.slots:
            values = self._slots.values(slot)
            value = values[int(self._unit() * len(values))]
            size += length(value)
            text = text.replace(f"{{{slot}}}", value)
        return text if size <= most + _FRAGMENT else None

    def _join(self, texts: Sequence[str]) -> str:
        """Join phrases as people do: a full stop, a comma, or an "and"."""
        joined = texts[0]
        for text in texts[1:]:
            joined = self._link(joined, text)
        return joined

    def _link(self, before: str, after: str) -> str:
        if not before[-1].isalnum():
            return f"{before} {after}" if self._language == "en" else f"{before}{after}"
        mark = self._unit()
        if mark < _CONNECTOR and len(self._used) > 1:
            connector = self._part("connector", self._act)
            word = connector.split(" ", maxsplit=1)[0] if connector else ""
            if connector and not lowered(after, self._language).startswith((word, *self._words.settled)):
                comma, gap = (", ", " ") if self._language == "en" else ("，", "")
                return f"{before}{comma}{connector}{gap}{lowered(after, self._language)}"
        if self._language == "zh":
            long = "，" in before or "，" in after
            return f"{before}{'，' if mark < (_COMMAS_LONG if long else _COMMAS) else '。'}{after}"
        return f"{before}. {after}" if mark < _STOPS else f"{before}, {lowered(after, self._language)}"

    def _unit(self) -> float:
        self._draws += 1
        return self._luck.unit(self._turn, f"{self._prefix} {self._draws}")

    def _chance(self, probability: float) -> bool:
        return self._unit() < probability


def _context(line: Line) -> Context:
    """Tell what the supporter's last turn was, as far as it decides which phrases fit."""
    appraisal = line.appraisal
    if appraisal is None:
        return "start"
    kinds: tuple[tuple[float, Context], ...] = (
        (appraisal.advice, "advice"),
        (appraisal.closed_question, "closed"),
        (appraisal.open_question, "question"),
    )
    strength, kind = max(kinds, key=lambda option: option[0])
    if strength >= _CLEAR:
        return kind
    asked = line.transcript and line.transcript[-1].content.rstrip().endswith(("?", "？"))
    return "question" if asked else "comfort"
