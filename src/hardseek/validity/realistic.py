"""Realistic: simulated seekers write as people do, ordinary ones as ordinary ones, withdrawing ones as those whom
nothing helped, arguing ones as those who speak against change.

The figures of people are English; Chinese is held against the same, lengths at 1.6 characters to a word.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from statistics import fmean, median
from typing import Final

from hardseek.language import A_WORD, Language, length
from hardseek.seekers.appraisal import read
from hardseek.seekers.weights import RESISTING
from hardseek.validity.manners import SHARES, Dialogue, quartile
from hardseek.validity.markers import shows
from hardseek.validity.property import Aim, Property, figure
from hardseek.validity.reference import reference
from hardseek.validity.statistics import interval
from hardseek.validity.talks import Talk, by_card

_LIKE: Final = {
    "average": "ordinary",
    "low-engagement": "not helped",
    "resistance-withdrawing": "not helped",
}
_ARGUING: Final = "resistance-arguing"
_POINTS: Final = 0.05
"""How far a share may be off: five points."""
_QUARTILES: Final = {"length-q1": 0.25, "length-median": 0.5, "length-q3": 0.75}


def realistic(held: Mapping[str, Sequence[Talk]], language: Language) -> list[Property]:
    """Hold three conditions against people in text, and arguing against people in speech."""
    found: list[Property] = []
    for condition, like in _LIKE.items():
        people = reference().people[like]
        cards = [[_dialogue(talk) for talk in talks] for talks in by_card(held[condition])]
        everyone = [dialogue for card in cards for dialogue in card]
        for name, which in _QUARTILES.items():
            counted = quartile(which)
            aim: Aim | None = ("within", people.length[0], people.length[2]) if name == "length-median" else None
            found.append(
                figure(f"realistic/{name}", language, counted(everyone), condition=condition,
                       interval=interval(cards, counted), aim=aim)
            )  # fmt: skip
        for name, share in SHARES.items():
            found.append(
                figure(f"realistic/{name.replace('_', '-')}", language, share(everyone), condition=condition,
                       interval=interval(cards, share), aim=_near(getattr(people, name)))
            )  # fmt: skip
        found.append(
            figure("realistic/rejected-after-advice", language, turned_down(held[condition]), condition=condition,
                   interval=interval(by_card(held[condition]), turned_down), aim=_near(people.rejected_after_advice))
        )  # fmt: skip
    return found + _arguing(held[_ARGUING], language)


def _arguing(talks: Sequence[Talk], language: Language) -> list[Property]:
    people = reference().resistance
    sides = {good: [talk for talk in talks if talk.good == good] for good in (True, False)}
    rows: list[tuple[str, Sequence[Talk], Callable[[Sequence[Talk]], float | None], Aim | None]] = [
        ("resists-again-poor", sides[False], again, _near(people.again_poor)),
        ("resists-again-good", sides[True], again, _near(people.again_good)),
        ("argued-length-median", talks, argued_length, None),
        ("argued-negation", talks, argued_negation, _near(people.negation)),
    ]
    return [
        figure(f"realistic/{name}", language, count(some), condition=_ARGUING,
               interval=interval(by_card(some), count), aim=aim)
        for name, some, count, aim in rows
    ]  # fmt: skip


def turned_down(talks: Sequence[Talk]) -> float | None:
    """Return the share of answers to advice that go against it or slip away, by the acts of the trace."""
    found = [
        turn.trace.move.act in RESISTING
        for talk in talks
        for before, turn in pairwise(talk.turns)
        if turn.trace and turn.trace.move and read(before.text, talk.language).cues.get("advice")
    ]
    return fmean(found) if found else None


def again(talks: Sequence[Talk]) -> float | None:
    """Return the share of resisting turns that are followed by another one, by the acts of the trace."""
    acts = [[turn.trace.move.act for turn in talk.said if turn.trace and turn.trace.move] for talk in talks]
    found = [after in RESISTING for done in acts for before, after in pairwise(done) if before in RESISTING]
    return fmean(found) if found else None


def argued_length(talks: Sequence[Talk]) -> float | None:
    """Return the median words of the turns that argue."""
    said = [length(text) / A_WORD[language] for language, text in _argued(talks)]
    return median(said) if said else None


def argued_negation(talks: Sequence[Talk]) -> float | None:
    """Return the share of the turns that argue which negate."""
    said = [shows("negation", text, language) for language, text in _argued(talks)]
    return fmean(said) if said else None


def _argued(talks: Sequence[Talk]) -> list[tuple[Language, str]]:
    return [
        (talk.language, turn.text)
        for talk in talks
        for turn in talk.said
        if turn.trace and turn.trace.move and turn.trace.move.act == "argue"
    ]


def _dialogue(talk: Talk) -> Dialogue:
    return talk.language, tuple(turn.message for turn in talk.turns)


def _near(share: float) -> Aim:
    return "within", max(0.0, round(share - _POINTS, 3)), round(share + _POINTS, 3)
