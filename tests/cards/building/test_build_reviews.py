"""What reviewers decide: blind to one another, with reasons, and what becomes of the cards."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hardseek.cards import Fact, RoleCard
from hardseek.cards.building import (
    BuildStore,
    Built,
    Said,
    Source,
    Verdict,
    chosen,
    decide,
    masked_source,
    queue,
    verdicts,
)
from hardseek.errors import Refused

GRADES = ("low", "high", "middle", "low")


def card(number: int) -> RoleCard:
    facts = tuple(Fact(id=f"f{place}", depth="surface", text=f"I say {place}.") for place in range(3))
    return RoleCard(id=f"s{number}", language="en", summary="A person.", facts=facts, grade=GRADES[number])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[BuildStore]:
    with BuildStore(tmp_path, new=True) as opened:
        sources = [Source(f"s{number}", "x", "en", (Said("seeker", "I say."),)) for number in range(5)]
        opened.begin([masked_source(source) for source in sources], {})
        for number in range(4):  # the fifth has no card yet
            opened.built(Built(number, card(number), None, None))
        yield opened


def test_everybody_has_all_cards_before_them_until_they_decided(store: BuildStore) -> None:
    assert queue(store, "ana") == queue(store, "ben") == [0, 1, 2, 3]
    decide(store, Verdict(1, "ana", "accept"))
    assert queue(store, "ana") == [0, 2, 3]
    assert queue(store, "ben") == [0, 1, 2, 3]


def test_a_verdict_may_be_changed_and_stands_once(store: BuildStore) -> None:
    decide(store, Verdict(0, "ana", "accept"))
    decide(store, Verdict(0, "ana", "reject", reason="too thin"))
    assert verdicts(store) == [Verdict(0, "ana", "reject", reason="too thin")]


@pytest.mark.parametrize(
    ("verdict", "message"),
    [
        (Verdict(0, "ana", "reject"), "a rejection needs a reason"),
        (Verdict(0, "ana", "reject", reason="  "), "a rejection needs a reason"),
        (Verdict(0, "ana", "edit"), "an edit needs the edited card"),
        (Verdict(0, "ana", "edit", card=card(1)), "id: found 's1'; it stays 's0'"),
    ],
)
def test_a_verdict_without_what_it_needs_is_refused(store: BuildStore, verdict: Verdict, message: str) -> None:
    with pytest.raises(Refused, match=message):
        decide(store, verdict)
    assert verdicts(store) == []


def test_cards_are_chosen_by_grade_and_by_what_was_decided(store: BuildStore) -> None:
    def ids(**wanted: object) -> list[str]:
        return [played.id for _, played in chosen(store, **wanted)]  # type: ignore[arg-type]

    assert ids() == ["s0", "s1", "s2", "s3"]
    assert ids(grade="middle") == ["s1", "s2"]
    assert ids(grade="high") == ["s1"]
    assert ids(accepted=True) == []
    edited = card(2).model_copy(update={"summary": "A person, edited."})
    decide(store, Verdict(0, "ana", "accept"))
    decide(store, Verdict(1, "ana", "accept"))
    decide(store, Verdict(1, "ben", "reject", reason="not one person"))
    decide(store, Verdict(2, "ana", "edit", card=edited))
    assert ids() == ["s0", "s2", "s3"]
    assert ids(accepted=True) == ["s0", "s2"]
    (found,) = [played for built, played in chosen(store) if built.number == 2]
    assert found == edited
