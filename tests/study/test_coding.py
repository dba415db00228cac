"""Coding: codebooks, what holds, agreement and counts, by hand."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from sklearn.metrics import cohen_kappa_score

from hardseek.analysis.agreement import Score, figure, panel, people_statistics
from hardseek.errors import Refused
from hardseek.study.coding import (
    Code,
    Codebook,
    Coding,
    Mark,
    Settled,
    Source,
    Unit,
    as_yaml,
    code_agreement,
    code_counts,
    disagreements,
    read_codebook,
)
from hardseek.study.coding.marks import pairs

CUT = Code(name="cut", title="Cuts off", of="seeker")
SOFT = Code(name="soft", title="Soft words")


def talk(number: int, turns: int = 4, **more: Any) -> Source:
    units = tuple(Unit(f"talk:{number}", place) for place in range(turns))
    kinds: Any = tuple("seeker" if place % 2 == 0 else "supporter" for place in range(turns))
    told = {"participant": f"P{number}", "system": "a", "condition": "worst", "dialogue": f"d{number}"} | more
    return Source(f"talk:{number}", units, kinds, "en", **told)


def coding(
    given: dict[str, list[tuple[int, int, str]]],
    sources: tuple[Source, ...],
    codes: tuple[Code, ...] = (CUT, SOFT),
    settled: tuple[Settled, ...] = (),
) -> Coding:
    marks = tuple(
        Mark(number=0, coder=coder, unit=Unit(f"talk:{number}", place), first=None, last=None, code=code, version=1,
             made="")
        for coder, marked in given.items()
        for number, place, code in marked
    )  # fmt: skip
    return Coding(codes, sources, {source.name: frozenset(given) for source in sources}, marks, settled)


def settle(number: int, place: int, code: str, holds: bool) -> Settled:
    return Settled(unit=Unit(f"talk:{number}", place), code=code, holds=holds, author="R", made="", remark="")


def test_what_more_than_half_say_holds_and_what_was_settled_before_that() -> None:
    found = coding({"A": [(1, 0, "cut"), (1, 1, "soft")], "B": [(1, 0, "cut")]}, (talk(1),))
    first, second = Unit("talk:1", 0), Unit("talk:1", 1)
    decided = found.decided()
    assert decided[first, "cut"] is True and decided[second, "soft"] is None and decided[first, "soft"] is False
    assert (second, "cut") not in decided  # a code of seekers says nothing of a supporter
    agreed = coding({"A": [(1, 1, "soft")], "B": []}, (talk(1),), settled=(settle(1, 1, "soft", True),))
    assert agreed.decided()[second, "soft"] is True


def test_disagreements_are_listed_with_who_said_what() -> None:
    found = coding(
        {"A": [(1, 0, "cut"), (1, 2, "cut")], "B": [(1, 0, "cut"), (1, 3, "soft")]},
        (talk(1),),
        settled=(settle(1, 2, "cut", False),),
    )
    told = [(one.unit.place, one.code, one.given, one.withheld, one.settled) for one in disagreements(found)]
    assert told == [(2, "cut", ("A",), ("B",), False), (3, "soft", ("B",), ("A",), None)]


def test_who_has_not_finished_counts_in_nothing() -> None:
    sources = (talk(1),)
    marks = coding({"A": [(1, 0, "cut")], "B": []}, sources).marks
    found = Coding((CUT,), sources, {"talk:1": frozenset({"B"})}, marks)
    assert found.decided()[Unit("talk:1", 0), "cut"] is False
    assert disagreements(found) == [] and code_agreement(found) == []


def test_kappa_of_two_coders_by_hand() -> None:
    # Ten turns of seekers. Both give it to 2, A alone to 1, B alone to 1, neither to 6:
    # observed 0.8, expected 0.3 * 0.3 + 0.7 * 0.7 = 0.58, kappa (0.8 - 0.58) / 0.42.
    sources = tuple(talk(number) for number in range(5))
    found = coding(
        {"A": [(0, 0, "cut"), (1, 0, "cut"), (2, 0, "cut")], "B": [(0, 0, "cut"), (1, 0, "cut"), (3, 2, "cut")]},
        sources,
        codes=(CUT,),
    )
    measured = {(one.code, one.measure): one for one in code_agreement(found)}
    kappa = measured["cut", "kappa"]
    assert kappa.value == pytest.approx(0.22 / 0.42)
    assert (kappa.units, kappa.sources, kappa.given) == (10, 5, 6)
    assert kappa.low is not None and kappa.value is not None and kappa.high is not None
    assert kappa.low <= kappa.value <= kappa.high
    assert measured["cut", "exact"].value == pytest.approx(0.8)
    assert measured[None, "alpha"].value == measured["cut", "alpha"].value  # there is one code
    # Nominal alpha: 1 - (n - 1) * disagreements / pairs of unlike values, here 1 - 19 * 4 / (2 * 6 * 14).
    assert measured["cut", "alpha"].value == pytest.approx(1 - 19 * 4 / (2 * 6 * 14))


@given(some.lists(some.tuples(some.booleans(), some.booleans()), min_size=2, max_size=30))
@settings(max_examples=40)
def test_kappa_is_the_reference_s(said: list[tuple[bool, bool]]) -> None:
    one, other = zip(*said, strict=True)
    if len({*one, *other}) < 2:
        return
    sources = tuple(talk(number, turns=1) for number in range(len(said)))
    given = {
        coder: [(number, 0, "cut") for number, holds in enumerate(each) if holds]
        for coder, each in (("A", one), ("B", other))
    }
    measured = {row.measure: row.value for row in code_agreement(coding(given, sources, codes=(CUT,)))}
    assert measured["kappa"] == pytest.approx(cohen_kappa_score(one, other))


@given(some.integers(0, 2**32 - 1))
@settings(max_examples=25)
def test_sums_of_dialogues_give_what_decisions_one_by_one_give(seed: int) -> None:
    generator = np.random.default_rng(seed)
    sources = tuple(talk(number, turns=int(generator.integers(1, 6))) for number in range(6))
    coders = ("A", "B", "C")
    done = {source.name: frozenset(coder for coder in coders if generator.random() < 0.8) for source in sources}
    marks = tuple(
        Mark(number=0, coder=coder, unit=unit, first=None, last=None, code=code.name, version=1, made="")
        for source in sources
        for unit, code in pairs(source, (CUT, SOFT))
        for coder in coders
        if generator.random() < 0.4
    )
    found = Coding((CUT, SOFT), sources, done, marks)
    given = found.given()
    measured = {(one.code, one.measure): one for one in code_agreement(found)}
    for codes in ((CUT, SOFT), (CUT,), (SOFT,)):
        decisions = [
            Score(f"{unit}/{code.name}", coder, float(coder in given.get((unit, code.name), ())), source.name)
            for source in sources
            if len(done[source.name]) > 1
            for unit, code in pairs(source, codes)
            for coder in sorted(done[source.name])
        ]
        if not decisions:
            continue
        whole = panel(decisions)
        statistics = people_statistics(whole)
        of = codes[0].name if len(codes) == 1 else None
        names = {"alpha": "alpha-nominal", "exact": "exact"} | ({"kappa": "qwk"} if of else {})
        for measure, name in names.items():
            reference, ours = figure(statistics[name], whole.clusters), measured[of, measure]
            assert ours.value == (None if reference.value is None else pytest.approx(reference.value))
            assert ours.low == (None if reference.low is None else pytest.approx(reference.low))
            assert (ours.units, ours.sources) == (reference.items, reference.clusters)


def test_codes_are_counted_by_system_and_by_behaviour() -> None:
    sources = (talk(1, system="a"), talk(2, system="b"), talk(3, system="b", condition="average"))
    found = coding({"A": [(1, 0, "cut"), (1, 2, "cut"), (3, 0, "cut")]}, sources, codes=(CUT,))
    counted = {(one.by, one.system, one.condition): one for one in code_counts(found)}
    assert (counted["system", "a", None].dialogues, counted["system", "a", None].turns) == (1, 2)
    assert (counted["system", "b", None].dialogues, counted["system", "b", None].of) == (1, 2)
    assert counted["condition", None, "worst"].share == pytest.approx(0.5)
    assert counted["both", "b", "worst"].share == 0.0
    half = counted["system", "b", None]
    assert half.low is not None and half.low <= 0.5 <= (half.high or 0) and half.participants == 2


def test_notes_are_counted_for_themselves() -> None:
    note = Source("note:1", (Unit("note:1", 0),), ("note",), "en", "P01")
    mark = Mark(number=0, coder="A", unit=Unit("note:1", 0), first=0, last=4, code="soft", version=1, made="")
    found = Coding((CUT, SOFT), (note,), {"note:1": frozenset({"A"})}, (mark,))
    (counted,) = code_counts(found)
    assert (counted.by, counted.code, counted.dialogues, counted.of) == ("notes", "soft", 1, 1)


def test_a_codebook_is_read_as_it_was_written(tmp_path: Path) -> None:
    book = Codebook(
        codes=(CUT, Code(name="waves", title="挡", axis="resistance", form="arguing", examples=("不行：没用",)))
    )
    path = tmp_path / "codebook.yaml"
    path.write_text(as_yaml(book), encoding="utf-8")
    assert read_codebook(path) == book
    assert read_codebook(path).having(Code(name="cut", title="New")).codes[0].title == "New"
    path.write_text("codes:\n  - {name: a, title: t, form: arguing}\n", encoding="utf-8")
    with pytest.raises(Refused, match="form is said of resistance alone"):
        read_codebook(path)
    path.write_text("codes:\n  - {name: a, title: t}\n  - {name: a, title: u}\n", encoding="utf-8")
    with pytest.raises(Refused, match="code given twice: a"):
        read_codebook(path)
