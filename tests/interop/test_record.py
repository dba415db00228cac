"""Dialogues written for other tools, and read back."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardseek.chat import NOTHING_USED, Fault, Usage
from hardseek.dialogues import Dialogue, Ending, Turn
from hardseek.errors import Refused
from hardseek.interop import record, write_jsonl, write_parquet
from hardseek.language import LANGUAGES, clean
from hardseek.seekers import Appraisal, Emotion, Move, SeekerState, Trace
from interop.interop_files import imported, read

SEEKER = Turn("seeker", "我睡不着。", Trace(emotion=Emotion("sad")))
SUPPORTER = Turn("supporter", "多久了？", None, Usage(model="m", tokens_in=9, tokens_out=4, latency=0.25, attempts=1))
DIALOGUE = Dialogue("d1", "s", "worst", "k", "zh", 2, (SEEKER, SUPPORTER), "withdrew")
FAILED = Dialogue("d2", "s", "worst", "k2", "en", 0, (), "failed", Fault("timeout", "no answer in 120 s"))

LEFT: tuple[Ending | None, ...] = (None, "resolved", "withdrew", "limit")

texts = st.text(max_size=30).map(clean)
names = texts.filter(bool)
unit = st.floats(0, 1)
states = st.builds(SeekerState, distress=st.floats(0, 10), trust=unit, openness=unit, engagement=unit)
moves = st.builds(Move, act=st.sampled_from(["open", "tell", "withdraw"]), ending=st.none() | st.just("withdrew"))
traces = st.builds(
    Trace,
    state=st.none() | states,
    appraisal=st.none() | st.builds(Appraisal, understanding=unit),
    move=st.none() | moves,
    emotion=st.none() | st.builds(Emotion, label=names, reason=st.none() | texts),
    reworded=st.lists(texts, max_size=2).map(tuple),
)
usages = st.builds(
    Usage, model=st.none() | names, tokens_in=st.none() | st.integers(0, 10**6), latency=st.none() | st.floats(0, 1e3)
)
turns = st.builds(Turn, st.just("seeker"), texts, st.none() | traces) | st.builds(
    Turn, st.just("supporter"), texts, st.none(), usages
)
talks = st.lists(turns, max_size=4).map(tuple)
faults = st.builds(Fault, st.sampled_from(["timeout", "empty"]), texts)


@st.composite
def dialogues(draw: st.DrawFn) -> Dialogue:
    fault = draw(st.none() | faults)
    ending: Ending | None = "failed" if fault else draw(st.sampled_from(LEFT))
    # A dialogue without text is kept only as a failure.
    said = draw(talks if fault else talks.filter(lambda talk: any(turn.text for turn in talk)))
    id_, system, condition, card = (draw(names) for _ in range(4))
    language = draw(st.sampled_from(LANGUAGES))
    return Dialogue(id_, system, condition, card, language, draw(st.integers(0, 99)), said, ending, fault)


several = st.lists(dialogues(), max_size=4, unique_by=lambda dialogue: dialogue.id)


@settings(max_examples=60)
@given(several)
def test_what_is_written_is_read_back(given_: list[Dialogue]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "all.jsonl"
        with path.open("wb") as stream:
            assert write_jsonl(given_, stream, traces=True, usage=True) == len(given_)
        assert [item.dialogue for item in imported(read("messages", path))] == given_


def test_a_record_holds_what_defines_the_dialogue_and_no_more() -> None:
    assert record(DIALOGUE) == {
        "id": "d1",
        "system": "s",
        "condition": "worst",
        "card": "k",
        "language": "zh",
        "replicate": 2,
        "messages": [{"role": "user", "content": "我睡不着。"}, {"role": "assistant", "content": "多久了？"}],
        "ending": "withdrew",
        "fault": None,
    }
    assert record(FAILED)["fault"] == {"kind": "timeout", "detail": "no answer in 120 s"}


def test_latency_changes_no_byte_of_the_default_record() -> None:
    slow = Dialogue(
        "d1", "s", "worst", "k", "zh", 2, (SEEKER, Turn("supporter", "多久了？", None, NOTHING_USED)), "withdrew"
    )
    streams = io.BytesIO(), io.BytesIO()
    write_jsonl([DIALOGUE], streams[0])
    write_jsonl([slow], streams[1])

    assert streams[0].getvalue() == streams[1].getvalue()
    assert streams[0].getvalue().endswith(b'"ending":"withdrew","fault":null}\n')


def test_traces_and_usage_stand_beside_the_messages() -> None:
    full = record(DIALOGUE, traces=True, usage=True)

    assert full["traces"] == [{"emotion": {"label": "sad"}}, None]
    assert full["usage"] == [{}, {"model": "m", "tokens_in": 9, "tokens_out": 4, "latency": 0.25, "attempts": 1}]
    assert {key: full[key] for key in record(DIALOGUE)} == record(DIALOGUE)


def test_parquet_has_a_row_a_dialogue(tmp_path: Path) -> None:
    path = tmp_path / "all.parquet"
    assert write_parquet([DIALOGUE, FAILED], path) == 2

    assert pl.read_parquet(path).to_dicts() == [record(DIALOGUE), record(FAILED)]


def test_parquet_with_traces_and_usage(tmp_path: Path) -> None:
    path = tmp_path / "all.parquet"
    write_parquet([DIALOGUE], path, traces=True, usage=True)

    (row,) = pl.read_parquet(path).to_dicts()
    full = record(DIALOGUE, traces=True, usage=True)
    assert [trace and json.loads(trace) for trace in row["traces"]] == full["traces"]
    assert row["usage"][1] == {"finish_reason": None, **full["usage"][1]}


def test_parquet_of_more_than_a_chunk_keeps_the_order(tmp_path: Path) -> None:
    path = tmp_path / "all.parquet"
    many = (Dialogue(str(n), "s", "c", "k", "en", n, (Turn("seeker", f"turn {n}"),), None) for n in range(4_500))
    assert write_parquet(many, path) == 4_500

    frame = pl.read_parquet(path)
    assert frame["replicate"].to_list() == list(range(4_500))
    assert frame["messages"][4_321].to_list() == [{"role": "user", "content": "turn 4321"}]
    assert [found.name for found in tmp_path.iterdir()] == ["all.parquet"]


def test_parquet_of_nothing_has_the_columns(tmp_path: Path) -> None:
    path = tmp_path / "none.parquet"
    assert write_parquet([], path) == 0

    frame = pl.read_parquet(path)
    assert frame.height == 0
    assert frame.columns == list(record(DIALOGUE))


def test_parquet_that_cannot_be_finished_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "all.parquet"
    path.write_bytes(b"before")

    def broken() -> Iterator[Dialogue]:
        yield DIALOGUE
        raise Refused("the store is gone")

    with pytest.raises(Refused, match="the store is gone"):
        write_parquet(broken(), path)
    assert path.read_bytes() == b"before"
    assert [found.name for found in tmp_path.iterdir()] == ["all.parquet"]
