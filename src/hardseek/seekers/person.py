"""Who a card is of: what stays the same in a seeker whenever they are played, read from the card and not drawn.

People who seek help differ, and the same people differ in the same way when they come again. What a card says of its
person is counted by word lists (`data/person.yaml`), as shares of the card's units:

    heavy  = share of the named feelings that go with more distress than others
    hiding = share of units that speak of keeping something from others
    rigid  = share of units that hold something as certain, as all or nothing, or blame the person as a whole
    talk   = 0.60 ln(mean length of a fact / usual length), -0.20 where the writing is called short,
             +0.20 where long

and makes the person (the shares are centred on their means over the packaged cards):

    distress   = 6.1 + 3.5 heavy, + 1.0 where the card touches self-harm
    trust      = 0.36 - 0.50 hiding
    takes_help = exp(-2.0 rigid + 1.0 talk)
    takes_harm = exp(1.5 rigid + 1.2 heavy)
    tires_at   = 0.32 exp(-0.8 talk + 1.0 hiding + 0.6 rigid)

where no exponent is taken beyond 0.40 and talk not beyond 0.45, either way.

Sources of the form; the numbers are ours. Shame and secrets are told late and to few: Hook and Andrews (2005, British
Journal of Clinical Psychology 44, 425); Kelly and Yip (2006, Journal of Personality 74, 1349). Absolute and
self-blaming beliefs go with more depression and with less from being helped: Beck (1979, Cognitive Therapy of
Depression); Al-Mosaiwi and Johnstone (2018, Clinical Psychological Science 6, 529). Those who talk more in a session
get more from it: Orlinsky, Ronnestad and Willutzki (2004, in Bergin and Garfield's Handbook, 5th ed.).
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from statistics import fmean
from typing import Final, Literal

from hardseek.cards import RoleCard
from hardseek.documents import Document, load, packaged
from hardseek.language import Language, length

Sign = Literal["heavy", "hiding", "rigid", "short", "long"]

_MOST: Final = 0.4
"""The most that a person differs from the usual one, on the log scale of a factor."""
_TALK: Final = 0.45


@dataclass(frozen=True, slots=True)
class Person:
    """What stays the same in a seeker."""

    distress: float
    """Points with which they come, before luck."""
    trust: float
    """With which they come, before behaviours, 0 to 1."""
    takes_help: float
    """Factor of how much help is felt."""
    takes_harm: float
    """Factor of how much harm is felt."""
    tires_at: float
    """Engagement under which they may leave unhelped, 0 to 1."""
    talk: float
    """Added to the logarithm of the length of their turns."""


class _Signs(Document):
    id: str
    version: int
    usual: dict[Literal["heavy", "hiding", "rigid", "fact"], dict[Language, float]]
    signs: dict[Sign, dict[Language, tuple[str, ...]]]


@lru_cache(maxsize=1 << 12)
def person_of(card: RoleCard) -> Person:
    """Read who a card is of; the same card is always the same person."""
    usual = _signs().usual
    units = [card.summary, *(fact.text for fact in card.facts), *card.beliefs, *card.tried, card.wants or ""]
    feelings = [fact.feeling for fact in card.facts if fact.feeling] + list(card.feelings)
    heavy = _share("heavy", feelings or units, card.language) - usual["heavy"][card.language]
    hiding = _share("hiding", units, card.language) - usual["hiding"][card.language]
    rigid = _share("rigid", units, card.language) - usual["rigid"][card.language]
    told = fmean(length(fact.text) for fact in card.facts)
    talk = 0.60 * math.log(max(1.0, told) / usual["fact"][card.language])
    talk += 0.20 * (_shows("long", card.writing, card.language) - _shows("short", card.writing, card.language))
    talk = min(_TALK, max(-_TALK, talk))
    return Person(
        distress=6.1 + 3.5 * heavy + 1.0 * (card.risk != "none"),
        trust=0.36 - 0.50 * hiding,
        takes_help=_factor(-2.0 * rigid + 1.0 * talk),
        takes_harm=_factor(1.5 * rigid + 1.2 * heavy),
        tires_at=0.32 * _factor(-0.8 * talk + 1.0 * hiding + 0.6 * rigid),
        talk=talk,
    )


def _factor(logarithm: float) -> float:
    return math.exp(min(_MOST, max(-_MOST, logarithm)))


def _share(sign: Sign, texts: Sequence[str], language: Language) -> float:
    return fmean(_shows(sign, text, language) for text in texts)


def _shows(sign: Sign, text: str | None, language: Language) -> bool:
    return text is not None and _pattern(sign, language).search(text.replace("’", "'")) is not None


@cache
def _pattern(sign: Sign, language: Language) -> re.Pattern[str]:
    return re.compile("|".join(_signs().signs[sign][language]), re.IGNORECASE)


@cache
def _signs() -> _Signs:
    return load(packaged("hardseek.seekers", "data", "person.yaml"), _Signs, source="person.yaml")
