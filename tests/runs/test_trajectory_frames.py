"""The hidden states of seekers, read in frames of whole dialogues."""

from pathlib import Path

import polars as pl
import pytest

from hardseek.chat import Fault
from hardseek.dialogues import Turn
from hardseek.runs import Store
from hardseek.runs.store import frames as run_frames
from hardseek.seekers import SeekerState, Trace
from runs.run_cast import dialogue, enter


def turn(distress: float | None, *facts: str) -> Turn:
    state = SeekerState(distress, 0.5, 0.4, 0.3, disclosed=facts) if distress is not None else None
    return Turn("seeker", "…", Trace(state=state))


REPLY = Turn("supporter", "I see.")


def read(folder: Path) -> list[pl.DataFrame]:
    with Store(folder) as store:
        return list(store.trajectory_frames())


def test_states_come_back_by_exchange(tmp_path: Path) -> None:
    with Store(tmp_path, writable=True) as store:
        enter(
            store, 0, dialogue("d0", turns=(turn(6.0), REPLY, turn(None), REPLY, turn(4.0, "f", "g")), ending="limit")
        )
        enter(store, 1, dialogue("d1", turns=(Turn("seeker", "a person"), REPLY), ending=None))
        failed = dialogue("d2", turns=(turn(6.0),), ending="failed", fault=Fault("timeout", "none"))
        enter(store, 2, failed)
    (frame,) = read(tmp_path)
    assert frame.select("dialogue", "exchange", "distress", "trust", "disclosed").rows() == [
        ("d0", 1, 6.0, 0.5, 0), ("d0", 3, 4.0, 0.5, 2)
    ]  # fmt: skip
    assert {"system", "condition", "language", "card", "replicate"} < set(frame.columns)


def test_a_dialogue_is_whole_in_one_frame(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_frames, "_DIALOGUES", 2)
    with Store(tmp_path, writable=True) as store:
        for number in range(5):
            said = (turn(5.0), REPLY, turn(float(number)), REPLY)
            enter(store, number, dialogue(f"d{number}", turns=said, ending="limit"))
    frames = read(tmp_path)
    assert [frame.height for frame in frames] == [4, 4, 2]
    assert pl.concat(frames).filter(exchange=2)["distress"].to_list() == [0.0, 1.0, 2.0, 3.0, 4.0]


def test_an_empty_run_has_none(tmp_path: Path) -> None:
    with Store(tmp_path, writable=True):
        pass
    assert read(tmp_path) == []
