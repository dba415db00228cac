"""Choosing cards for an experiment."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardseek.cards import Fact, RoleCard, packaged_cards, select_cards
from hardseek.errors import Refused
from hardseek.language import LANGUAGES, Language


def card(identity: str, category: str | None, language: Language = "en") -> RoleCard:
    fact = Fact(id="a", depth="surface", text="I can't sleep.")
    return RoleCard(id=identity, language=language, category=category, summary="Sleeps badly.", facts=(fact,))


FOUR = (card("w1", "work-a"), card("w2", "work-b"), card("f1", "family-a"), card("n1", None))


def test_a_limit_takes_one_of_each_group_before_a_second_and_keeps_the_order() -> None:
    assert [each.id for each in select_cards(FOUR, ["en"], limit=3)] == ["w1", "f1", "n1"]
    assert [each.id for each in select_cards(FOUR[::-1], ["en"], limit=2)] == ["n1", "f1"]


def test_ids_are_kept_in_the_order_of_the_cards() -> None:
    assert [each.id for each in select_cards(FOUR, ["en"], ids=["n1", "w2"])] == ["w2", "n1"]


@given(limit=st.integers(1, 14), languages=st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=2, unique=True))
def test_a_limit_holds_in_each_language(limit: int, languages: list[Language]) -> None:
    chosen = select_cards(packaged_cards(), languages, limit=limit)
    for language in LANGUAGES:
        expected = min(limit, 12) if language in languages else 0
        assert sum(each.language == language for each in chosen) == expected
    assert [each.id for each in chosen] == [each.id for each in packaged_cards() if each in chosen]
    assert chosen == select_cards(packaged_cards(), languages, limit=limit)


def test_a_larger_limit_only_adds_cards() -> None:
    small = {each.id for each in select_cards(packaged_cards(), ["zh"], limit=4)}
    large = {each.id for each in select_cards(packaged_cards(), ["zh"], limit=7)}
    assert small < large


def test_an_unknown_id_is_refused_with_the_nearest() -> None:
    with pytest.raises(Refused, match=r"en-0001-nightshift; did you mean en-0001-night-shift\?"):
        select_cards(packaged_cards(), ["en"], ids=["en-0001-nightshift"])


def test_an_id_of_another_language_is_refused() -> None:
    with pytest.raises(Refused, match="zh-0012-transfer is in zh, and the languages asked for are en"):
        select_cards(packaged_cards(), ["en"], ids=["zh-0012-transfer"])


def test_nothing_to_play_is_refused() -> None:
    with pytest.raises(Refused, match="no cards in zh"):
        select_cards(FOUR, ["zh"])
    with pytest.raises(Refused, match="found 0; it should be 1 or more"):
        select_cards(FOUR, ["en"], limit=0)
