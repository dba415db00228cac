"""The feeder: which dialogue is held next."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardseek.chat import CONTENT_FAULTS, Fault, FaultKind
from hardseek.dialogues import Close
from hardseek.errors import HardseekError
from hardseek.runs import Plan, Store
from hardseek.runs import feeder as feeding
from hardseek.runs.feeder import Feeder, Job
from runs.run_cast import dialogue, plan, turns


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path, writable=True) as opened:
        yield opened


def everything(feeder: Feeder) -> list[Job]:
    """Take jobs one after the other, each done at once."""
    jobs = []
    while (job := feeder.take()) is not None:
        feeder.done(job)
        jobs.append(job)
    return jobs


def close(store: Store, of: Plan, number: int, end: Close | None) -> None:
    """Enter a dialogue of the plan as it stands after an earlier process."""
    spec = next(spec for place in range(len(of.experiment.systems)) for spec in of.of_system(place)
                if spec.number == number)  # fmt: skip
    store.begin(number, dialogue(spec.id))
    if end is not None:
        store.finish(number, end)
    store.writer.flush()


def test_one_at_a_time_they_come_in_the_order_of_the_plan(store: Store) -> None:
    of = plan(replicates=3)
    feeder = Feeder(of, store)
    assert [job.spec.number for job in everything(feeder)] == list(range(len(of)))
    assert feeder.found_finished == 0
    assert feeder.take() is None


@settings(max_examples=12)
@given(places=st.integers(1, 12), order=st.randoms(use_true_random=False))
def test_every_dialogue_comes_once_from_the_system_with_the_fewest_in_progress(
    tmp_path_factory: pytest.TempPathFactory, places: int, order: Random
) -> None:
    of = plan(cards=3, systems=["one", "two", "three"])
    with Store(tmp_path_factory.mktemp("feeder"), writable=True) as store:
        feeder = Feeder(of, store)
        taken: Counter[int] = Counter()
        progress: list[Job] = []
        while sum(taken.values()) < len(of):
            held = Counter(job.place for job in progress)
            fewest = min(held[place] for place in range(3) if taken[place] < len(of) // 3)
            job = feeder.take()
            assert job is not None
            assert held[job.place] == fewest
            assert job.spec.number == job.place + 3 * taken[job.place], "each system goes through the plan in order"
            taken[job.place] += 1
            progress.append(job)
            if len(progress) == places:
                feeder.done(progress.pop(order.randrange(places)))
        assert feeder.take() is None


def test_a_stuck_system_holds_its_share_of_the_places_and_no_more(store: Store) -> None:
    of, stuck, places = plan(cards=20), 1, 9
    feeder = Feeder(of, store)
    progress = [job for _ in range(places) if (job := feeder.take()) is not None]
    others = 0
    while others < 60:
        job = next(job for job in progress if job.place != stuck)  # these are answered, those of `stuck` never
        progress.remove(job)
        feeder.done(job)
        others += 1
        following = feeder.take()
        assert following is not None
        progress.append(following)
        assert sum(job.place == stuck for job in progress) == places // 3


def test_finished_ones_are_left_and_begun_ones_gone_on_with(store: Store) -> None:
    of = plan()
    close(store, of, 0, Close("resolved"))
    close(store, of, 4, Close("limit"))
    close(store, of, 5, None)
    feeder = Feeder(of, store)
    jobs = {job.spec.number: job for job in everything(feeder)}
    assert sorted(jobs) == [number for number in range(len(of)) if number not in {0, 4}]
    assert feeder.found_finished == 2
    assert [number for number, job in jobs.items() if job.entry is not None] == [5]


PASSING: tuple[FaultKind, ...] = ("refused-key", "unknown-model", "rate-limited", "unreachable", "timeout", "internal")


def test_failures_that_may_pass_are_tried_again_and_results_are_left(store: Store) -> None:
    of, kinds = plan(), [*PASSING, *sorted(CONTENT_FAULTS)]
    for number, kind in enumerate(kinds):
        close(store, of, number, Close("failed", Fault(kind, "detail")))
    feeder = Feeder(of, store)
    again = {kinds[job.spec.number] for job in everything(feeder) if job.spec.number < len(kinds)}
    assert again == set(PASSING)
    assert feeder.found_finished == len(CONTENT_FAULTS)


def test_after_a_stop_the_systems_that_are_behind_catch_up(store: Store) -> None:
    of = plan()
    for number in (0, 3, 6, 1):  # system 0 had three, system 1 one, system 2 none
        close(store, of, number, Close("limit"))
    numbers = [job.spec.number for job in everything(Feeder(of, store))]
    assert numbers[:3] == [9, 4, 2], "each system's next"
    assert numbers[3:8] == [5, 7, 8, 10, 11], "those behind catch up"
    assert numbers[8:] == list(range(12, len(of)))


def test_another_plans_dialogue_is_no_ones_to_go_on_with(store: Store) -> None:
    store.begin(2, dialogue("of another plan", turns=turns(1)))
    store.writer.flush()
    with pytest.raises(HardseekError, match="dialogue 2 of the run is another one"):
        everything(Feeder(plan(), store))


@pytest.mark.parametrize("chunk", [1, 3, 1000])
def test_the_plan_is_looked_through_in_pieces(store: Store, monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    monkeypatch.setattr(feeding, "_CHUNK", chunk)
    of = plan()
    for number in (1, 2, 7, len(of) - 1):
        close(store, of, number, Close("limit"))
    feeder = Feeder(of, store)
    left = [job.spec.number for job in everything(feeder)]
    assert sorted(left) == [number for number in range(len(of)) if number not in {1, 2, 7, len(of) - 1}]
