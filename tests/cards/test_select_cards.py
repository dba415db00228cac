"""Choosing cards for an experiment."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardseek.cards import Fact, RoleCard, packaged_cards, select_cards
from hardseek.cards.taxonomy import area_of
from hardseek.errors import Refused
from hardseek.language import LANGUAGES, Language


def card(identity: str, category: str | None, language: Language = "en") -> RoleCard:
    fact = Fact(id="a", depth="surface", text="I can't sleep.")
    return RoleCard(id=identity, language=language, category=category, summary="Sleeps badly.", facts=(fact,))


CARDS = packaged_cards()
FOUR = (card("w1", "work-a"), card("w2", "work-b"), card("f1", "family-a"), card("n1", None))


def test_a_limit_takes_one_of_each_group_before_a_second_and_keeps_the_order() -> None:
    assert [each.id for each in select_cards(FOUR, ["en"], limit=3)] == ["w1", "f1", "n1"]
    assert [each.id for each in select_cards(FOUR[::-1], ["en"], limit=2)] == ["n1", "f1"]


def test_ids_are_kept_in_the_order_of_the_cards() -> None:
    assert [each.id for each in select_cards(FOUR, ["en"], ids=["n1", "w2"])] == ["w2", "n1"]


AREAS = 7  # of the taxonomy


@given(limit=st.integers(1, 90), languages=st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=2, unique=True))
def test_a_limit_holds_in_each_language(limit: int, languages: list[Language]) -> None:
    chosen = select_cards(CARDS, languages, limit=limit)
    for language in LANGUAGES:
        expected = min(limit, len(packaged_cards(language))) if language in languages else 0
        assert sum(each.language == language for each in chosen) == expected
    ids = [each.id for each in chosen]
    assert ids == [each.id for each in CARDS if each.id in set(ids)]
    assert chosen == select_cards(CARDS, languages, limit=limit)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_small_selection_of_the_library_spreads_over_areas_and_then_leaves(language: Language) -> None:
    seven = select_cards(CARDS, [language], limit=AREAS)
    assert len({area_of(each.category) for each in seven}) == AREAS
    twelve = select_cards(CARDS, [language], limit=12)
    assert len({each.category for each in twelve}) == 12


def test_categories_go_by_the_area_where_the_taxonomy_knows_it_and_otherwise_by_their_slug() -> None:
    mixed = (
        card("a", "mood-low"), card("b", "health-sleep"), card("c", "self-worth"),  # one area, health-self
        card("d", "sport-injury"), card("e", "sport-club"), card("f", "study"),  # a slug; an area named alone
    )  # fmt: skip
    assert [each.id for each in select_cards(mixed, ["en"], limit=3)] == ["a", "d", "f"]
    assert [each.id for each in select_cards(mixed, ["en"], limit=5)] == ["a", "b", "d", "e", "f"]


def test_a_larger_limit_only_adds_cards() -> None:
    small = {each.id for each in select_cards(CARDS, ["zh"], limit=4)}
    large = {each.id for each in select_cards(CARDS, ["zh"], limit=7)}
    assert small < large


def test_an_unknown_id_is_refused_with_the_nearest() -> None:
    with pytest.raises(Refused, match=r"en-0001-nightshift among 168 \(did you mean en-0001-night-shift\?\)"):
        select_cards(CARDS, ["en"], ids=["en-0001-nightshift"])


def test_an_id_of_another_language_is_refused() -> None:
    with pytest.raises(Refused, match="zh-0012-transfer is in zh, and the languages asked for are en"):
        select_cards(CARDS, ["en"], ids=["zh-0012-transfer"])


def test_nothing_to_play_is_refused() -> None:
    with pytest.raises(Refused, match="no cards in zh"):
        select_cards(FOUR, ["zh"])
    with pytest.raises(Refused, match="found 0; it should be 1 or more"):
        select_cards(FOUR, ["en"], limit=0)
