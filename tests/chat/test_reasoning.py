import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardseek.chat.reasoning import without_reasoning


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<think>plan</think>Hello", "Hello"),
        ("<think>\nplan\n\nmore\n</think>\n\nHello", "\n\nHello"),
        ("<THINK>plan</Think>Hello", "Hello"),
        ("<thinking>plan</thinking>Hello", "Hello"),
        ("<reasoning>plan</reasoning>Hello", "Hello"),
        ("<seed:think>plan</seed:think>Hello", "Hello"),
        ("[THINK]plan[/THINK]Hello", "Hello"),
        ("◁think▷计划◁/think▷你好", "你好"),
        ("Hello<think>plan</think> again", "Hello again"),
        ("<think>a</think>Hello<think>b</think>", "Hello"),
        ("plan without a beginning</think>Hello", "Hello"),
        ("<think>a <think>b</think> c</think>Hello", "Hello"),
        ("<think>plan that is cut", ""),
        ("  \n<think>plan that is cut", ""),
        ("I think <b>you</b> are tired", "I think <b>you</b> are tired"),
        ("Write <think> in the box", "Write <think> in the box"),
        ("我想<think", "我想<think"),
        ("[I am thinking of you]", "[I am thinking of you]"),
    ],
)
def test_only_what_is_said_is_left(text: str, said: str) -> None:
    assert without_reasoning(text) == said


@given(st.text(alphabet="abc <>/[]think想◁▷\n"))
def test_text_without_whole_marks_stays(text: str) -> None:
    if not any(mark in text.lower() for mark in ("think>", "[think]", "think]", "think▷")):
        assert without_reasoning(text) == text
