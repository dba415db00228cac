"""The dialogues that ESC-Eval writes."""

from pathlib import Path

import pytest

from hardseek.errors import Refused
from interop.interop_files import corpus, imported, read, skipped, write_json

ENGLISH = [
    "AI assistant：Hello, what brings you here?",
    "ESC-Role: My exam: I failed it.",
    "AI assistant: \nOh no.\n\nTell me.",
]
CHINESE = [
    "AI assistant：你好，想聊什么？",
    "ESC-Role：我没考好。",
    "AI assistant：I am sorry to hear that you did not pass.",
]


@pytest.fixture
def result(tmp_path: Path) -> Path:
    folder = tmp_path / "project" / "result"
    write_json(folder / "2024-06-24" / "some_model_en.json", {"0": ENGLISH, "1": ENGLISH[:2]})
    write_json(folder / "2024-06-24" / "some_model_zh.json", {"0": CHINESE})
    write_json(tmp_path / "project" / "score" / "2024-06-24" / "some_model_en.json", {"0": {"fluency": 3}})
    return folder


def test_messages_are_split_at_either_colon(result: Path) -> None:
    first, second = imported(read("esc-eval", result / "2024-06-24" / "some_model_en.json"))

    assert [(turn.speaker, turn.text) for turn in first.dialogue.turns] == [
        ("supporter", "Hello, what brings you here?"),
        ("seeker", "My exam: I failed it."),
        ("supporter", "Oh no.\n\nTell me."),
    ]
    assert len(second.dialogue.turns) == 2


def test_the_file_name_tells_system_and_language(result: Path) -> None:
    for path in (result.parent, result, result / "2024-06-24"):
        dialogues = [item.dialogue for item in imported(read("esc-eval", path))]
        assert [(d.system, d.condition, d.card, d.language) for d in dialogues] == [
            ("some_model", "esc-eval", "esc-eval-en-0", "en"),
            ("some_model", "esc-eval", "esc-eval-en-1", "en"),
            ("some_model", "esc-eval", "esc-eval-zh-0", "zh"),
        ]


def test_cards_are_named_when_their_file_is_beside(result: Path) -> None:
    write_json(result.parent / "data" / "test_en.json", [{"id": 32025, "base": "a"}, {"id": 32027, "base": "b"}])
    write_json(
        result.parent / "data" / "test_zh.json", [{"id": 1, "base": "a"}, {"id": 2, "base": "of another result"}]
    )

    cards = [item.dialogue.card for item in imported(read("esc-eval", result))]

    assert cards == ["esc-eval-en-32025", "esc-eval-en-32027", "esc-eval-zh-0"]


def test_a_later_date_is_a_repetition(result: Path) -> None:
    write_json(result / "2024-07-01" / "some_model_zh.json", {"0": CHINESE})

    dialogues = [item.dialogue for item in imported(read("esc-eval", result))]

    assert [d.replicate for d in dialogues if d.card == "esc-eval-zh-0"] == [0, 1]


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("model.json", {}, r"model\.json: the name tells no system and language; expected SYSTEM_en\.json"),
        ("m_en.json", [], r"m_en\.json: expected `object`, got `array`"),
        ("m_en.json", {"0": [1]}, r"m_en\.json: expected `str`, got `int`"),
        ("m_en.json", {"4": [ENGLISH[0], "Bot: hi"]}, r"m_en\.json, dialogue 4, message 2: begins with 'Bot: hi'"),
    ],
)
def test_what_is_not_esc_eval_is_refused(tmp_path: Path, name: str, value: object, message: str) -> None:
    with pytest.raises(Refused, match=message):
        read("esc-eval", write_json(tmp_path / name, value))


def test_a_folder_without_dialogues_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"expected result/DATE/SYSTEM_en\.json"):
        read("esc-eval", tmp_path)


def test_a_dialogue_without_messages_is_skipped(tmp_path: Path) -> None:
    items = read("esc-eval", write_json(tmp_path / "m_zh.json", {"0": [], "1": CHINESE}))

    assert [(item.where, item.why) for item in skipped(items)] == [
        (f"{tmp_path / 'm_zh.json'}, dialogue 0", "no turns")
    ]
    assert [item.dialogue.card for item in imported(items)] == ["esc-eval-zh-1"]


@pytest.mark.corpus
def test_the_examples_of_the_project() -> None:
    items = imported(read("esc-eval", corpus("esc_eval", "result")))

    assert [len(item.dialogue.turns) for item in items] == [11] * 12
    assert {(item.dialogue.system, item.dialogue.language) for item in items} == {
        (system, language) for system in ("llama3", "Qwen_7B") for language in ("en", "zh")
    }
    assert {item.dialogue.card for item in items if item.dialogue.language == "en"} == {
        "esc-eval-en-32025",
        "esc-eval-en-32027",
        "esc-eval-en-32032",
    }
