"""Composing a turn: phrases of the bank, facts of the card and small parts, put together to a length.

The probabilities below are chosen by reading what comes out; none of them bears on what a seeker decides.
"""

from typing import Final

from hardseek.cards import Fact
from hardseek.language import BRIEF, length
from hardseek.seekers.state import Act
from hardseek.seekers.voice import Line
from hardseek.seekers.voices.answering import REPLIES, context_of, heard, met
from hardseek.seekers.voices.bank import Bank
from hardseek.seekers.voices.draws import Draws
from hardseek.seekers.voices.habits import hand
from hardseek.seekers.voices.hearing import Context, covers
from hardseek.seekers.voices.joining import Joiner
from hardseek.seekers.voices.memory import Memory
from hardseek.seekers.voices.picking import Picker, Scene
from hardseek.seekers.voices.retelling import left, take
from hardseek.seekers.voices.slots import Slots, hidden_facts

_SPARE: Final = 8
"""Words or characters over its length that a short turn may have when all shorter phrases are used up."""
_PIECES: Final = 4
"""Phrases that a turn has at most."""
_MOST: Final[dict[Act, int]] = {"ask": 3, "thank": 3, "close": 3, "withdraw": 3}
"""Phrases that a turn of these acts has at most."""
_AFTER_FACTS: Final = 2
"""Phrases that come after facts at most: what is told is to stand out."""
_OF_ONE_ACT: Final[dict[Act, int]] = {"accept": 2, "reject": 2, "doubt": 2, "deflect": 2, "argue": 2, "minimal": 2}
"""Phrases of these acts that a turn has at most; more of a kind is a litany."""
_UNASKED_TELLING: Final[frozenset[Context]] = frozenset({"comfort", "minimised", "advice"})
"""Contexts in which one who tells something new says so, and does not first answer what asks nothing."""
_LONG: Final = {"en": 9, "zh": 12}
"""A phrase of this many words or characters is long enough for any turn; longer turns are made of several."""
_FIRST: Final[dict[Act, float]] = {"open": 0.75, "answer": 0.6}
"""Of beginning with a first word, in acts that have them."""
_LEAD, _ENDING, _NAMING, _SITUATION, _OWN = 0.5, 0.2, 0.6, 0.5, 0.5
"""Of a lead-in, of an ending, of naming what is answered, of what goes with the kind of problem, of one's own words."""
_CHAIN: Final = 0.7
"""Of an "and" for a stop within what is told, for those who chain sentences."""
_SHARE: Final = 0.35
"""Share of a turn's length that goes to the act's own phrase where a fact is told with it."""
_FACT_FIRST: Final[frozenset[Act]] = frozenset({"thank", "accept", "close", "withdraw", "ask"})
_SAID_ONCE: Final[frozenset[Act]] = frozenset({"ask", "thank", "close", "withdraw"})
"""Acts of which a turn holds one phrase, at its end; what leads up to it is of another act."""
_NAMES: Final[frozenset[Act]] = frozenset({"accept", "reject", "argue", "ask", "thank", "doubt"})
"""Acts that may say again what they answer."""
_REPLIES: Final[frozenset[Act]] = frozenset({"tell", "elaborate", "vent"})
"""Acts that may answer in kind before they say what is on the seeker's mind."""
_CLOSED: Final = frozenset({"sharp", "flat", "low"})
"""Tones in which one who asks about advice does not also take it up."""
_SITUATED: Final[frozenset[Act]] = frozenset({"elaborate", "vent", "tell"})
"""Acts that speak of the problem; an answer does where it was asked for."""
_SITUATED_ANSWERS: Final[frozenset[Context]] = frozenset({"part", "cope", "feeling", "more", "open"})
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
    "close": "thank",
    "withdraw": "vent",
}
"""Where the second half of a long turn comes from when the act's own phrases run out."""


