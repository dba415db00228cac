"""Who plays what: even over positions, orders, cards; and the same for those who are there when others join."""

from collections import Counter
from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from hardseek.cards import Fact, RoleCard
from hardseek.language import Language
from hardseek.study import Assigned, Study, assign, letters, williams


def card(language: Language, number: int) -> RoleCard:
    fact = Fact(id="one", depth="surface", text="I am tired.")
    return RoleCard(id=f"{language}-{number}", language=language, summary="Somebody.", facts=(fact,))


def study(**changes: Any) -> Study:
    line = [{"name": "A line", "contact": "call 1"}]
    data: dict[str, Any] = {
        "name": "s", "title": "t", "languages": ["en"], "participants": 4, "systems": ["balanced-helper"],
        "conditions": ["average"], "consent": "c", "instructions": "i", "contact": "x",
        "crisis": {"en": line, "zh": line},
    }  # fmt: skip
    return Study.model_validate(data | changes)


SYSTEMS = ["balanced-helper", "early-adviser", "cheerleader"]
CONDITIONS = ["average", "worst", "volatility"]


@pytest.mark.parametrize("size", range(1, 10))
def test_a_williams_design_is_balanced_over_positions_and_neighbours(size: int) -> None:
    rows = williams(size)
    assert len(rows) == (size if size % 2 == 0 else 2 * size)
    assert all(sorted(row) == list(range(size)) for row in rows)
    for place in range(size):
        assert set(Counter(row[place] for row in rows).values()) == {len(rows) // size}
    neighbours = Counter(pair for row in rows for pair in pairwise(row))
    assert set(neighbours) == {pair for pair in product(range(size), repeat=2) if pair[0] != pair[1]}
    assert len(set(neighbours.values())) <= 1


@pytest.mark.parametrize("size", range(1, 10))
def test_the_first_orders_of_a_design_are_a_latin_square(size: int) -> None:
    square = williams(size)[:size]
    assert all(sorted(row[place] for row in square) == list(range(size)) for place in range(size))


def test_there_is_no_design_of_nothing() -> None:
    with pytest.raises(ValueError, match="at least one"):
        williams(0)


plans = some.fixed_dictionaries(
    {
        "systems": some.integers(1, 3),
        "conditions": some.integers(1, 3),
        "cards": some.integers(1, 12),
        "participants": some.integers(1, 14),
        "dialogues": some.one_of(some.none(), some.integers(1, 12)),
        "seed": some.integers(0, 5),
    }
)


def planned(plan: dict[str, Any]) -> tuple[Study, list[Assigned]]:
    wanted = study(
        systems=SYSTEMS[: plan["systems"]], conditions=CONDITIONS[: plan["conditions"]],
        participants=plan["participants"], dialogues=plan["dialogues"], seed=plan["seed"],
    )  # fmt: skip
    return wanted, assign(wanted, [card("en", number) for number in range(plan["cards"])])


@given(plans)
@settings(max_examples=60)
def test_cards_come_equally_often_and_none_twice_before_all_have_come(plan: dict[str, Any]) -> None:
    _, assigned = planned(plan)
    counts = Counter(each.card for each in assigned)
    everywhere = [counts[f"en-{number}"] for number in range(plan["cards"])]
    assert max(everywhere) - min(everywhere) <= 1
    for number in range(plan["participants"]):
        own = [each.card for each in assigned if each.participant == f"P{number + 1:02}"]
        for start in range(0, len(own), plan["cards"]):
            stretch = own[start : start + plan["cards"]]
            assert len(set(stretch)) == len(stretch)


@given(plans)
@settings(max_examples=60)
def test_everybody_holds_as_many_talks_and_knows_a_system_by_one_letter(plan: dict[str, Any]) -> None:
    wanted, assigned = planned(plan)
    talks = plan["dialogues"] or plan["systems"] * plan["conditions"]
    for participant in wanted.participants:
        own = [each for each in assigned if each.participant == participant.code]
        assert [each.position for each in own] == list(range(1, talks + 1))
        assert all(each.letter == letters(wanted, participant.code)[each.system] for each in own)
        cells = Counter((each.system, each.condition) for each in own)
        assert max(cells.values()) - min(cells.values()) <= 1


@given(plans, some.integers(1, 6))
@settings(max_examples=30)
def test_those_who_are_there_keep_their_talks_when_others_join(plan: dict[str, Any], more: int) -> None:
    _, before = planned(plan)
    _, after = planned(plan | {"participants": plan["participants"] + more})
    assert after[: len(before)] == before


@pytest.mark.parametrize(("systems", "conditions"), [(2, 2), (3, 1), (2, 3), (3, 3)])
def test_whole_rounds_of_participants_are_even_over_positions(systems: int, conditions: int) -> None:
    cells = systems * conditions
    plan = {"systems": systems, "conditions": conditions, "cards": cells, "participants": cells, "dialogues": None,
            "seed": 3}  # fmt: skip
    _, assigned = planned(plan)
    places = Counter((each.system, each.condition, each.position) for each in assigned)
    assert set(places.values()) == {1} and len(places) == cells * cells


def test_every_card_meets_every_system_and_behaviour_in_a_whole_round() -> None:
    plan = {"systems": 2, "conditions": 2, "cards": 4, "participants": 4, "dialogues": None, "seed": 1}
    _, assigned = planned(plan)
    assert set(Counter((each.system, each.condition, each.card) for each in assigned).values()) == {1}


def test_languages_are_apart() -> None:
    wanted = study(languages=["en", "zh"], participants=6, systems=SYSTEMS[:2], conditions=CONDITIONS[:1])
    cards = [card("en", 1), card("zh", 1), card("zh", 2)]
    assigned = assign(wanted, cards)
    languages = {one.code: one.language for one in wanted.participants}
    assert list(languages.values()) == ["en", "zh"] * 3
    assert all(each.card.startswith(languages[each.participant]) for each in assigned)
    with pytest.raises(ValueError, match="no card in zh for participant P02"):
        assign(wanted, cards[:1])


def test_letters_are_a_persons_own() -> None:
    wanted = study(systems=SYSTEMS, participants=30)
    known = [tuple(sorted(letters(wanted, one.code).items())) for one in wanted.participants]
    assert all(sorted(letter for _, letter in each) == ["A", "B", "C"] for each in known)
    assert len(set(known)) == 6  # all orders of three letters come up among thirty people
    assert letters(wanted, "P01") == letters(study(systems=SYSTEMS, participants=1), "P01")


def test_another_seed_is_another_order() -> None:
    plan = {"systems": 3, "conditions": 3, "cards": 9, "participants": 3, "dialogues": None, "seed": 1}
    assert planned(plan)[1] == planned(plan)[1] != planned(plan | {"seed": 2})[1]
