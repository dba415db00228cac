"""Finished dialogues said again."""

import json
from pathlib import Path
from typing import Any

import pytest

from hardseek.errors import Refused
from hardseek.supporters import ReplaySystem, build_supporter
from supporters.talking import fault, talk


def said(*texts: str) -> list[dict[str, str]]:
    return [{"role": "assistant" if place % 2 else "user", "content": text} for place, text in enumerate(texts)]


def write(path: Path, *records: Any) -> str:
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    return str(path)


A = {"messages": said("I can't sleep.", "a1", "so", "a2"), "card": "insomnia", "extra": [1]}
B = {"messages": said("I was fired.", "b1", "so", "b2"), "language": "en"}
C = {"messages": said("我睡不着。", "c1\u2028c1", "嗯", "c2")}


@pytest.fixture
def path(tmp_path: Path) -> str:
    return write(tmp_path / "talks.jsonl", A, B, C)


def test_the_record_that_opens_with_the_same_words_is_replayed(path: str) -> None:
    for session in ("d-1", "d-2", "d-3"):
        replies = talk(kind="replay", path=path, turns=2, seeker=["I was fired.", "something else"], session=session)
        assert [reply.text for reply in replies] == ["b1", "b2"]


def test_another_opening_chooses_by_session_among_the_language_and_stays(path: str) -> None:
    chosen = set()
    for number in range(20):
        first, second = talk(kind="replay", path=path, turns=2, seeker=["Hi", "ok"], session=f"d-{number}")
        assert (first.text, second.text) in {("a1", "a2"), ("b1", "b2")}
        again = talk(kind="replay", path=path, seeker=["Other", "ok"], session=f"d-{number}")
        assert again[0].text == first.text
        chosen.add(first.text)
    assert chosen == {"a1", "b1"}
    assert talk(kind="replay", path=path, seeker=["嗨"], language="zh")[0].text == "c1\u2028c1"


def test_where_the_supporter_begins_the_talk_stays_with_its_record(tmp_path: Path) -> None:
    begun = {
        "messages": [{"role": "system", "content": "x"}, {"role": "assistant", "content": "Hello"}, *said("x", "a1")]
    }
    other = {"messages": said("I can't sleep.", "b1", "so", "b2")}
    path = write(tmp_path / "t.jsonl", begun, other)
    for number in range(10):
        first, second = talk(kind="replay", path=path, turns=2, supporter_begins=True, session=f"d-{number}")
        assert (first.text, second.text) in {("Hello", "a1"), ("b1", "b2")}


def test_several_bubbles_are_one_turn(tmp_path: Path) -> None:
    messages = [*said("Hi", "one"), {"role": "assistant", "content": "two"}, *said("ok", "three")]
    path = write(tmp_path / "t.jsonl", {"messages": messages})
    replies = talk(kind="replay", path=path, turns=2, seeker=["Hi", "x"])
    assert [reply.text for reply in replies] == ["one\ntwo", "three"]


def test_a_record_that_is_over_ends_the_talk(path: str) -> None:
    found = fault(kind="replay", path=path, turns=3, seeker=["I was fired.", "b", "c"])
    assert found.kind == "replay-ended"
    assert "has 2 replies" in found.detail
    assert found.lasting


def test_a_language_without_records(tmp_path: Path) -> None:
    path = write(tmp_path / "t.jsonl", C)
    assert "no record in language en" in fault(kind="replay", path=path).detail


def test_the_file_is_looked_for_beside_the_experiment_file(tmp_path: Path) -> None:
    write(tmp_path / "t.jsonl", B)
    assert talk(kind="replay", path="t.jsonl", beside=tmp_path)[0].text == "b1"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "no record in it"),
        ('{"messages": [{"role": "user", "content": "x"}]}\n{"messages"', "line 2: not JSON"),
        ('{"turns": []}', "line 1: messages: missing"),
        ('\n{"messages": [{"role": "seeker", "content": "x"}]}', "line 2: messages.0.role: found 'seeker'; allowed"),
        ('{"messages": []}', "line 1: messages"),
    ],
)
def test_a_file_that_is_none_is_refused(content: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        build_supporter(ReplaySystem(kind="replay", name="a", path=str(path)))
    assert said in str(refused.value)


def test_a_file_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="there is no such file"):
        build_supporter(ReplaySystem(kind="replay", name="a", path=str(tmp_path / "none.jsonl")))
