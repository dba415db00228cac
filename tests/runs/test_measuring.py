"""Measuring a run: who rates what, once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from run_cast import cast, dialogue, enter, plan, run, turns

from hardseek.chat import Fault
from hardseek.dialogues import Transcript
from hardseek.judging import Dimension, Rating
from hardseek.runs import Store, measure, measuring


class Counter:
    """A judge that counts messages and remembers whom it saw."""

    dimensions: Final[tuple[Dimension, ...]] = ()

    def __init__(self, name: str = "counter") -> None:
        self.name = name
        self.seen: list[object] = []

    def rate(self, transcript: Transcript) -> list[Rating]:
        self.seen.append(transcript)
        return [Rating(self.name, "messages", float(len(transcript.messages)))]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path, writable=True) as opened:
        for number in range(4):
            enter(opened, number, dialogue(str(number), turns=turns(number), ending="limit"))
        enter(opened, 4, dialogue("4", turns=turns(3), ending="failed", fault=Fault("empty", "no text")))
        opened.begin(5, dialogue("5"))
        opened.writer.flush()
        yield opened


def scores(store: Store, dimension: str) -> dict[str, float]:
    frame = store.measure_frame([dimension])
    return dict(zip(frame["dialogue"], frame["score"], strict=True))


def test_a_judge_sees_the_transcripts_of_finished_dialogues_and_nothing_else(store: Store) -> None:
    judge, steps = Counter(), []
    measure(store, [judge], measured=lambda: steps.append(1))
    assert judge.seen == [Transcript("en", tuple(turn.message for turn in turns(count))) for count in range(4)]
    assert scores(store, "messages") == {"0": 0, "1": 1, "2": 2, "3": 3}
    assert len(steps) == 8, "outcomes and a judge, of four dialogues"


def test_measured_again_only_what_is_new_is_rated(store: Store) -> None:
    measure(store, [Counter()])
    enter(store, 6, dialogue("6", turns=turns(6), ending="limit"))
    store.writer.flush()
    judge = Counter()
    measure(store, [judge])
    assert len(judge.seen) == 1
    assert scores(store, "messages") == {"0": 0, "1": 1, "2": 2, "3": 3, "6": 6}


def test_when_what_judges_go_by_has_changed_all_is_measured_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.rate(0, [Rating("people", "relief", 4.0)])
    measure(store, [Counter()])
    monkeypatch.setattr(measuring, "sign_judge", lambda name: "changed")
    judge = Counter()
    measure(store, [judge])
    assert len(judge.seen) == 4
    assert scores(store, "relief") == {"0": 4.0}, "what people said stands"


def test_another_judge_leaves_the_measures_of_the_first(store: Store) -> None:
    measure(store, [Counter()])
    first = Counter()
    measure(store, [first, Counter("other")])
    assert first.seen == []


def test_outcomes_are_read_from_the_seekers_own_state(tmp_path: Path) -> None:
    run(tmp_path, plan(cards=1), cast())
    with Store(tmp_path, writable=True) as store:
        measure(store, [])
        relief = scores(store, "relief")
        for _, each in store.finished():
            states = [
                turn.trace.state for turn in each.turns if turn.trace is not None and turn.trace.state is not None
            ]
            assert relief[each.id] == pytest.approx(states[0].distress - states[-1].distress)
        assert len(relief) == 6
