"""What people say of built cards: who has which card before them, what they decided, and what that makes of a card.

A reviewer sees the card as the model made it, never what another reviewer decided. `accept` and `edit` keep a card,
`reject` does not.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Final, Literal, NamedTuple, get_args

from hardseek.cards.building.grading import GRADES
from hardseek.cards.building.store import BuildStore, Built
from hardseek.cards.card import Grade, RoleCard
from hardseek.errors import Refused

Decision = Literal["accept", "edit", "reject"]
DECISIONS: Final[tuple[Decision, ...]] = get_args(Decision)


class Verdict(NamedTuple):
    """One reviewer's decision on one card."""

    number: int
    reviewer: str
    decision: Decision
    reason: str | None = None
    """Of a rejection."""
    card: RoleCard | None = None
    """Of an edit: the card as the reviewer has it."""

    @property
    def keeps(self) -> bool:
        """Whether the card is good enough to be played, as it is or as edited."""
        return self.decision != "reject"


def queue(store: BuildStore, reviewer: str) -> list[int]:
    """Return the cards that a reviewer has not decided on, in one order for everybody, so that reviewers overlap."""
    found = store.rows(
        "SELECT number FROM cards WHERE grade IS NOT NULL AND number NOT IN "
        "(SELECT number FROM reviews WHERE reviewer = ?) ORDER BY number",
        reviewer,
    )
    return [number for (number,) in found]


def decide(store: BuildStore, verdict: Verdict) -> None:
    """Keep a verdict in place of the reviewer's earlier one.

    Raises:
        Refused: a rejection without a reason, or an edit without a card or with another card's id.
    """
    if verdict.decision == "reject" and not (verdict.reason or "").strip():
        raise Refused("a rejection needs a reason: others read it")
    if verdict.decision == "edit" and verdict.card is None:
        raise Refused("an edit needs the edited card")
    if verdict.card is not None and verdict.card.id != (wanted := store.card(verdict.number).id):
        raise Refused(f"id: found {verdict.card.id!r}; it stays {wanted!r}, as its source is found by it")
    card = None if verdict.card is None else verdict.card.model_dump_json()
    row = (verdict.number, verdict.reviewer, verdict.decision, verdict.reason, card, _now())
    with store.writing() as database:
        database.execute("INSERT OR REPLACE INTO reviews VALUES (?, ?, ?, ?, ?, ?)", row)


def verdicts(store: BuildStore) -> list[Verdict]:
    """Return all verdicts, card by card, in the order in which they were made."""
    return [
        Verdict(number, reviewer, _decision(decision), reason, None if card is None else _read(card))
        for number, reviewer, decision, reason, card in store.rows(
            "SELECT number, reviewer, verdict, reason, card FROM reviews ORDER BY number, at, reviewer"
        )
    ]


def chosen(store: BuildStore, *, grade: Grade = "low", accepted: bool = False) -> Iterator[tuple[Built, RoleCard]]:
    """Yield the finished cards that are wanted, each as the model had it and as it is to be played.

    A card that somebody rejected is left out, whoever else accepted it. One that was edited comes as it was edited
    last.

    Args:
        store: the build.
        grade: the lowest that is wanted.
        accepted: only cards that somebody accepted or edited.
    """
    said: dict[int, list[Verdict]] = {}
    for verdict in verdicts(store):
        said.setdefault(verdict.number, []).append(verdict)
    for built in store.cards():
        mine = said.get(built.number, [])
        wanted = GRADES.index(built.card.grade or "low") >= GRADES.index(grade)
        if wanted and all(verdict.keeps for verdict in mine) and (mine or not accepted):
            yield built, _as_edited(built, mine)


def _as_edited(built: Built, mine: Sequence[Verdict]) -> RoleCard:
    edited = [verdict.card for verdict in mine if verdict.card is not None]
    return edited[-1] if edited else built.card


def _decision(name: str) -> Decision:
    return next(decision for decision in DECISIONS if decision == name)


def _read(card: str) -> RoleCard:
    return RoleCard.model_validate_json(card)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
