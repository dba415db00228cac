"""Quotes against what was said: words count, whole and in order; how they are typed does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardseek.cards.building.quoting import places, size

TURNS = (
    "Hi there",
    "I can’t sleep... my self-worth is gone, and I'm 23!",
    "上个月我被公司裁员了，一直没敢跟爸妈说。",
)


@pytest.mark.parametrize(
    ("quote", "stretch"),
    [
        ("I can't sleep", "I can’t sleep"),
        ("i CANT sleep", "I can’t sleep"),
        ("my self worth is gone; and I'm 23", "my self-worth is gone, and I'm 23"),
        ("“被公司裁员了，一直没敢”", "被公司裁员了，一直没敢"),
        ("被公司裁员了一直没敢", "被公司裁员了，一直没敢"),
        ("Ｉ'm ２３", "I'm 23"),
        ("hi", "Hi"),
    ],
)
def test_a_quote_is_found_however_it_is_typed(quote: str, stretch: str) -> None:
    found = places(quote, TURNS)
    assert found is not None
    ((turn, start, end),) = found
    assert TURNS[turn][start:end] == stretch


@pytest.mark.parametrize(
    "quote",
    [
        "I can sleep",  # another word
        "self-wort",  # half a word: "art" stands in "start" no more than this
        "sleep I can't",  # another order
        "Hi there I can't sleep",  # over two turns
        "被裁员了",  # a character left out
        "", "!?", "...",
    ],
)  # fmt: skip
def test_what_was_not_said_is_not_found(quote: str) -> None:
    assert places(quote, TURNS) is None


def test_pieces_around_an_ellipsis_stand_in_one_turn_in_their_order() -> None:
    found = places("can't sleep [...] I'm 23", TURNS)
    assert found is not None
    assert [TURNS[turn][start:end] for turn, start, end in found] == ["can’t sleep", "I'm 23"]
    assert places("I'm 23 ... can't sleep", TURNS) is None
    assert places("Hi there ... can't sleep", TURNS) is None


def test_the_size_of_a_quote_is_its_words_or_characters() -> None:
    assert size("I can't sleep!") == 3
    assert size("被裁员了。") == 4


@given(st.text(max_size=80), st.data())
def test_any_stretch_of_whole_words_stands_where_it_was_cut(text: str, data: st.DataObject) -> None:
    words = text.split(" ")
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    quote = " ".join(words[first : last + 1])
    found = places(quote, [text])
    if size(quote) and "…" not in quote and ".." not in quote:
        assert found is not None
        (place,) = found
        assert 0 <= place.start < place.end <= len(text)
