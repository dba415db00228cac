"""From verified entries to a card and its grade; or the reason why there is none."""

from collections.abc import Callable

import msgspec
import pytest

from hardseek.cards import RoleCard
from hardseek.cards.building import Field, Said, Source, verified
from hardseek.cards.building.assembling import Failed, assembled
from hardseek.cards.building.extraction import Entry, Extraction, Stated, ToldFact
from hardseek.cards.building.grading import grade_built

Extracting = Callable[..., Extraction]


def made(extraction: Extraction, source: Source) -> RoleCard | Failed:
    return assembled(source, verified(extraction, source), by="m, extract.en@1")


def test_what_stands_becomes_the_card_and_nothing_else_does(source: Source, extracting: Extracting) -> None:
    card = made(extracting(gender=Stated(["as a woman"], "female")), source)
    assert isinstance(card, RoleCard)
    assert (card.id, card.language, card.age, card.gender, card.occupation) == ("talk-1", "en", 34, None, "nurse")
    assert [(fact.id, fact.depth, fact.feeling) for fact in card.facts] == [
        ("f1", "surface", "tired"), ("f2", "core", "ashamed"), ("f3", "personal", None)
    ]  # fmt: skip
    assert (card.feelings, card.tried, card.wants) == (
        ("ashamed",), ("I tried writing it down.",), "I want to be heard."
    )  # fmt: skip
    assert card.source == "talks.jsonl, line 1; extracted by m, extract.en@1"
    assert (card.category, card.grade, card.inferred) == (None, None, ("depth", "feeling", "risk"))


@pytest.mark.parametrize(
    ("changed", "failed"),
    [
        ({"problem": Stated([], None)}, Failed("no problem told", "the model finds no problem of the seeker's own")),
        (
            {"problem": Stated(["made up"], "A nurse is tired.")},
            Failed("problem not verified", "evidence not said: A nurse is tired."),
        ),
        ({"facts": []}, Failed("too few facts", "0 of 0 verified; a card needs 3")),
    ],
)
def test_a_card_that_lacks_what_every_card_has_fails(
    source: Source, extracting: Extracting, changed: dict[str, object], failed: Failed
) -> None:
    assert made(extracting(**changed), source) == failed


def test_facts_that_do_not_stand_do_not_count(source: Source, extracting: Extracting) -> None:
    facts = [*extracting().facts]
    facts[1] = msgspec.structs.replace(facts[1], quotes=["I got the dose wrong"])
    assert made(extracting(facts=facts), source) == Failed("too few facts", "2 of 3 verified; a card needs 3")


def test_what_touches_self_harm_is_core_and_marked_and_means_fail_the_card(
    source: Source, extracting: Extracting
) -> None:
    turn = Said("seeker", "Some nights I wish I was dead. I took a whole bottle of pills once.")
    dark = msgspec.structs.replace(source, turns=(*source.turns, turn))
    passive = ToldFact(["I wish I was dead"], "Some nights I wish I was dead.", "surface", None)
    card = made(extracting(facts=[*extracting().facts, passive]), dark)
    assert isinstance(card, RoleCard)
    assert (card.facts[-1].depth, card.risk) == ("core", "passive-thoughts")
    means = ToldFact(["a whole bottle of pills"], "I took a whole bottle of pills once.", "core", None)
    failed = made(extracting(facts=[*extracting().facts, means]), dark)
    assert failed == Failed("check", "facts.f4: names a means of self-harm")


def graded(fields: tuple[Field, ...], source: Source) -> str:
    card = assembled(source, fields, by="m")
    assert isinstance(card, RoleCard)
    return grade_built(card, fields)


def test_the_grade_is_the_lower_of_what_is_told_and_how_it_is_borne_out(source: Source, extracting: Extracting) -> None:
    entries = verified(extracting(), source)
    assert graded(entries, source) == "middle"  # three facts and an occupation
    unknown = tuple(field for field in entries if field.of not in {"age", "occupation", "relationship"})
    assert graded(unknown, source) == "low"
    turns = (
        *source.turns,
        Said("seeker", "As a woman I think it is all my fault. Nobody likes me. I cry a lot at work."),
    )
    more = msgspec.structs.replace(source, turns=turns)
    full = extracting(
        gender=Stated(["As a woman"], "female"),
        beliefs=[Entry(["it is all my fault"], "It is all my fault.")],
        facts=[
            *extracting().facts,
            ToldFact(["Nobody likes me"], "Nobody there likes me.", "personal", "lonely"),
            ToldFact(["I cry a lot at work"], "I cry a lot at work.", "personal", "sad"),
            ToldFact(["My husband thinks it is just the hours"], "My husband thinks it's the hours.", "surface", None),
        ],
    )
    entries = verified(full, more)
    assert [field.name for field in entries if field.rejected] == []
    assert len(entries) == 15
    assert graded(entries, more) == "high"
    # Two rejected of 17 are more than one in ten; eight of 23 are more than one in three.
    bad = msgspec.structs.replace(entries[-1], rejected="evidence not said")
    assert graded((*entries, bad), more) == "high"
    assert graded((*entries, bad, bad), more) == "middle"
    assert graded((*entries, *[bad] * 8), more) == "low"
    long = msgspec.structs.replace(entries[5], value="I " + "was so very tired " * 9)
    assert entries[5].of == "facts"
    assert graded((*entries[:5], long, *entries[6:]), more) == "middle"
