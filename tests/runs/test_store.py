"""The store: what is kept comes back, in order, for every reader."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from hardseek.chat import Fault, Usage
from hardseek.dialogues import Close, Turn
from hardseek.errors import Refused
from hardseek.judging import Rating
from hardseek.runs import Store
from hardseek.runs.store import FILE, Entry, Totals
from hardseek.runs.store import frames as run_frames
from hardseek.seekers import Appraisal, Emotion, Move, SeekerState, Trace
from runs.run_cast import dialogue, enter, turns

TIMEOUT = Fault("timeout", "one: no answer in 2 s")
EMPTY = Fault("empty", "two: no text")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path, writable=True) as opened:
        yield opened


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
unit = st.floats(0, 1)
traces = st.builds(
    Trace,
    state=st.builds(SeekerState, unit, unit, unit, unit, disclosed=st.lists(texts, max_size=2).map(tuple)),
    appraisal=st.none() | st.builds(Appraisal, unit, unit, repetition=unit),
    move=st.none() | st.builds(Move, st.just("tell"), ending=st.sampled_from((None, "resolved", "withdrew"))),
    emotion=st.none() | st.builds(Emotion, texts, st.none() | texts),
    reworded=st.lists(texts, max_size=2).map(tuple),
)
usages = st.builds(
    Usage, st.none() | texts, st.none() | texts, st.none() | st.integers(0), st.none(), st.none() | unit, st.just(1)
).filter(lambda usage: usage.tokens_in is None or usage.tokens_in < 2**63)


@settings(max_examples=15)
@given(said=st.lists(st.builds(Turn, st.sampled_from(("seeker", "supporter")), texts, st.none() | traces, usages)))
def test_turns_come_back_whole_and_in_order(tmp_path_factory: pytest.TempPathFactory, said: list[Turn]) -> None:
    folder = tmp_path_factory.mktemp("turns")
    with Store(folder, writable=True) as store:
        store.begin(3, dialogue("d"))
        # Handed in in any order, twice, among turns of its neighbours: their places decide.
        for position, turn in reversed([*enumerate(said)]):
            store.keep(3, position, Turn("seeker", "not this"))
            store.keep(2, position, Turn("seeker", "of another"))
            store.keep(4, position, Turn("seeker", "of another"))
            store.keep(3, position, turn)
        store.writer.flush()
        assert store.turns(3) == said


def test_a_dialogue_begun_again_keeps_its_turns_and_is_open(store: Store) -> None:
    enter(store, 0, dialogue("d", turns=turns(3), ending="failed", fault=TIMEOUT))
    store.writer.flush()
    assert store.entries(range(1)) == {0: Entry("d", True, TIMEOUT)}
    store.begin(0, dialogue("d"))
    store.writer.flush()
    assert store.entries(range(1)) == {0: Entry("d", False, None)}
    assert tuple(store.turns(0)) == turns(3)


def test_forgetting_touches_no_neighbour(store: Store) -> None:
    for number in range(3):
        enter(store, number, dialogue(str(number), turns=turns(4)))
    store.forget_turns(1)
    store.writer.flush()
    assert [len(store.turns(number)) for number in range(3)] == [4, 0, 4]


def test_entries_are_those_of_the_stretch(store: Store) -> None:
    for number in (1, 4, 5, 9):
        store.begin(number, dialogue(f"d{number}"))
    store.finish(5, Close("limit"))
    store.writer.flush()
    assert store.entries(range(4, 9)) == {4: Entry("d4", False, None), 5: Entry("d5", True, None)}


def test_a_dialogue_is_found_by_id_number_or_the_beginning_of_its_id(store: Store) -> None:
    for number, name in enumerate(("7fa1", "7fb2", "00_c", "1")):
        enter(store, number, dialogue(name, turns=turns(2), ending="limit"))
    store.writer.flush()

    def found(key: str) -> list[str]:
        return [each.id for each in store.find(key)]

    assert store.find("7fa1") == [dialogue("7fa1", turns=turns(2), ending="limit")]
    assert found("7f") == ["7fa1", "7fb2"]
    assert found("0") == ["7fa1"], "a number before the beginning of an id"
    assert found("1") == ["1"], "a whole id before a number"
    assert found("00_") == ["00_c"]
    assert found("7_") == found("%") == found("7FA1") == found("99") == []


def test_dialogues_come_in_the_order_of_the_ids_asked_for(store: Store) -> None:
    for number, name in enumerate("abc"):
        enter(store, number, dialogue(name, turns=turns(number)))
    store.writer.flush()
    assert store.dialogues(["c", "nobody", "a"]) == [dialogue("c", turns=turns(2)), dialogue("a")]


@pytest.mark.parametrize("chunk", [1, 2, 500])
def test_finished_dialogues_come_in_order_with_their_turns(store: Store, chunk: int) -> None:
    whole = {number: dialogue(f"d{number}", turns=turns(number % 4), ending="limit") for number in (8, 2, 5, 3, 13)}
    for number, each in whole.items():
        enter(store, number, each)
    store.begin(4, dialogue("open"))
    store.keep(4, 0, Turn("seeker", "I am still here"))
    store.writer.flush()
    assert list(store.finished(chunk=chunk)) == sorted(whole.items())


def test_who_has_rated_is_not_asked_again(store: Store) -> None:
    for number in range(5):
        enter(store, number, dialogue(str(number), ending="limit"))
    store.rate(1, [Rating("kind", "warmth", 2.0)])
    store.rate(2, [Rating("other", "warmth", 2.0)])
    store.rate(3, [Rating("kind", "warmth", None, "no answer")])
    store.writer.flush()
    assert [number for number, _ in store.finished(unrated_by="kind")] == [0, 2, 4]


def test_ratings_written_while_reading_do_not_disturb_it(store: Store) -> None:
    for number in range(30):
        enter(store, number, dialogue(str(number), ending="limit"))
    store.writer.flush()
    seen = []
    for number, _ in store.finished(unrated_by="kind", chunk=4):
        seen.append(number)
        store.rate(number, [Rating("kind", "warmth", 1.0)])
        store.writer.flush()
    assert seen == list(range(30))
    assert list(store.finished(unrated_by="kind")) == []


def test_counts_totals_usage_and_faults_are_sums_over_the_run(store: Store) -> None:
    assert store.totals() == Totals(turns=0, calls=None, tokens_in=None, tokens_out=None)
    seeker = Turn("seeker", "a", None, Usage(tokens_in=100, tokens_out=7, attempts=1, latency=0.5))
    supporter = Turn("supporter", "b", None, Usage(tokens_in=200, tokens_out=30, attempts=3, latency=1.5))
    silent = Turn("supporter", "c")
    enter(store, 0, dialogue("a", system="one", turns=(seeker, supporter), ending="limit"))
    enter(store, 1, dialogue("b", system="two", turns=(seeker, silent), ending="resolved"))
    enter(store, 2, dialogue("c", system="two", ending="failed", fault=TIMEOUT))
    enter(store, 3, dialogue("d", system="two", ending="failed", fault=Fault("timeout", "two: again")))
    enter(store, 4, dialogue("e", system="one", ending="failed", fault=EMPTY))
    enter(store, 5, dialogue("f"))
    store.begin(6, dialogue("g", system="one"))
    store.keep(6, 0, seeker)
    store.writer.flush()
    assert store.counts() == {"failed": 3, "limit": 1, "open": 1, "resolved": 1, "unknown": 1}
    assert store.totals() == Totals(turns=5, calls=6, tokens_in=500, tokens_out=51)
    assert sorted(store.usage()) == [
        ("one", "seeker", 200, 14), ("one", "supporter", 200, 30), ("two", "seeker", 100, 7),
        ("two", "supporter", None, None),
    ]  # fmt: skip
    assert store.faults() == [("two", "timeout", "one: no answer in 2 s", 2), ("one", "empty", "two: no text", 1)]


def test_what_was_paid_for_turns_that_did_not_come_about_is_counted_each_time(store: Store, tmp_path: Path) -> None:
    enter(store, 0, dialogue("a", system="one", turns=(Turn("seeker", "a", None, Usage(tokens_in=10, attempts=1)),)))
    for fault in (TIMEOUT, EMPTY):
        store.begin(0, dialogue("a", system="one"))
        store.finish(0, Close("failed", fault, "seeker", Usage("m", None, 100, 7, attempts=3)))
    enter(store, 1, dialogue("b", system="two", ending="failed", fault=TIMEOUT))
    store.finish(1, Close("failed", TIMEOUT, "supporter"))
    store.writer.flush()
    assert store.totals() == Totals(turns=1, calls=7, tokens_in=210, tokens_out=14)
    assert store.usage() == [("one", "seeker", 210, 14)]


def test_a_run_of_before_it_was_noted_what_was_paid_in_vain_can_be_read(tmp_path: Path) -> None:
    with Store(tmp_path, writable=True) as store:
        enter(store, 0, dialogue("a", turns=(Turn("seeker", "a", None, Usage(tokens_in=10, attempts=1)),)))
    with closing(sqlite3.connect(tmp_path / FILE)) as database:
        database.execute("DROP TABLE lost")
        database.commit()
    with Store(tmp_path) as store:
        assert store.totals() == Totals(turns=1, calls=1, tokens_in=10, tokens_out=None)


def test_the_dialogue_frame_has_a_row_for_each_finished_dialogue(store: Store) -> None:
    enter(store, 5, dialogue("b", card="c2", language="zh", replicate=3, turns=turns(5), ending="withdrew"))
    enter(store, 2, dialogue("a", turns=turns(1), ending="failed", fault=TIMEOUT))
    enter(store, 7, dialogue("c", turns=turns(2)))
    store.begin(8, dialogue("open"))
    store.writer.flush()
    expected = pl.DataFrame(
        {
            "dialogue": ["a", "b", "c"],
            "system": ["one"] * 3,
            "condition": ["average"] * 3,
            "language": ["en", "zh", "en"],
            "card": ["c", "c2", "c"],
            "replicate": [0, 3, 0],
            "ending": ["failed", "withdrew", None],
            "fault": ["timeout", None, None],
            "exchanges": [0, 2, 1],
        }
    ).cast({pl.String: pl.Categorical, "replicate": pl.Int32, "exchanges": pl.Int32})
    assert_frame_equal(store.dialogue_frame(), expected)


def test_the_measure_frame_leaves_failed_and_open_dialogues_out(store: Store) -> None:
    enter(store, 0, dialogue("a", ending="limit"))
    enter(store, 1, dialogue("b", ending="failed", fault=EMPTY))
    enter(store, 2, dialogue("c"))
    store.begin(3, dialogue("d"))
    for number in range(4):
        store.rate(number, [Rating("kind", "warmth", float(number)), Rating("kind", "depth", None, "no answer")])
    store.rate(0, [Rating("kind", "warmth", 9.0)])  # in place of what was said before
    store.writer.flush()
    frame = store.measure_frame()
    assert frame.schema == {
        **dict.fromkeys(("dialogue", "system", "condition", "language", "card"), pl.Categorical()),
        "replicate": pl.Int32(),
        "dimension": pl.Categorical(),
        "score": pl.Float64(),
        "unscored": pl.Categorical(),
    }
    said = frame.cast({pl.Categorical: pl.String}).select("dialogue", "dimension", "score", "unscored")
    assert sorted(said.rows()) == [
        ("a", "depth", None, "no answer"), ("a", "warmth", 9.0, None),
        ("c", "depth", None, "no answer"), ("c", "warmth", 2.0, None),
    ]  # fmt: skip
    assert store.measure_frame(["warmth"]).height == 2
    assert store.measure_frame([]).height == 0


def test_frames_read_in_pieces_are_the_same(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(7):
        enter(store, number, dialogue(str(number), system=f"s{number % 3}", ending=("limit", "withdrew")[number % 2]))
    store.writer.flush()
    whole = store.dialogue_frame()
    monkeypatch.setattr(run_frames, "_CHUNK", 2)
    assert_frame_equal(store.dialogue_frame(), whole)
    assert whole.height == 7


def test_what_is_noted_comes_back_and_the_last_word_counts(store: Store) -> None:
    store.note("planned", 7)
    store.note("planned", {"en": [1, "两"]})
    store.writer.flush()
    assert store.noted("planned") == {"en": [1, "两"]}
    assert store.noted("nothing") is None


READ = """
import sys
from pathlib import Path
from hardseek.runs import Store
with Store(Path(sys.argv[1])) as store:
    print([turn.text for turn in store.turns(0)], store.counts())
