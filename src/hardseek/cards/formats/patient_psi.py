"""Cognitive models of PATIENT-Psi (Wang et al., 2024, arXiv 2405.19660), as its two programs keep them.

The trainer has one record a situation: `name`, `id`, `history`, `helpless_belief`, `unlovable_belief`,
`worthless_belief` (lists; some with `_current`), `intermediate_belief`, `intermediate_belief_depression`,
`coping_strategies`, `situation`, `auto_thought`, `emotion`, `behavior`. The generator has one record a person:
`life_history`, `core_beliefs`, `core_belief_description`, `intermediate_beliefs`,
`intermediate_beliefs_during_depression`, `coping_strategies`, and `cognitive_models`, a list of `situation`,
`automatic_thoughts`, `emotion`, `behavior`. Names of fields are known in either number and with blanks or hyphens.

`type` lists all manners in which any patient may be played; only where it is a single one does it say something of this
person.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from hardseek.cards.card import Fact, RoleCard
from hardseek.cards.formats.record import Record
from hardseek.cards.formats.values import GenderWord, age, bounded, gender_word, language_of, optional, prose
from hardseek.cards.grade import graded
from hardseek.cards.telling import own_words, tell
from hardseek.cards.telling.words import english_words
from hardseek.errors import Refused
from hardseek.language import Language, clean, length

NAME: Final = "patient-psi"
MARK: Final = "coping_strategies"
_BUCKET = re.compile(
    r"(?:^|\s)(?:helpless|unlovable|worthless)(?: belief)?s?\s*:\s*|\[during depression\]", re.IGNORECASE
)
_NUMBERED = re.compile(r"\s*\(?\d+[).]\s+|\n+|;\s+(?=I\b)")
_HE = re.compile(r"\b(?:he|him|his|himself)\b|他(?!们)", re.IGNORECASE)
_SHE = re.compile(r"\b(?:she|her|hers|herself)\b|她(?!们)", re.IGNORECASE)
_PIECE = re.compile(r"(?<=[.!?])\s+|;\s*|\n+")
_VERB = re.compile(
    r"(?!his$|is$|this$|parents$|friends$|.*ss$)(?:[a-z]{2,}[^s]s|does|has|was|[a-z]{3,}ed|went|gave|got|kept|told)"
)
_SUBJECT = re.compile(
    r"(?:the seeker|he|she|they|his|her|their|an?|the|husband|wife|mother|father|boss)\b", re.IGNORECASE
)
_OWN = re.compile(r"\b(?:I|my|me)\b|我")


def knows(data: Mapping[str, Any]) -> bool:
    """Tell a record by a belief or a coping strategy beside a history, a situation or cognitive models."""
    named = _renamed(data)
    inner = any("belief" in name for name in named) or MARK in named
    return inner and not {"history", "situation", "cognitive_models"}.isdisjoint(named) and "summary" not in named


def card(record: Record) -> RoleCard:
    """Turn one record into a card; raises Refused when it has neither a history nor a situation."""
    data = _renamed(record.data)
    history = _text(record, data, "history")
    models = list(_models(data))
    situations = [_text(record, model, "situation") for model in models]
    summary = " ".join(part for part in (history, *situations) if part)
    if not summary:
        raise Refused(f"{record.where}: neither a history nor a situation; a card needs a problem")
    language = language_of(record, "history", summary)
    speaker = _Speaker(_text(record, data, "name"), _pronouns(history), language)
    facts = [*(_facts(record, models, speaker)), *(speaker.tell(history) if history else ())]
    feelings = tuple(dict.fromkeys(feeling for model in models for feeling in _feelings(model)))
    coping = _text(record, data, "coping_strategies")
    told = tell(speaker.nameless(summary), language, speaker.gender)
    return graded(
        RoleCard(
            id=f"patient-psi-{data.get('id', f'{record.stem}-{record.number}')}",
            language=language,
            age=age(optional(record, "age")),
            gender=optional(record, "gender"),
            occupation=optional(record, "occupation"),
            summary=summary,
            facts=tuple(fact.model_copy(update={"id": f"f{place}"}) for place, fact in enumerate(facts, start=1)),
            feelings=feelings,
            beliefs=tuple(_beliefs(record, data)),
            tried=tuple(fact.text for fact in speaker.tell(coping)) if coping else (),
            writing=_manner(data),
            risk=told.risk,
            source="PATIENT-Psi",
            inferred=("facts", "risk"),
        )
    )


class _Speaker:
    """The patient, whose first name and whose "the patient" are said as "I"."""

    def __init__(self, name: str, gender: GenderWord | None, language: Language) -> None:
        self.gender = gender
        self.language = language
        names = [rf"\b{re.escape(name)}\b" if name.isascii() else re.escape(name)] if name else []
        self._named = re.compile("|".join([*names, r"\b[Tt]he patient\b|\bPatient\b(?='s| [a-z])", "(?:该|这位)?患者"]))

    def nameless(self, text: str) -> str:
        """Put "the seeker" for the name, the word by which telling knows the person."""
        return self._named.sub("the seeker" if self.language == "en" else "求助者", text)

    def tell(self, text: str) -> tuple[Fact, ...]:
        """Say a text as the patient would: their own words as they are, words about them in the first person."""
        if _OWN.search(text):
            return own_words(text, self.language).facts
        if self.language == "zh":
            return tell(self.nameless(text), "zh", self.gender).facts
        pieces = [piece.strip(" .;") for piece in _PIECE.split(self.nameless(text))]
        return tuple(fact for piece in pieces if piece for fact in self._piece(piece))

    def _piece(self, piece: str) -> tuple[Fact, ...]:
        """Say one clause of notes: what has a subject is turned, a verb without one gets it, a bare noun stays."""
        first = piece.partition(" ")[0].lower()
        rest = piece[:1].lower() + piece[1:]
        if _VERB.fullmatch(first):
            return tell(f"The seeker {rest}.", "en", self.gender).facts
        if first in english_words().verbs:
            return own_words(f"I {rest}.", "en").facts
        if _SUBJECT.match(piece) or first.endswith("ing"):
            return tell(f"{piece[:1].upper()}{piece[1:]}.", "en", self.gender).facts
        return own_words(f"{piece[:1].upper()}{piece[1:]}.", "en").facts


def _facts(record: Record, models: list[Mapping[str, Any]], speaker: _Speaker) -> Iterator[Fact]:
    """What happened is told first, what was done about it once at ease, what went through their head last."""
    for model in models:
        feeling = next(iter(_feelings(model)), None)
        for depth, name in (("surface", "situation"), ("personal", "behavior"), ("core", "automatic_thought")):
            text = _text(record, model, name)
            if text and depth == "core":
                yield Fact(id="f", depth="core", text=text, feeling=feeling)
            elif text:
                shared = {"depth": depth, "feeling": feeling}
                yield from (fact.model_copy(update=shared) for fact in speaker.tell(text))


def _renamed(data: Mapping[str, Any]) -> dict[str, Any]:
    """Give fields one name each, whichever of the two programs (or a person) wrote them."""
    same = {
        "life_history": "history", "relevant_history": "history", "auto_thought": "automatic_thought",
        "behaviour": "behavior", "belief_current": "belief",
    }  # fmt: skip
    named: dict[str, Any] = {}
    for name, value in data.items():
        plain = re.sub(r"[\s-]+", "_", name.strip().lower()).removesuffix("_current")
        single = re.sub(r"(thought|belief|emotion|behaviou?r)s\b", r"\1", plain.replace("beliefs_", "belief_"))
        named[same.get(single, single)] = value
    return named


def _models(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    below = data.get("cognitive_models")
    if isinstance(below, list):
        yield from (_renamed(model) for model in below if isinstance(model, Mapping))
    else:
        yield data


def _text(record: Record, data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    joined = " ".join(map(str, value)) if isinstance(value, list) else str(value or "")
    return prose(clean(bounded(joined, record, name))) or ""


def _feelings(model: Mapping[str, Any]) -> list[str]:
    """Name each feeling by its first word: "sad, down, lonely, unhappy" and "sad/down/lonely/unhappy" are one."""
    value = model.get("emotion") or []
    groups = value if isinstance(value, list) else str(value).split(";")
    return [re.split(r"[,/，、]", str(group).strip())[0].strip() for group in groups if str(group).strip()]


def _beliefs(record: Record, data: Mapping[str, Any]) -> Iterator[str]:
    """Core beliefs first, then the rules that follow from them; the buckets' names are no belief."""
    seen: set[str] = set()
    for name, value in data.items():
        if "belief" not in name or name == "core_belief":
            continue
        for text in value if isinstance(value, list) else [value]:
            for part in _NUMBERED.split(_BUCKET.sub("\n", bounded(clean(str(text or "")), record, name))):
                belief = part.strip(" ;`")
                if length(belief) > 1 and belief not in seen:
                    seen.add(belief)
                    yield belief


def _manner(data: Mapping[str, Any]) -> str | None:
    value = data.get("type")
    manners = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return str(manners[0]) if len(manners) == 1 else None


def _pronouns(history: str) -> GenderWord | None:
    """Tell by which pronouns a history goes; it says how to read them, and is no statement of gender."""
    he, she = len(_HE.findall(history)), len(_SHE.findall(history))
    return None if he == she else gender_word("male" if he > she else "female")
