"""The engine: the dialogues that come out do not depend on how they were held."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardseek.chat import FaultError, Message, Usage
from hardseek.dialogues import Turn
from hardseek.errors import HardseekError
from hardseek.runs import Plan, Store, StoreFailed, Tally
from hardseek.runs import engine as engines
from hardseek.runs import writer as writing
from hardseek.runs.writer import connect
from hardseek.seekers import Part, Trace, Utterance
from hardseek.seekers.spec import EscEvalSeeker
from hardseek.supporters import Reply, Talk
from runs.run_cast import Nap, PlayedSeeker, PlayedSupporter, cast, dialogue, engine, export, plan, run, told, turns

PLAN = plan(cards=6, replicates=2)
"""72 dialogues, for three systems."""


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The dialogues of the plan, held one after the other."""
    folder = tmp_path_factory.mktemp("unbroken")
    one_by_one = plan(cards=6, replicates=2, concurrency=1)
    assert run(folder, one_by_one)[0]
    return export(folder)


def sleepy(seed: int) -> list[PlayedSupporter]:
    return [PlayedSupporter(Nap(0.004, seed + place)) for place in range(3)]


def calls_until_paused(folder: Path, of: Plan, stop: int, seed: int) -> int:
    """Run until paused in the `stop`-th call of supporters; returns how many calls were made."""
    calls = 0
    supporters = sleepy(seed)
    with engine(folder, of, cast(*supporters)) as (started, _, _):

        def pause(talk: Talk, transcript: Sequence[Message]) -> None:
            nonlocal calls
            calls += 1
            if calls == stop:
                started.pause()

        for supporter in supporters:
            supporter.before = pause
        asyncio.run(started.run())
    return calls


def test_a_run_holds_every_dialogue_of_the_plan(tmp_path: Path) -> None:
    finished, tally = run(tmp_path, PLAN)
    assert finished
    assert (tally.done, tally.dialogues, tally.failed, tally.found_finished) == (72, 72, 0, 0)
    with Store(tmp_path) as store:
        kept = [(number, each.id) for number, each in store.finished()]
        assert set(store.counts()) == {"limit", "withdrew"}, "seekers of both kinds are in this test"
        assert store.totals().turns == tally.turns
    specs = [spec for place in range(3) for spec in PLAN.of_system(place)]
    assert kept == sorted((spec.number, spec.id) for spec in specs)


@pytest.mark.parametrize(("concurrency", "seed"), [(1, 1), (7, 2), (50, 3), (500, 4)])
def test_the_dialogues_do_not_depend_on_concurrency_or_order(
    tmp_path: Path, unbroken: bytes, concurrency: int, seed: int
) -> None:
    of = plan(cards=6, replicates=2, concurrency=concurrency)
    nap = 0.0 if concurrency == 1 else 0.004
    seeker = PlayedSeeker(Nap(nap, seed))
    order: list[str] = []
    supporters = [PlayedSupporter(Nap(nap, place), lambda talk, _: order.append(talk.session)) for place in range(3)]
    assert run(tmp_path, of, cast(*supporters, seeker=seeker))[0]
    assert export(tmp_path) == unbroken
    apart = sum(one != other for one, other in pairwise(order))
    assert (apart == 71) == (concurrency == 1), "together they are in each other's way, alone they are not"


def test_no_more_dialogues_are_in_progress_than_the_experiment_says(tmp_path: Path) -> None:
    speaking, most = 0, 0

    class Counting(PlayedSeeker):
        async def speak(self, part: Part, transcript: Sequence[Message], last: Trace | None) -> Utterance:
            nonlocal speaking, most
            speaking += 1
            most = max(most, speaking)
            utterance = await super().speak(part, transcript, last)
            speaking -= 1
            return utterance

    run(tmp_path, plan(systems=["one"], cards=8, concurrency=5), cast(PlayedSupporter(), seeker=Counting(Nap(0.003))))
    assert most == 5


