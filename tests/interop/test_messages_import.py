"""JSON Lines of OpenAI-style messages."""

from pathlib import Path

import pytest

from hardseek.chat import Fault, Usage
from hardseek.errors import Refused
from hardseek.seekers import Move, Trace
from interop.interop_files import Line, imported, read, skipped, write_lines

MESSAGES: list[Line] = [
    {"role": "user", "content": "I can't focus any more."},
    {"role": "assistant", "content": "What gets in the way?"},
]


def test_nothing_but_messages_is_needed(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "My chats.jsonl", [{"messages": MESSAGES}, {"messages": MESSAGES}])

    dialogues = [item.dialogue for item in imported(read("messages", path))]

    assert [(d.system, d.condition, d.card, d.replicate) for d in dialogues] == [
        ("imported", "imported", "my-chats-1", 0),
        ("imported", "imported", "my-chats-2", 0),
    ]
    assert [(turn.speaker, turn.text) for turn in dialogues[0].turns] == [
        ("seeker", "I can't focus any more."),
        ("supporter", "What gets in the way?"),
    ]
    assert (dialogues[0].language, dialogues[0].ending, dialogues[0].fault) == ("en", None, None)


def test_all_that_is_told_is_taken(tmp_path: Path) -> None:
    line = {
        "id": "abc",
        "system": "s",
        "condition": "c",
        "card": "k",
        "language": "zh",
        "replicate": 4,
        "messages": MESSAGES,
        "ending": "failed",
        "fault": {"kind": "timeout", "detail": "no answer"},
        "traces": [{"move": {"act": "open"}}, None],
        "usage": [{}, {"model": "m", "tokens_out": 5}],
        "label": "what we do not know is passed over",
    }
    (item,) = imported(read("messages", write_lines(tmp_path / "a.jsonl", [line])))
    ours = item.dialogue

    assert (ours.id, ours.system, ours.condition, ours.card, ours.language) == ("abc", "s", "c", "k", "zh")
    assert (ours.replicate, ours.ending, ours.fault) == (4, "failed", Fault("timeout", "no answer"))
    assert [turn.trace for turn in ours.turns] == [Trace(move=Move("open")), None]
    assert [turn.usage for turn in ours.turns] == [Usage(), Usage(model="m", tokens_out=5)]


def test_leading_system_messages_are_dropped(tmp_path: Path) -> None:
    prompts: list[Line] = [{"role": "system", "content": "Be kind."}, {"role": "system", "content": "Be brief."}]
    path = write_lines(tmp_path / "a.jsonl", [{"messages": prompts + MESSAGES}])

    (item,) = imported(read("messages", path))

    assert [turn.speaker for turn in item.dialogue.turns] == ["seeker", "supporter"]


def test_content_in_parts_and_null_content(tmp_path: Path) -> None:
    parts = [{"type": "text", "text": "Tell "}, {"type": "text", "text": "me."}]
    messages = [MESSAGES[0], {"role": "assistant", "content": parts}, {"role": "assistant", "content": None}]

    (item,) = imported(read("messages", write_lines(tmp_path / "a.jsonl", [{"messages": messages}])))

    assert [turn.text for turn in item.dialogue.turns[1:]] == ["Tell me.", ""]


def test_the_language_is_the_seekers(tmp_path: Path) -> None:
    def of(text: str) -> Line:
        return {"messages": [{"role": "user", "content": text}, MESSAGES[1]]}

    items = read(
        "messages", write_lines(tmp_path / "a.jsonl", [of("我很累。"), of("tired 了"), of("so tired"), of("……")])
    )

    # Where the seeker's turns hold no letters, the supporter's tell.
    assert [item.dialogue.language for item in imported(items)] == ["zh", "zh", "en", "en"]


def test_a_dialogue_without_letters_is_skipped_unless_its_language_is_told(tmp_path: Path) -> None:
    bare: Line = {"messages": [{"role": "user", "content": "123 :("}]}
    items = read("messages", write_lines(tmp_path / "a.jsonl", [bare, {**bare, "language": "zh"}]))

    assert [item.why for item in skipped(items)] == ["no letters that tell its language"]
    assert [item.dialogue.language for item in imported(items)] == ["zh"]


