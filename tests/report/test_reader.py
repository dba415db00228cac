"""The reader's data: all dialogues, in order, with what stands behind them, in the page or beside it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import polars as pl
import pytest

from hardseek.chat import Fault
from hardseek.dialogues import Dialogue, Turn
from hardseek.errors import HardseekError
from hardseek.judging import Grounds, Rating
from hardseek.report import RunView, render_report, write_report
from hardseek.report.exhibits import choose
from hardseek.report.html import write_page
from hardseek.report.reader import Shelf, make_reader
from hardseek.report.reader.words import script_words, told
from hardseek.seekers import Trace
from report.pieces import Pieces, beside, laid, unpacked


@pytest.fixture(scope="module")
def view(make: Callable[..., Any]) -> RunView:
    made = make().view()
    assert isinstance(made, RunView)
    return made


def pieces_of(view: RunView) -> Pieces:
    shelf = Shelf()
    make_reader(view, choose(view), shelf)
    return laid(shelf)


def talk(pieces: Pieces, number: int) -> tuple[Any, Any]:
    """Return what was said in a dialogue and what stands behind it, found as the script finds it."""
    starts = pieces["index"]["starts"]
    block = max(place for place, start in enumerate(starts) if start <= number)
    return pieces[f"said-{block}"][number - starts[block]], pieces[f"behind-{block}"][number - starts[block]]


def test_every_dialogue_is_whole_and_in_its_place(view: RunView) -> None:
    with patch("hardseek.report.reader.blocks.BLOCK", 20_000):
        pieces = pieces_of(view)
    index = pieces["index"]
    assert len(index["starts"]) > 5 and index["starts"][0] == 0
    assert len(index["id"]) == len(set(index["id"])) == 840
    for number in (0, 1, 7, 100, 500, 839, *index["starts"]):
        (dialogue,) = view.fetch([index["id"][number]])
        (who, said), _ = talk(pieces, number)
        assert said == [turn.text for turn in dialogue.turns]
        assert who == "".join("s" if turn.speaker == "seeker" else "h" for turn in dialogue.turns)
        assert index["names"]["system"][index["system"][number]] == dialogue.system
        assert index["names"]["condition"][index["condition"][number]] == dialogue.condition
        assert index["names"]["card"][index["card"][number]] == dialogue.card
        assert index["ending"][number] == dialogue.ending
        assert view.dialogues["dialogue"][index["place"][number]] == dialogue.id


def test_scores_stand_by_dimension(view: RunView) -> None:
    pieces = pieces_of(view)
    index = pieces["index"]
    assert [dimension["name"] for dimension in index["dimensions"]] == [each.name for each in view.dimensions]
    assert [dimension["headline"] for dimension in index["dimensions"]] == [True, False, False, False]
    rows = view.measures.filter(dimension="relief")
    scores = dict(zip(rows["dialogue"], rows["score"], strict=True))
    assert None in scores.values()
    for name, score in zip(index["id"], pieces["score-0"], strict=True):
        expected = scores.get(name)
        assert score == (None if expected is None else pytest.approx(expected, abs=1e-4))


def test_hidden_state_stands_beside_the_turns(view: RunView) -> None:
    pieces = pieces_of(view)
    (who, _), behind = talk(pieces, 0)
    first, second = [trace for speaker, trace in zip(who, behind["traces"], strict=True) if speaker == "s"][:2]
    assert first["act"] == "open" and "told" not in first
    assert second["state"][1:4] == [0.35, 0.4, 0.6] and second["told"] == ["f0"]
    assert second["signs"] == {"understanding": 0.62, "open_question": 0.8, "early_advice": 0.1}
    assert not [trace for speaker, trace in zip(who, behind["traces"], strict=True) if speaker == "h" and trace]


def test_ratings_bring_their_grounds(make: Callable[..., Any]) -> None:
    run = make(systems=("a",), conditions=("average",), languages=("en",), cards=2, failures=False)
    grounds = Grounds(
        "it names \u202ethe move", ("the move left you", "never said"), 1, (3.0, None), members={"m": 4.0}
    )
    said = [
        Rating("j", "j/empathy", 3.123456, None, grounds),
        Rating("j", "j/safety", None, "no number in the answer"),
        Rating("seeker", "relief", 1.5),
    ]
    _, behind = talk(pieces_of(run.view(ratings=lambda _: said)), 0)
    assert behind["ratings"] == [
        [
            "j", "j/empathy", 3.1235, "",
            {
                "reason": "it names ‹U+202E›the move", "quotes": ["the move left you", "never said"], "unverified": 1,
                "samples": [3.0, None], "members": {"m": 4.0},
            },
        ],
        ["j", "j/safety", None, "no number in the answer"],
        ["seeker", "relief", 1.5],
    ]  # fmt: skip


def test_pairs_are_the_same_seeker_side_by_side(view: RunView) -> None:
    for exhibit in choose(view):
        dialogues = view.fetch(exhibit.dialogues)
        assert len({(one.card, one.language, one.replicate) for one in dialogues}) == 1
        if exhibit.why in {"worst", "typical"}:
            assert dialogues[0].condition == "average" != dialogues[1].condition
            assert dialogues[0].system == dialogues[1].system == exhibit.system
        if exhibit.why == "apart":
            assert {one.condition for one in dialogues} == {"worst"}
            assert dialogues[0].system != dialogues[1].system == exhibit.system


def test_where_neither_way_is_better_no_score_is_worst(view: RunView) -> None:
    plain = replace(view, headline="reply_length")
    assert {"lowest", "typical"} <= {one.why for one in choose(plain)} <= {"lowest", "typical", "apart", "failed"}
    assert "with the lowest score" in render_report(plain) and "with the worst score" in render_report(view)


def test_two_systems_are_told_apart_where_their_difference_is_the_median(view: RunView) -> None:
    (apart,) = [one for one in choose(view) if one.why == "apart" and one.system == "template-repeater"]
    rows = view.measures.filter(dimension="relief", condition="worst").drop_nulls("score")
    scores = {(row["system"], row["card"]): row["score"] for row in rows.iter_rows(named=True)}
    best = view.fetch(apart.dialogues)[0].system
    gaps = sorted(
        scores[best, card] - score
        for (system, card), score in scores.items()
        if system == "template-repeater" and (best, card) in scores
    )
    middle = (gaps[(len(gaps) - 1) // 2] + gaps[len(gaps) // 2]) / 2
    gap = scores[best, apart.card] - scores["template-repeater", apart.card]
    assert abs(gap - middle) == pytest.approx(min(abs(one - middle) for one in gaps))


def test_a_fault_is_told_and_a_protocol_without_moves_keeps_its_emotions(imported: Any) -> None:
    view = imported.view(headline="supporter_turns")
    pieces = pieces_of(view)
    number = pieces["index"]["id"].index(next(iter(imported.dialogues)))
    assert talk(pieces, number)[1]["traces"][0] == {"emotion": ["烦恼", "心里很乱"]}
    fault = Fault("timeout", "no answer")
    failed = Dialogue("x", "s", "average", "c", "en", 0, (Turn("seeker", "", Trace()),), "failed", fault)
    imported_one = type(imported)([failed], {})
    _, behind = talk(pieces_of(imported_one.view()), 0)
    assert behind["fault"]["detail"] == "no answer" and "traces" not in behind


def test_what_the_page_has_no_room_for_lies_beside_it(make: Callable[..., Any], tmp_path: Path) -> None:
    view = make(systems=("a", "b"), conditions=("average", "worst"), languages=("en",), failures=False).view()
    page = tmp_path / "a report #1.html"
    folder = tmp_path / "a report #1.data"
    chosen = {name for exhibit in choose(view) for name in exhibit.dialogues}
    with (
        patch("hardseek.report.page.Shelf", lambda path: Shelf(path, room=1_000)),
        patch("hardseek.report.reader.blocks.BLOCK", 3_000),
    ):
        write_report(page, view)
        html = page.read_text(encoding="utf-8")
        inside, outside = unpacked(html), beside(folder)
        assert inside.keys() & outside.keys() == set() and len(outside) > 4
        assert "&#39;self&#39; file:;" in html  # the policy lets it load them from where it lies
        assert "a%20report%20%231.data/said-" in html
        pieces = inside | outside
        places = [pieces["index"]["id"].index(name) for name in chosen]
        assert max(places) < len(chosen)  # they come first, so that the page carries them
        (_, said), _ = talk(pieces, 47)
        assert said == [turn.text for turn in view.fetch([pieces["index"]["id"][47]])[0].turns]
        strange = folder / "notes.txt"
        strange.write_text("mine", encoding="utf-8")
    write_report(page, view)  # with room for everything
    assert "file:;" not in page.read_text(encoding="utf-8")
    assert [file.name for file in folder.iterdir()] == ["notes.txt"]
    strange.unlink()
    write_report(page, view)
    assert not folder.exists()


def test_what_cannot_be_written_is_told_and_what_is_there_stays(view: RunView, tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text("the old one", encoding="utf-8")
    full = patch.object(Path, "replace", side_effect=OSError(28, "No space left on device"))
    with full, pytest.raises(HardseekError, match="cannot be written: No space left"):
        write_page(tmp_path / "report.html", "the new one")
    assert [file.name for file in tmp_path.iterdir()] == ["report.html"]
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == "the old one"
    (tmp_path / "report.data").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(HardseekError, match="cannot be written"):
        make_reader(view, (), Shelf(tmp_path / "report.html", room=0))


def test_a_dialogue_that_has_gone_leaves_the_others_in_place(make: Callable[..., Any]) -> None:
    run = make(systems=("a",), conditions=("average",), languages=("en",), cards=3, failures=False)
    view = run.view()
    gone, kept = sorted(run.dialogues)[:2]
    del run.dialogues[gone]
    view = replace(view, fetch=lambda ids: [run.dialogues[name] for name in ids if name in run.dialogues])
    pieces = pieces_of(view)
    order = pieces["index"]["id"]
    assert talk(pieces, order.index(gone)) == (["", []], {})
    assert talk(pieces, order.index(kept))[0][1] == [turn.text for turn in run.dialogues[kept].turns]


def test_an_id_that_comes_twice_keeps_everything_in_its_place(make: Callable[..., Any]) -> None:
    run = make(systems=("a",), conditions=("average",), languages=("en",), cards=3, failures=False)
    view = run.view()
    twice = replace(
        view,
        dialogues=pl.concat([view.dialogues[:2], view.dialogues]),
        measures=pl.concat([view.measures, view.measures]),
    )
    pieces = pieces_of(twice)
    index = pieces["index"]
    assert sorted(index["id"]) == sorted(run.dialogues)
    assert len(pieces["score-0"]) == len(index["card"]) == 3
    for number, name in enumerate(index["id"]):
        assert index["names"]["card"][index["card"][number]] == run.dialogues[name].card
        assert pieces["score-0"][number] == pytest.approx(run.scores[name]["relief"], abs=1e-4)


def test_nothing_to_read(make: Callable[..., Any]) -> None:
    empty = make(systems=(), cards=0).view()
    assert make_reader(empty, (), Shelf()).dialogues == 0
    assert "There is no dialogue to show" in render_report(empty)


def test_the_words_are_in_both_languages() -> None:
    for key, text in script_words().items():
        assert text.keys() == {"en", "zh"} and text["en"].strip() and text["zh"].strip(), key
    assert told("note", n="7", which="")["en"].startswith("All 7 dialogues")