@settings(max_examples=6)
@given(stops=st.lists(st.integers(1, 120), min_size=1, max_size=4), concurrency=st.sampled_from((1, 8, 50)))
def test_paused_and_gone_on_with_it_comes_to_the_same(
    tmp_path_factory: pytest.TempPathFactory, unbroken: bytes, stops: list[int], concurrency: int
) -> None:
    folder = tmp_path_factory.mktemp("paused")
    of = plan(cards=6, replicates=2, concurrency=concurrency)
    for seed, stop in enumerate(stops):
        calls = calls_until_paused(folder, of, stop, seed)
        assert calls <= stop + concurrency, "what is in progress finishes its turn, nothing else is begun"
    assert run(folder, of)[0]
    assert export(folder) == unbroken


@settings(max_examples=6)
@given(moments=st.lists(st.floats(0.001, 0.03), min_size=1, max_size=4))
def test_broken_off_in_the_middle_of_calls_it_comes_to_the_same(
    tmp_path_factory: pytest.TempPathFactory, unbroken: bytes, moments: list[float]
) -> None:
    folder = tmp_path_factory.mktemp("broken")

    async def broken_off(running: engines.Engine, moment: float) -> None:
        held = asyncio.create_task(running.run())
        await asyncio.sleep(moment)
        held.cancel()
        await asyncio.gather(held, return_exceptions=True)

    for seed, moment in enumerate(moments):
        with engine(folder, PLAN, cast(*sleepy(seed))) as (started, _, _):
            asyncio.run(broken_off(started, moment))
    assert run(folder, PLAN)[0]
    assert export(folder) == unbroken


def test_asked_to_stop_before_it_began_it_begins_nothing(tmp_path: Path) -> None:
    supporters = sleepy(0)
    with engine(tmp_path, PLAN, cast(*supporters)) as (started, store, _):
        started.pause()
        assert not asyncio.run(started.run())
        store.writer.flush()
        assert store.counts() == {}
    assert all(not supporter.talks for supporter in supporters)


def test_a_finished_run_has_nothing_left_to_do(tmp_path: Path) -> None:
    run(tmp_path, PLAN)
    supporters = sleepy(0)
    finished, tally = run(tmp_path, PLAN, cast(*supporters))
    assert finished
    assert all(not supporter.talks for supporter in supporters)
    assert (tally.dialogues, tally.found_finished, tally.done, tally.turns) == (0, 72, 72, 0)


def fault_of(talk: Talk, transcript: Sequence[Message]) -> None:
    if len(transcript) == 3:
        raise FaultError("timeout", "two: no answer in 2 s")


def no_text(talk: Talk, transcript: Sequence[Message]) -> None:
    raise FaultError("empty", "two: no text")


def mistake(talk: Talk, transcript: Sequence[Message]) -> None:
    raise ValueError("first line\nsecond line \ud800" + "x" * 10_000)


def test_what_fails_stays_in_its_dialogue(tmp_path: Path, unbroken: bytes) -> None:
    finished, tally = run(tmp_path, PLAN, cast(PlayedSupporter(), PlayedSupporter(before=fault_of), PlayedSupporter()))
    assert finished, "a failed dialogue is a finished one"
    assert tally.dialogues == 72
    with Store(tmp_path) as store:
        kept = [each for _, each in store.finished()]
        failures = store.faults()
        turns_before = store.totals().turns
    failed = [each for each in kept if each.ending == "failed"]
    assert {each.system for each in failed} == {"two"}
    assert tally.failed == len(failed) > 0
    assert failures == [("two", "timeout", "two: no answer in 2 s", len(failed))]
    assert {len(each.turns) for each in failed} == {3}, "what was said before stands, and nothing else"
    # The same command tries again what may pass, from where it stands, and then all is as if it had never failed.
    finished, tally = run(tmp_path, PLAN)
    assert (tally.dialogues, tally.found_finished, tally.failed) == (len(failed), 72 - len(failed), 0)
    with Store(tmp_path) as store:
        assert store.totals().turns == turns_before + tally.turns, "nothing that stands is asked for again"
    assert export(tmp_path) == unbroken