class Composer:
    """Puts one wording together; `attempt` keys its draws apart from those of other wordings of the line."""

    def __init__(self, line: Line, phrases: Bank, memory: Memory, attempt: str) -> None:
        card, move = line.part.card, line.move
        self._language, self._act, self._aim = card.language, move.act, max(1, move.length)
        self._fragment = BRIEF[card.language]  # up to this, one phrase and nothing to lead in or out
        self._allowed, self._told, self._tone = move.facts, line.state.disclosed, move.tone
        self._memory, self._hand = memory, hand(line.part.luck, card.language, card.writing)
        said = heard(line)
        self._context = context_of(line, said)
        self._draws = Draws(line, attempt)
        slots = Slots(line, said, memory, self._hand.key)
        hidden = hidden_facts(card, {*self._told, *self._allowed})
        scene = Scene(
            card=card, luck=line.part.luck, tone=move.tone, context=self._context, met=met(line, said),
            hidden=hidden, memory=memory, hand=self._hand, slots=slots,
        )  # fmt: skip
        self._picker = Picker(scene, phrases, self._draws)
        self._joiner = Joiner(card.language, move.act, self._aim, self._picker, self._draws)
        self._facts = self._topics(card.facts)

    def compose(self) -> str:
        """Return the words, typed as the bank has them."""
        room = float(self._aim)
        if self._facts and self._act in {"tell", "elaborate"}:
            body = self._body(room)
            return self._framed(body, room - sum(map(length, body)))
        if not self._facts:
            return self._joiner.join(self._answered(self._phrases(self._act, self._aim, first=True)))
        own = self._phrases(self._act, max(1, round(room * _SHARE)), first=True)
        body = self._body(room - sum(map(length, own)))
        return self._joiner.join([*body, *own] if self._act in _FACT_FIRST else [*own, *body])

    def _topics(self, facts: tuple[Fact, ...]) -> list[tuple[Fact, tuple[str, ...]]]:
        """Return the facts to speak of, each with the clauses not said yet."""
        by_id = {fact.id: fact for fact in facts}
        named = [by_id[name] for name in self._allowed if name in by_id]
        if self._act == "elaborate" and not named:
            # More about what was told: the rest of what was told last.
            named = [by_id[name] for name in reversed(self._told) if name in by_id]
        found = [(fact, left(fact, self._language, self._memory, self._hand.key)) for fact in named]
        kept = [(fact, pieces) for fact, pieces in found if pieces]
        return kept if self._allowed else kept[:1]

    def _body(self, room: float) -> list[str]:
        share = room / len(self._facts)
        return [take(pieces, self._language, share * 1.15, self._chains) for _, pieces in self._facts]

    def _chains(self) -> bool:
        return "chaining" in self._hand.habits and self._draws.chance(_CHAIN)

    def _reply(self, room: float) -> str | None:
        """Answer the question in kind, where there is one that wants it."""
        if room < 1 or self._act not in _REPLIES or (self._act == "tell" and self._context in _UNASKED_TELLING):
            return None
        if not self._draws.chance(REPLIES.get(self._context, 0.0)):
            return None
        return self._picker.pick("answer", "first", 1, room)

    def _answered(self, texts: list[str]) -> list[str]:
        reply = self._reply(self._aim * 0.4)
        return texts if reply is None else [self._joiner.replied(reply, texts[0]), *texts[1:]]

    def _framed(self, body: list[str], spare: float) -> str:
        """Put an answer or a lead-in before the facts and an ending or a feeling after them, where there is room."""
        reply = self._reply(max(spare + 2, self._fragment)) if self._aim > self._fragment else None
        lead = None
        if reply is None and self._aim > self._fragment + 1 and spare >= 1 and self._draws.chance(_LEAD):
            lead = self._picker.pick(self._act, "lead", 1, spare + 1)
        spare -= length(reply or lead or "")
        ending = self._picker.pick(self._act, "last", 1, spare + 1) if self._ends(spare) else None
        spare -= length(ending or "")
        texts = list(body)
        if spare >= 0.3 * self._aim and spare > self._fragment:
            texts += self._phrases(self._act, round(spare), first=False, most=_AFTER_FACTS)
        text = self._joiner.led(lead, self._joiner.join(texts))
        text = self._joiner.replied(reply, text) if reply else text
        return self._joiner.ended(text, ending) if ending else text

    def _ends(self, spare: float) -> bool:
        return spare >= 1 and self._draws.chance(_ENDING)

    def _phrases(self, act: Act, aim: int, *, first: bool, most: int = _PIECES) -> list[str]:
        """Choose phrases of an act, `most` of them, that come near a length together."""
        texts: list[str] = []
        room = float(aim)
        if first and aim > 1 and act in _FIRST and self._draws.chance(_FIRST[act]):
            opening = self._picker.pick(act, "first", 1, room)
            texts += [opening] if opening else []
            room -= sum(map(length, texts))
        most = 1 if aim <= self._fragment else min(most, _MOST.get(self._act, _PIECES))
        while len(texts) < most and (not texts or room > max(1.0, 0.25 * aim)):
            full = act == self._act and len(texts) >= _OF_ONE_ACT.get(act, _PIECES)
            text = None if full else self._next(act, room, first=first and not texts and aim > self._fragment)
            if text is None:
                if act != self._act:
                    break
                companion = self._companion(len(texts))
                if companion is None:
                    break
                act = companion
                continue
            room -= length(text)
            if self._act in _SAID_ONCE:
                texts.insert(0, self._joiner.stopped(text) if texts else text)
                companion = self._companion(len(texts))
                if companion is None:
                    break
                act = companion
            else:
                texts.append(text)
        texts = texts or [self._picker.anything(self._act, self._aim)]
        return self._joiner.tailed(texts, room) if self._aim > self._fragment + 1 else texts

    def _companion(self, said: int) -> Act | None:
        """Return the act that the rest of a long turn comes from when `said` phrases are there; None for no more."""
        asked, advised = covers("asked", self._context), self._context == "advice"
        match self._act:
            case "thank" if asked:
                return "answer"  # what was asked is answered before thanks
            case "close" if said > 1:
                return "accept"  # thanks once; what comes before them says what they are for
            case "accept" if advised:
                return None
            case "ask" if advised:
                return None if self._tone in _CLOSED else "accept"
            case _:
                return _COMPANION[self._act]

    def _next(self, act: Act, room: float, *, first: bool) -> str | None:
        pick = self._picker.pick
        if room <= self._fragment + 1:
            # One English word more is little; a Chinese phrase of one character hardly exists. Few words stay few.
            more = 2 if self._language == "zh" else 1
            most = min(room + more, self._fragment) if room <= self._fragment else room + 1
            return pick(act, "any", 1, most) or pick(act, "any", 1, room + _SPARE)
        # At the beginning every phrase from half a turn to a whole one is as likely: what is rare is not overworked.
        least = min(0.4 * room, _LONG[self._language])
        if act == self._act == "close":
            least = max(least, self._fragment + 1.0)  # the shorter ones thank, and thanks stand before the longer ones
        text = self._particular(act, least, room, first=first)
        text = text or pick(act, "any", least if first else min(0.7 * room, _LONG[self._language]), 1.2 * room)
        text = text or pick(act, "any", least, 1.15 * room)
        if text is None and (first or act != self._act):
            # What an act says itself comes first, however short; a reason goes before no refusal.
            text = pick(act, "any", 1, 1.15 * room)
        return self._joiner.opened(text, act, room) if text and first else text

    def _particular(self, act: Act, least: float, room: float, *, first: bool) -> str | None:
        """Say what nobody else would: the advice by its name, one's own belief, what goes with one's problem."""
        picker = self._picker
        if first and act in _NAMES and self._draws.chance(_NAMING):
            named = picker.pick(act, "naming", min(least, self._fragment), 1.2 * room)
            if named is not None:
                return named
        if self._draws.chance(_OWN):
            own = picker.own(act, min(least, self._fragment), 1.2 * room)
            if own is not None:
                return own
        if act in _SITUATED or (act == "answer" and self._context in _SITUATED_ANSWERS):
            return picker.situation(least, 1.2 * room) if self._draws.chance(_SITUATION) else None
        return None
