"""Pairs of replies to the same talk."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from hardseek.errors import Refused
from hardseek.seekers import Trace
from hardseek.training.data.counting import counted
from hardseek.training.data.drops import Drops
from hardseek.training.data.edits import read_edits
from hardseek.training.data.evening import evened
from hardseek.training.data.material import Held
from hardseek.training.data.preferences import best_and_worst, pair_of
from hardseek.training.data.sample import Sample
from hardseek.training.dataset import Pair
from hardseek.training.generating.candidates import Candidate
from training.stored import dialogue, seeker, state, supporter

SAID = [seeker("one", state(8.0, 0.5))]


def candidate(place: int, trace: Trace | None, **fields: object) -> Candidate:
    return Candidate(place=place, system="s", text=f"reply {place}", trace=trace, **fields)  # type: ignore[arg-type]


def chosen(
    *candidates: Candidate, margin: float = 0.05, judges: bool = False
) -> tuple[tuple[int, int] | None, dict[str, int]]:
    drops = Drops()
    by = "judges" if judges else "response"
    found = best_and_worst(candidates, SAID, by=by, margin=margin, drops=drops)  # type: ignore[arg-type]
    return (found[0].place, found[1].place) if found else None, dict(drops.counts)


def test_the_best_and_the_worst_by_what_changed_in_the_seeker() -> None:
    # Responses: 0.1, -0.1 and 0.2 (trust); the last one is left out, though it would be the worst.
    found, counts = chosen(
        candidate(0, state(7.0, 0.5)), candidate(1, state(9.0, 0.5)), candidate(2, state(8.0, 0.7)),
        candidate(3, state(10.0, 0.0), left_out="in another language"),
    )  # fmt: skip
    assert found == (2, 1)
    assert counts == {}


def test_of_equals_the_first() -> None:
    same = state(7.0), state(9.0), state(7.0), state(9.0)
    assert chosen(*(candidate(place, trace) for place, trace in enumerate(same)))[0] == (0, 1)


@pytest.mark.parametrize(
    ("second", "why"),
    [
        (state(7.0), "states: all candidates tie"),
        (state(7.4), "states: best and worst less than the margin of 0.05 apart"),
        (None, "states: fewer than two candidates with a value"),
    ],
)
def test_ties_small_differences_and_single_candidates_are_counted(second: Trace | None, why: str) -> None:
    assert chosen(candidate(0, state(7.0)), candidate(1, second)) == (None, {why: 1})


def test_judges_decide_by_the_mean_of_what_they_gave() -> None:
    found, _ = chosen(
        candidate(0, state(1.0), scores={"a": 0.2, "b": 0.4}), candidate(1, state(9.0), scores={"a": 0.9}),
        candidate(2, state(9.0)), judges=True,
    )  # fmt: skip
    assert found == (1, 0)


def test_a_row_holds_the_talk_before_the_reply() -> None:
    talk = dialogue("d", [supporter("Hi."), seeker("one"), supporter("two"), seeker("three"), supporter("four")])
    made = pair_of(
        Held(Path(), talk, None, ()), "f", 4, chosen="better", rejected="four", prompts={"en": "Be kind."},
        drops=Drops(),
    )  # fmt: skip
    assert made is not None
    assert isinstance(made.row, Pair)
    assert [(said.role, said.content) for said in made.row.prompt] == [
        ("system", "Be kind."), ("user", "Hello"), ("assistant", "Hi."), ("user", "one"), ("assistant", "two"),
        ("user", "three"),
    ]  # fmt: skip
    assert [(said.role, said.content) for said in made.row.chosen] == [("assistant", "better")]
    assert [(said.role, said.content) for said in made.row.rejected] == [("assistant", "four")]


@pytest.mark.parametrize(
    ("position", "better", "why"),
    [
        (0, "better", "nothing, or a hole"),
        (2, "better", "nothing, or a hole"),
        (4, "same", "both replies are the same"),
    ],
)
def test_no_row_where_there_is_no_talk_or_no_difference(position: int, better: str, why: str) -> None:
    talk = dialogue("d", [supporter("Hi."), seeker(""), supporter("b"), seeker("c"), supporter("same")])
    if position == 4:
        talk = dialogue("d", [seeker("a"), supporter("b"), seeker("c"), seeker("c"), supporter("same")])
    drops = Drops()
    held = Held(Path(), talk, None, ())
    assert pair_of(held, "f", position, chosen=better, rejected="same", prompts={}, drops=drops) is None
    assert why in next(iter(drops.counts))


def test_edits_are_read_line_by_line_and_no_turn_twice(tmp_path: Path) -> None:
    path = tmp_path / "edits.jsonl"
    lines = [{"dialogue": "d", "turn": 1, "text": " better "}, {"dialogue": "d", "turn": 3, "text": "x"}]
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    assert [(edit.turn, edit.text) for edit in read_edits(path)] == [(1, "better"), (3, "x")]
    path.write_text("\n".join(json.dumps(line) for line in [*lines, lines[0]]), encoding="utf-8")
    with pytest.raises(Refused, match=r"line 3: turn 1 of dialogue d is edited already"):
        read_edits(path)
    path.write_text('{"dialogue": "d", "turn": -1, "text": "x"}', encoding="utf-8")
    with pytest.raises(Refused, match="line 1"):
        read_edits(path)
    path.write_text("", encoding="utf-8")
    with pytest.raises(Refused, match="no edits"):
        read_edits(path)


def pairs(*lengths: tuple[int, int]) -> list[Sample]:
    held = Held(Path(), dialogue("d", SAID), None, ())
    made = [
        pair_of(held, f"f{n}", 1, chosen="a " * chosen, rejected="b " * rejected, prompts={}, drops=Drops())
        for n, (chosen, rejected) in enumerate(lengths)
    ]
    return [replace(each, key=str(n)) for n, each in enumerate(made) if each is not None]


def test_length_tells_nothing_once_it_is_evened_out() -> None:
    drops = Drops()
    found = evened(pairs((9, 3), (8, 3), (7, 3), (2, 5), (4, 4)), seed=1, drops=drops)
    assert counted(found).longer_preferred == 0.5
    assert [each.key for each in found][-2:] == ["3", "4"]
    assert dict(drops.counts) == {"pairs: the longer reply is preferred, more than the other way round": 2}
    assert found == evened(pairs((9, 3), (8, 3), (7, 3), (2, 5), (4, 4)), seed=1, drops=Drops())


def test_lengths_are_counted_in_words() -> None:
    found = counted(pairs((9, 3), (1, 3)))
    assert (found.length, found.rejected_length, found.longer_preferred) == (5.0, 3.0, 0.5)
