"""Who plays what, in which order: counterbalanced, seeded, and the same for everybody who is there already when more
participants join."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Final

from hardseek.cards import RoleCard
from hardseek.luck import Luck
from hardseek.study.study import Participant, Study

_PAIRING: Final = 1_000.0
"""How much more it counts that a card meets each cell evenly than that it comes evenly at each position."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """One talk that a participant is to hold."""

    participant: str
    position: int
    """From 1, in the participant's own order."""
    system: str
    condition: str
    card: str
    letter: str
    """What the participant knows the system by."""


def williams(size: int) -> list[list[int]]:
    """Return a Williams design: orders of `size` treatments, numbered from 0.

    Each treatment comes once in each order and equally often at each position, and each follows each other one
    equally often: in `size` orders where that is even, in twice as many where it is odd (Williams, 1949, Australian
    Journal of Scientific Research A 2, 149). The first `size` orders are a Latin square in either case.

    Raises:
        ValueError: there is nothing to order.
    """
    if size < 1:
        raise ValueError("a design needs at least one treatment")
    base = [0] + [size - (place + 1) // 2 if place % 2 == 0 else (place + 1) // 2 for place in range(1, size)]
    square = [[(value + shift) % size for value in base] for shift in range(size)]
    return square if size % 2 == 0 else square + [row[::-1] for row in square]


def letters(study: Study, participant: str) -> dict[str, str]:
    """Return what a participant knows each system by: letters in an order of their own."""
    luck = Luck.of(seed=study.seed, card="study", condition=participant, replicate=0)
    names = luck.shuffle([system.name for system in study.systems], 0, "letters")
    return {name: _letter(place) for place, name in enumerate(names)}


def _letter(place: int) -> str:
    """Count A to Z, AA, AB and on."""
    head, tail = divmod(place, len(ascii_uppercase))
    return (_letter(head - 1) if head else "") + ascii_uppercase[tail]


def assign(study: Study, cards: Sequence[RoleCard]) -> list[Assigned]:
    """Assign talks to all participants.

    Participants of a language take the orders of a Williams design over systems x conditions in turn, the treatments
    numbered by luck; who holds fewer talks than there are treatments stops early, who holds more begins the next
    order. Cards of a language come equally often (they differ by one at most), none comes to a participant again
    before all have come, and they meet systems x conditions as evenly as the cards so far allow (an optimal
    assignment for each participant).

    What a participant is assigned depends on those before them in their language alone.

    Args:
        study: the study.
        cards: its cards.

    Raises:
        ValueError: a participant's language has no card.
    """
    if not study.talks:
        return []
    by_language = {language: [card.id for card in cards if card.language == language] for language in study.languages}
    counts: dict[str, _Counts] = {language: _Counts() for language in study.languages}
    found = []
    for participant in study.participants:
        known = by_language[participant.language]
        if not known:
            raise ValueError(f"no card in {participant.language} for participant {participant.code}")
        found += _one(study, participant, known, counts[participant.language])
    return found


def practice(study: Study, cards: Sequence[RoleCard]) -> list[Assigned]:
    """Assign the talk to practise with, at position 0; nothing where there is none.

    Raises:
        ValueError: a card that is named is none of the study's in its language.
    """
    wanted = study.practice
    if wanted is None:
        return []
    luck = Luck.of(seed=study.seed, card="study", condition="practice", replicate=0)
    chosen = {}
    for language in study.languages:
        known = sorted(card.id for card in cards if card.language == language)
        named = wanted.cards.get(language)
        if named is not None and named not in known:
            raise ValueError(f"practice: no card {named} among the study's in {language}")
        if known:
            chosen[language] = named or luck.shuffle(known, 0, f"card {language}")[0]
    return [
        Assigned(one.code, 0, wanted.system.name, wanted.condition.name, chosen[one.language], "")
        for one in study.participants
        if one.language in chosen
    ]


class _Counts:
    """What the participants of a language have been assigned so far."""

    def __init__(self) -> None:
        self.participants = 0
        self.cards: Counter[str] = Counter()
        self.pairings: Counter[tuple[int, str]] = Counter()
        self.places: Counter[tuple[int, str]] = Counter()


def _one(study: Study, participant: Participant, cards: list[str], counts: _Counts) -> list[Assigned]:
    cells = [(system.name, condition.name) for system in study.systems for condition in study.conditions]
    number, luck = counts.participants, Luck.of(seed=study.seed, card="study", condition="orders", replicate=0)
    numbering = luck.shuffle(range(len(cells)), 0, f"treatments {participant.language}")
    order = [numbering[treatment] for treatment in _order(len(cells), number, study.talks)]
    played = _cards(order, cards, counts, luck, f"{participant.language} {number}")
    counts.participants += 1
    known = letters(study, participant.code)
    return [
        Assigned(participant.code, place, cells[cell][0], cells[cell][1], card, known[cells[cell][0]])
        for place, (cell, card) in enumerate(zip(order, played, strict=True), start=1)
    ]


def _order(size: int, number: int, wanted: int) -> list[int]:
    """Take as many treatments as are wanted: a participant's order, then the next ones."""
    rows = williams(size)
    rounds = -(-wanted // size)
    return [treatment for turn in range(rounds) for treatment in rows[(number + turn) % len(rows)]][:wanted]


def _cards(order: list[int], cards: list[str], counts: _Counts, luck: Luck, who: str) -> list[str]:
    """Choose cards for a participant's talks, and which is played in which."""
    # Slow to import, and most commands do without.
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    played: list[str] = []
    for start in range(0, len(order), len(cards)):
        stretch = order[start : start + len(cards)]
        rank = {card: luck.integer(start, f"card {card} {who}") for card in cards}
        by_luck = sorted(cards, key=rank.__getitem__)
        chosen = sorted(by_luck, key=counts.cards.__getitem__)[: len(stretch)]
        cost = np.array(
            [
                [
                    _PAIRING * counts.pairings[cell, card]
                    + counts.places[start + place, card]
                    + luck.unit(start + place, f"tie {card} {who}") / 2
                    for card in chosen
                ]
                for place, cell in enumerate(stretch)
            ]
        )
        _, columns = linear_sum_assignment(cost)
        for place, (cell, column) in enumerate(zip(stretch, columns, strict=True)):
            card = chosen[column]
            counts.cards[card] += 1
            counts.pairings[cell, card] += 1
            counts.places[start + place, card] += 1
            played.append(card)
    return played
