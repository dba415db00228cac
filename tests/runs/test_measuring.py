"""Measuring a run: who rates what, once."""

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pytest

from hardseek.chat import Fault, FaultError
from hardseek.dialogues import Transcript
from hardseek.judging import Bench, Dimension, Judge, Judgement, Rating, Settings
from hardseek.runs import Measured, Store, measuring
from runs.run_cast import cast, dialogue, enter, plan, run, turns


class Counter:
    """A judge that counts messages and remembers whom it saw."""

    dimensions: Final[tuple[Dimension, ...]] = ()

    def __init__(self, name: str = "counter", *, settings: Settings = (), breaks: bool = False) -> None:
        self.name, self.settings, self._breaks = name, settings, breaks
        self.seen: list[object] = []

    async def judge(self, transcript: Transcript, *, author: str | None = None) -> Judgement:
        if self._breaks and transcript.messages:
            raise FaultError("unreachable", "nobody there")
        self.seen.append(transcript)
        await asyncio.sleep(0)
        return Judgement((Rating(self.name, "messages", float(len(transcript.messages))),))

    async def close(self) -> None:
        """Hold nothing."""


def measure(store: Store, judges: Sequence[Judge], concurrency: int = 1) -> Measured:
    return asyncio.run(measuring.measure(store, Bench(tuple(judges)), concurrency=concurrency))


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
    judge = Counter()
    measured = measure(store, [judge])
    assert judge.seen == [Transcript("en", tuple(turn.message for turn in turns(count))) for count in range(4)]
    assert scores(store, "messages") == {"0": 0, "1": 1, "2": 2, "3": 3}
    assert (measured.planned, measured.done, measured.unasked) == (4, 4, 0)


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
    monkeypatch.setattr(measuring, "sign_judge", lambda name, settings=(): "changed")
    judge = Counter()
    measure(store, [judge])
    assert len(judge.seen) == 4
    assert scores(store, "relief") == {"0": 4.0}, "what people said stands"


def test_when_a_judges_settings_have_changed_only_its_own_measures_are_made_anew(store: Store) -> None:
    measure(store, [Counter(), Counter("other")])
    first, other = Counter(), Counter("other", settings=("another rubric",))
    measure(store, [first, other])
    assert (len(first.seen), len(other.seen)) == (0, 4)


def test_what_a_judge_could_not_be_asked_about_is_not_unscored_and_waits(store: Store) -> None:
    measured = measure(store, [Counter(breaks=True)], concurrency=3)
    assert (measured.done, measured.unasked, measured.why) == (1, 3, "unreachable: nobody there")
    assert scores(store, "messages") == {"0": 0}
    assert measure(store, [Counter()]).done == 3


def test_several_dialogues_are_rated_at_once_and_each_once(store: Store) -> None:
    judge = Counter()
    measure(store, [judge], concurrency=3)
    assert len(judge.seen) == 4
    assert scores(store, "messages") == {"0": 0, "1": 1, "2": 2, "3": 3}


def test_a_stop_leaves_the_rest_for_the_next_time(store: Store) -> None:
    judge = Counter()
    asyncio.run(measuring.measure(store, Bench((judge,)), pausing=lambda: len(judge.seen) >= 2))
    assert len(judge.seen) == 2
    assert measure(store, [Counter()]).done == 2


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