def test_a_failure_that_is_a_result_is_not_tried_again(tmp_path: Path) -> None:
    run(tmp_path, PLAN, cast(PlayedSupporter(), PlayedSupporter(before=no_text), PlayedSupporter()))
    before, supporters = export(tmp_path), sleepy(0)
    assert run(tmp_path, PLAN, cast(*supporters))[0]
    assert export(tmp_path) == before
    assert not supporters[1].talks


def test_a_mistake_of_ours_is_told_in_one_line_with_its_place(tmp_path: Path) -> None:
    broken = PlayedSupporter(before=mistake)
    finished, tally = run(tmp_path, PLAN, cast(PlayedSupporter(), PlayedSupporter(), broken))
    assert finished
    assert tally.failed == 24
    with Store(tmp_path) as store:
        [(system, kind, detail, count)] = store.faults()
    assert (system, kind, count) == ("three", "internal", 24)
    line = mistake.__code__.co_firstlineno + 1
    assert detail.startswith(
        f"a mistake in hardseek (test_engine.py:{line}): ValueError: first line second line \ufffdxxx"
    )
    assert detail.endswith("please report it")
    assert len(detail.splitlines()) == 1
    assert len(detail) < 500


@pytest.mark.parametrize(
    "unkeepable", [Reply("\ud800 lone"), Reply("fine", Usage(model="\udfff")), Reply("fine", Usage(tokens_in=10**30))]
)
def test_what_cannot_be_kept_costs_its_own_dialogue_only(tmp_path: Path, unkeepable: Reply) -> None:
    class Odd(PlayedSupporter):
        async def reply(self, talk: Talk, transcript: Sequence[Message]) -> Reply:
            return unkeepable

    finished, tally = run(tmp_path, PLAN, cast(Odd(), PlayedSupporter(), PlayedSupporter()))
    assert finished
    assert (tally.failed, tally.dialogues) == (24, 72)


def test_a_supporter_that_remembers_begins_anew_under_a_name_it_has_not_heard(tmp_path: Path) -> None:
    of = plan(systems=["one"], cards=3, replicates=1, concurrency=2)

    class Memory(PlayedSupporter):
        """Answers out of what it has heard in the session, and takes only the last message."""

        def __init__(self) -> None:
            super().__init__(remembers=True)
            self.sessions: dict[str, list[str]] = {}

        async def reply(self, talk: Talk, transcript: Sequence[Message]) -> Reply:
            heard = self.sessions.setdefault(talk.session, [])
            heard.append(transcript[-1].content)
            await super().reply(talk, transcript)
            return Reply(told(heard))

    whole = tmp_path / "whole"
    assert run(whole, of, cast(Memory()))[0]

    memory, folder = Memory(), tmp_path / "broken"
    with engine(folder, of, cast(memory)) as (started, _, _):
        memory.before = lambda *_: started.pause() if len(memory.talks) == 5 else None
        assert not asyncio.run(started.run())
    first = {name: list(heard) for name, heard in memory.sessions.items()}
    assert run(folder, of, cast(memory))[0]
    assert export(folder) == export(whole)
    assert {name: memory.sessions[name] for name in first} == first, "no talk of before is taken up again"
    again = {name.partition("-")[0] for name in memory.sessions.keys() - first.keys()}
    assert again & first.keys(), "what was broken off began anew"


def test_that_a_dialogue_was_begun_is_known_before_one_who_remembers_hears_of_it(tmp_path: Path) -> None:
    of = plan(systems=["one"], cards=1)

    def begun(talk: Talk, transcript: Sequence[Message]) -> None:
        # What another process would find if this one were killed now.
        with closing(sqlite3.connect(tmp_path / "run.sqlite")) as connection:
            assert connection.execute("SELECT count(*) FROM dialogues WHERE id = ?", (talk.session,)).fetchone() == (1,)

    assert run(tmp_path, of, cast(PlayedSupporter(remembers=True, before=begun)))[1].failed == 0


