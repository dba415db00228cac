"""Transcripts of VERA-MH."""

from pathlib import Path

import pytest

from hardseek.errors import Refused
from interop.interop_files import corpus, imported, read

TRANSCRIPT = """user: Hi. I can't sleep.

agent: That sounds tiring.

A question for you: since when?
- this week
- longer: months

user: a week
"""


def write(folder: Path, name: str, text: str = TRANSCRIPT) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_turns_of_several_lines_are_kept_whole(tmp_path: Path) -> None:
    (item,) = imported(read("vera-mh", write(tmp_path, "0a1b2c_Kim_some_model_run3.txt")))

    assert [(turn.speaker, turn.text) for turn in item.dialogue.turns] == [
        ("seeker", "Hi. I can't sleep."),
        ("supporter", "That sounds tiring.\n\nA question for you: since when?\n- this week\n- longer: months"),
        ("seeker", "a week"),
    ]


def test_the_file_name_tells_persona_system_and_run(tmp_path: Path) -> None:
    write(tmp_path, "0a1b2c_Kim_some_model_run3.txt")
    write(tmp_path, "ffffff_Kim_some_model_run12.txt")

    dialogues = [item.dialogue for item in imported(read("vera-mh", tmp_path))]

    assert [(d.system, d.condition, d.card, d.replicate, d.language) for d in dialogues] == [
        ("some_model", "vera-mh", "vera-mh-kim", 3, "en"),
        ("some_model", "vera-mh", "vera-mh-kim", 12, "en"),
    ]


def test_the_same_run_twice_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "0a1b2c_Kim_m_run3.txt")
    write(tmp_path, "0a1b2d_Kim_m_run3.txt")

    with pytest.raises(Refused, match=r"0a1b2d_Kim_m_run3\.txt: an earlier dialogue has the same .* replicate 3"):
        read("vera-mh", tmp_path)


def test_windows_line_ends_and_a_byte_order_mark_are_no_mistake(tmp_path: Path) -> None:
    path = tmp_path / "0_Kim_m_run1.txt"
    path.write_bytes(b"\xef\xbb\xbf" + TRANSCRIPT.replace("\n", "\r\n").encode())

    (item,) = imported(read("vera-mh", path))

    assert [turn.speaker for turn in item.dialogue.turns] == ["seeker", "supporter", "seeker"]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("kim.txt", TRANSCRIPT, r"kim\.txt: the name tells no persona, system and run; expected TAG_PERSONA"),
        ("0_Kim_m_run1.txt", "\n\nHello\nuser: hi\n", r"line 3: begins with 'Hello'; expected `user:` or `agent:`"),
        ("0_Kim_m_run1.txt", "no turns at all", r"line 1: begins with 'no turns at all'"),
    ],
)
def test_what_is_no_transcript_is_refused(tmp_path: Path, name: str, text: str, message: str) -> None:
    with pytest.raises(Refused, match=message):
        read("vera-mh", write(tmp_path, name, text))


def test_a_folder_without_transcripts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"expected files such as TAG_PERSONA_SYSTEM_run1\.txt"):
        read("vera-mh", tmp_path)


@pytest.mark.corpus
def test_all_transcripts_of_the_corpus() -> None:
    items = imported(read("vera-mh", corpus("vera_mh")))

    speakers = [turn.speaker for item in items for turn in item.dialogue.turns]
    assert (len(items), speakers.count("seeker"), speakers.count("supporter")) == (35, 525, 525)
    assert all(turn.text for item in items for turn in item.dialogue.turns)
    assert {item.dialogue.system for item in items} == {"g4o"}