"""


def test_another_process_reads_while_it_is_written(store: Store, tmp_path: Path) -> None:
    store.begin(0, dialogue("d"))
    store.keep(0, 0, Turn("seeker", "hello"))
    store.writer.flush()
    seen = subprocess.run([sys.executable, "-c", READ, tmp_path], capture_output=True, text=True, check=False)
    assert (seen.stdout, seen.stderr) == ("['hello'] {'open': 1}\n", "")
    store.keep(0, 1, Turn("supporter", "hi"))
    store.writer.flush()
    with Store(tmp_path) as reader:
        assert len(reader.turns(0)) == 2
        with pytest.raises(RuntimeError, match="opened for reading"):
            reader.note("planned", 1)


def test_a_run_in_a_folder_that_cannot_be_written_is_read_and_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "shared #1"  # what stands in a path stands for nothing else
    folder.mkdir()
    with Store(folder, writable=True) as store:
        enter(store, 0, dialogue("d", turns=turns(2)))
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with Store(folder) as reader:
        assert len(reader.turns(0)) == 2
        assert [path.name for path in folder.iterdir()] == [FILE]
    assert [path.name for path in folder.iterdir()] == [FILE]


def test_what_is_still_in_the_log_is_read_where_nothing_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(tmp_path, writable=True) as store:
        enter(store, 0, dialogue("d", turns=turns(2)))
        store.flush()
        monkeypatch.setattr(os, "access", lambda path, mode: False)
        with Store(tmp_path) as reader:
            assert len(reader.turns(0)) == 2


def test_what_is_no_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="holds no run"):
        Store(tmp_path)
    (tmp_path / "run.sqlite").write_bytes(b"this is some other file" * 100)
    for writable in (False, True):
        with pytest.raises(Refused, match="cannot be opened as a run"):
            Store(tmp_path, writable=writable)


def test_wordings_thrown_away_are_counted_by_kind(tmp_path: Path) -> None:
    rejected = ("is far too long (90, aimed at 10); echoes the supporter", "is far too long (80, aimed at 10)")
    said = (
        Turn("seeker", "a", Trace(reworded=rejected)),
        Turn("supporter", "b"),
        Turn("seeker", "c", Trace(reworded=("tells nights, which is not to be told yet",))),
        Turn("seeker", "d", Trace()),
    )
    with Store(tmp_path, writable=True) as store:
        enter(store, 0, dialogue("a", turns=said, ending="limit"))
        store.writer.flush()
        assert store.rewordings() == (3, 2, {"long": 1, "echo": 1, "telling": 1})