def test_a_dialogue_of_which_no_turn_was_kept_begins_anew_too_for_one_who_remembers(tmp_path: Path) -> None:
    of = plan(systems=["one"], cards=1)
    spec = next(of.of_system(0))
    with Store(tmp_path, writable=True) as store:
        store.begin(0, dialogue(spec.id))
    supporter = PlayedSupporter(remembers=True)
    run(tmp_path, of, cast(supporter))
    sessions = {talk.session for talk in supporter.talks}
    assert spec.id not in sessions
    assert any(session.startswith(f"{spec.id}-") for session in sessions)


def test_of_a_talk_that_begins_anew_nothing_old_is_left(tmp_path: Path) -> None:
    of = plan(systems=["one"], cards=1)
    with Store(tmp_path, writable=True) as store:
        store.begin(0, dialogue(next(of.of_system(0)).id))
        for position, turn in enumerate(turns(20)):  # more than it will have
            store.keep(0, position, turn)
    run(tmp_path, of, cast(PlayedSupporter(remembers=True)))
    run(tmp_path / "whole", of, cast(PlayedSupporter(remembers=True)))
    assert export(tmp_path) == export(tmp_path / "whole")


def test_one_that_keeps_no_memory_goes_on_under_its_name(tmp_path: Path) -> None:
    of = plan(systems=["one"], cards=1)
    first, second = PlayedSupporter(before=fault_of), PlayedSupporter()
    run(tmp_path, of, cast(first))
    run(tmp_path, of, cast(second))
    ids = {spec.id for spec in of.of_system(0)}
    assert {talk.session for talk in first.talks} == ids
    assert second.talks
    assert {talk.session for talk in second.talks} <= ids


def test_a_protocol_that_greets_begins_with_the_supporters_side(tmp_path: Path) -> None:
    seeker = EscEvalSeeker.model_validate({"kind": "esc-eval", "base_url": "http://localhost:1", "model": "m"})
    of = plan(seeker=seeker)
    run(tmp_path, of)
    with Store(tmp_path) as store:
        for _, each in store.finished():
            assert (each.turns[0].speaker, each.turns[0].text) == ("supporter", of.greeting(each.language))
            assert each.turns[1].speaker == "seeker"


def test_when_nothing_can_be_written_it_stops_and_says_so(
    tmp_path: Path, unbroken: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def limited(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        connection.execute("PRAGMA max_page_count = 20")
        return connection

    with monkeypatch.context() as patch:
        patch.setattr(writing, "connect", limited)
        patch.setattr(writing, "_LINGER", 0.001)
        with (
            pytest.raises(StoreFailed, match="database or disk is full"),
            engine(tmp_path, PLAN, cast(*sleepy(0))) as (started, _, tally),
        ):
            asyncio.run(started.run())
    assert tally.dialogues < 72
    assert run(tmp_path, PLAN)[0], "with room again it goes on"
    assert export(tmp_path) == unbroken


def test_the_dialogues_of_another_plan_stop_it_with_one_message(tmp_path: Path) -> None:
    with Store(tmp_path, writable=True) as store:
        store.begin(0, dialogue("of another plan", turns=turns(1)))
    with pytest.raises(HardseekError, match="another one"):
        run(tmp_path, PLAN)


def test_writes_that_wait_hold_dialogues_up(tmp_path: Path, unbroken: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    of = plan(cards=6, replicates=2, concurrency=4)
    most = 0

    class Watching(Tally):
        def add_turn(self, place: int, turn: Turn) -> None:
            nonlocal most
            super().add_turn(place, turn)
            most = max(most, store.writer.backlog)

    monkeypatch.setattr(engines, "_BACKLOG", 10)
    with Store(tmp_path, writable=True) as store:
        tally = Watching(72, [None] * 3)
        assert asyncio.run(engines.Engine(of, store, cast(), tally).run())
    # Each of the four may bring one dialogue of eight writes beyond the limit.
    assert most <= 10 + 4 * 8
    assert export(tmp_path) == unbroken


def test_at_the_end_everyones_connections_are_released() -> None:
    supporters, seeker = sleepy(0), PlayedSeeker()
    asyncio.run(cast(*supporters, seeker=seeker).close())
    assert seeker.closed
    assert all(supporter.closed for supporter in supporters)
