"""Words, sentences and languages, counted by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardseek.language import clean, detect, length, sentences, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I don't know, really.", ["I", "don't", "know", "really"]),
        ("a well-kept secret", ["a", "well-kept", "secret"]),
        ("我不知道。", ["我", "不", "知", "道"]),
        ("上了3天班 OK吗", ["上", "了", "3", "天", "班", "OK", "吗"]),
        ("...!?", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected
    assert length(text) == len(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hi. I'm tired! Why?", ["Hi.", "I'm tired!", "Why?"]),
        ("嗯。就是累，说不上来…算了", ["嗯。", "就是累，说不上来…", "算了"]),
        ("one\n\ntwo", ["one", "two"]),
        ("  ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I feel lost", "en"),
        ("我很难过", "zh"),
        ("今天和boss吵架了", "zh"),
        ("he said 加油 to me again", "en"),
        ("123 !!", None),
        ("24h…", "en"),
        ("24h", "en"),
    ],
)
def test_detect(text: str, expected: str | None) -> None:
    assert detect(text) == expected


def test_clean_makes_text_storable() -> None:
    assert clean(" a\ud83db\0c \n") == "a\ufffdbc"
    assert clean("嗯😀") == "嗯😀"


@given(st.text(st.characters(codec=None)))
def test_clean_text_is_always_utf8(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert clean(cleaned) == cleaned