def test_repetitions_are_numbered_and_told_ones_are_kept(tmp_path: Path) -> None:
    line: Line = {"system": "s", "condition": "c", "card": "k", "messages": MESSAGES}
    path = write_lines(tmp_path / "a.jsonl", [{**line, "replicate": 1}, line, line, {**line, "card": "other"}])

    assert [item.dialogue.replicate for item in imported(read("messages", path))] == [1, 0, 2, 0]


@pytest.mark.parametrize("name", ["id", "replicate"])
def test_the_same_dialogue_twice_is_refused(tmp_path: Path, name: str) -> None:
    line: Line = {"system": "s", "condition": "c", "card": "k", name: {"id": "abc", "replicate": 3}[name]}
    path = write_lines(tmp_path / "a.jsonl", [{**line, "messages": MESSAGES}] * 2)

    with pytest.raises(Refused, match=r"a\.jsonl, line 2: an earlier dialogue has the same .* replicate"):
        read("messages", path)


def test_a_dialogue_that_failed_at_once_is_kept(tmp_path: Path) -> None:
    line: Line = {
        "messages": [],
        "language": "en",
        "ending": "failed",
        "fault": {"kind": "refused-key", "detail": "401"},
    }
    (item,) = imported(read("messages", write_lines(tmp_path / "a.jsonl", [line])))

    assert item.dialogue.turns == ()
    assert item.dialogue.fault == Fault("refused-key", "401")


def test_another_name_makes_another_dialogue(tmp_path: Path) -> None:
    line: Line = {"id": "abc", "system": "s", "condition": "c", "card": "k", "messages": MESSAGES}
    path = write_lines(tmp_path / "a.jsonl", [line])

    (same,) = imported(read("messages", path, system="s"))
    (other,) = imported(read("messages", path, system="t"))

    assert same.dialogue.id == "abc"
    assert other.dialogue.system == "t"
    assert other.dialogue.id != "abc"


def test_invalid_text_is_mended_everywhere(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        r'{"system": "s\ud800", "messages": [{"role": "user", "content": "so \udc00 tired\u0000 \ud83d\ude10"}], '
        r'"traces": [{"emotion": {"label": "sad\ud800"}}]}',
        encoding="utf-8",
    )

    (item,) = imported(read("messages", path))
    (turn,) = item.dialogue.turns

    assert turn.text.startswith("so ")
    assert turn.text.endswith(" tired \U0001f610")
    assert turn.trace is not None
    assert turn.trace.emotion is not None
    for text in (turn.text, item.dialogue.system, turn.trace.emotion.label):
        assert text.encode("utf-8")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ({"messages": [{"role": "tool", "content": "x"}]}, r".*'tool' - at `\$\.messages\[0\]\.role`"),
        ({"messages": [{"role": "user"}]}, r"object missing required field `content` - at `\$\.messages\[0\]`"),
        ({"messages": [*MESSAGES, {"role": "system", "content": "x"}]}, r"a `system` message .*`messages\[2\]`"),
        ({"messages": MESSAGES, "language": "de"}, r".*'de' - at `\$\.language`"),
        ({"messages": MESSAGES, "replicate": -1}, r"expected `int` >= 0 - at `\$\.replicate`"),
        ({"messages": MESSAGES, "ending": "failed"}, r"`fault` says why a dialogue failed"),
        ({"messages": MESSAGES, "traces": [None]}, r"`traces` has 1 entries; expected one for each of the 2 messages"),
        ({"messages": MESSAGES, "system": ""}, r"expected `str` of length >= 1 - at `\$\.system`"),
        ({"messages": MESSAGES, "system": " "}, r"nothing there tells the system"),
        ({"message": MESSAGES}, r"object missing required field `messages`"),
    ],
)
def test_a_malformed_line_is_refused(tmp_path: Path, line: Line, message: str) -> None:
    with pytest.raises(Refused, match=rf"a\.jsonl, line 1: {message}"):
        read("messages", write_lines(tmp_path / "a.jsonl", [line]))


def test_a_folder_is_read_file_by_file(tmp_path: Path) -> None:
    for name in ("part10", "part2"):
        write_lines(tmp_path / f"{name}.jsonl", [{"messages": MESSAGES}])

    assert [item.dialogue.card for item in imported(read("messages", tmp_path))] == ["part2-1", "part10-1"]


def test_a_folder_without_json_lines_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"no JSON Lines here"):
        read("messages", tmp_path)
