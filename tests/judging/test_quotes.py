"""What counts as said."""

import pytest

from hardseek.judging.model import family, stands
from judging.judged import GESPRACH, TALK


@pytest.mark.parametrize(
    "quote",
    ["I lost my job", "i LOST my job on monday", '"haven’t told anyone."', "Carrying that ... exhausting", "it is"],
)
def test_what_was_said_stands(quote: str) -> None:
    assert stands(quote, TALK)


@pytest.mark.parametrize(
    "quote",
    [
        "",
        "...",
        "I lost my house",
        "exhausting ... Carrying that",
        "yeah. it is. Carrying that",
        "told anyone Carrying",
    ],
)
def test_what_was_not_said_or_not_in_one_turn_does_not(quote: str) -> None:
    assert not stands(quote, TALK)


def test_chinese_is_compared_without_its_marks() -> None:
    assert stands("我周一被裁了 谁也没说", GESPRACH)
    assert not stands("我被裁了", GESPRACH)


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("openai/gpt-4o-mini", "gpt"),
        ("Qwen/Qwen2.5-7B-Instruct", "qwen"),
        ("meta-llama/Llama-3.1-8B", "llama"),
        ("claude-sonnet-4", "claude"),
        ("gemma2:9b", "gemini"),
        ("my-own-thing", None),
        (None, None),
    ],
)
def test_models_belong_to_families_by_their_names(model: str | None, expected: str | None) -> None:
    assert family(model) == expected
