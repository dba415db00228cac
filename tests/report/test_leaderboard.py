"""The leaderboard over runs: what it ranks, what it keeps apart, and the folder it leaves."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from hardseek.analysis import Cell
from hardseek.errors import Refused
from hardseek.report import RunView
from hardseek.report.leaderboard import Board, Entry, board, write_leaderboard

HOSTILE = "<script>alert(1)</script>\u202e"


class Links(HTMLParser):
    """Gathers where a page leads, and its rows."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.scripts += tag == "script"
        if tag == "a":
            self.links.append(found["href"] or "")
        assert "src" not in found and tag not in {"link", "img", "iframe"}


@pytest.fixture(scope="module")
def views(make: Callable[..., Any]) -> tuple[RunView, RunView]:
    one = make(systems=("reflective-listener", "cheerleader"), conditions=("average", "worst"), failures=False).view()
    other = make(systems=("balanced-helper",), conditions=("average", "worst")).view(name="the other")
    return one, other


def boards_of(views: tuple[RunView, RunView]) -> list[Board]:
    one, other = (Entry(slug, view) for slug, view in zip(("one", "other"), views, strict=True))
    return [board([one, other], one.view.main)]


def links(page: Path) -> Links:
    found = Links()
    found.feed(page.read_text(encoding="utf-8"))
    return found


def test_systems_of_alike_runs_stand_in_one_table_the_best_first(views: tuple[RunView, RunView]) -> None:
    (found,) = boards_of(views)
    assert (found.reference, found.focus) == ("average", "worst")
    hard = [row.hard.mean for row in found.standings if row.hard is not None and row.hard.mean is not None]
    assert len(hard) == 3 and hard == sorted(hard, reverse=True)
    assert {row.system: row.entry.slug for row in found.standings} == {
        "reflective-listener": "one", "cheerleader": "one", "balanced-helper": "other",
    }  # fmt: skip
    row = next(row for row in found.standings if row.system == "cheerleader")
    summary = views[0].summary
    assert row.average == summary.means[Cell("relief", "average", "cheerleader")]
    assert row.drop == summary.drops[Cell("relief", "worst", "cheerleader")]
    scores = sorted(
        views[0].measures.filter(dimension="relief", condition="worst", system="cheerleader")["score"].to_list()
    )
    tenth = (scores[0] + scores[1] + 0.4 * scores[2]) / 2.4  # a tenth of 24 dialogues
    assert row.tail is not None and row.tail.estimate.mean == pytest.approx(tenth)


def test_the_lower_the_better_where_it_is_so(views: tuple[RunView, RunView]) -> None:
    early = views[0].summary.dimension("early_advice")
    found = board([Entry("one", views[0])], early)
    hard = [row.hard.mean for row in found.standings if row.hard is not None and row.hard.mean is not None]
    assert hard == sorted(hard)


def test_where_neither_way_is_better_there_is_no_worst(views: tuple[RunView, RunView], tmp_path: Path) -> None:
    length = views[0].summary.dimension("reply_length")
    text = write_leaderboard(tmp_path, [board([Entry("one", views[0])], length)]).read_text(encoding="utf-8")
    table = text[text.index("<table") : text.index("</table>")]
    assert "Difference" in table and "Drop" not in table
    assert "Worst tenth" not in table and "no score" not in table


def test_the_folder_is_whole_and_leads_nowhere_else(views: tuple[RunView, RunView], tmp_path: Path) -> None:
    written: list[str] = []

    def report(entry: Entry, path: Path) -> None:
        written.append(entry.slug)
        path.write_text("report", encoding="utf-8")

    page = write_leaderboard(tmp_path / "board", boards_of(views), report=report)
    files = {str(path.relative_to(tmp_path / "board")) for path in (tmp_path / "board").rglob("*") if path.is_file()}
    assert files == {
        "index.html", "leaderboard.json", "leaderboard.csv", ".nojekyll",
        "runs/one/report.html", "runs/other/report.html",
    }  # fmt: skip
    assert written == ["one", "other"]
    for link in links(page).links:
        assert link.startswith("#") or (tmp_path / "board" / link).is_file(), link
    text = page.read_text(encoding="utf-8")
    assert "http" not in text.replace("http-equiv", "") and "These runs are not all alike" not in text


def test_the_numbers_are_in_the_files(views: tuple[RunView, RunView], tmp_path: Path) -> None:
    boards = boards_of(views)
    write_leaderboard(tmp_path, boards, title="Ours")
    told = json.loads((tmp_path / "leaderboard.json").read_text(encoding="utf-8"))
    assert told["title"] == "Ours" and told["boards"][0]["unlike_the_first"] == []
    rows = list(csv.DictReader((tmp_path / "leaderboard.csv").read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 3
    for standing, row, kept in zip(boards[0].standings, rows, told["boards"][0]["standings"], strict=True):
        assert standing.hard is not None and standing.drop is not None
        assert row["system"] == kept["system"] == standing.system
        assert float(row["hard"]) == kept["hard"]["mean"] == standing.hard.mean
        assert float(row["drop_low"]) == kept["drop"]["low"] == standing.drop.estimate.low
        assert kept["drop"]["q"] == standing.drop.q and int(row["dialogues"]) == standing.dialogues
    assert not (tmp_path / "runs").exists()


def test_unlike_runs_say_so(views: tuple[RunView, RunView], tmp_path: Path) -> None:
    one, other = (Entry(slug, view) for slug, view in zip(("one", "other"), views, strict=True))
    boards = [board([one], one.view.main), board([other], other.view.main, ["seed (2, not 1)"])]
    text = write_leaderboard(tmp_path, boards).read_text(encoding="utf-8")
    assert "These runs are not all alike" in text and "seed (2, not 1)" in text
    assert text.count("<table") == 2


def test_it_is_brought_up_to_date_and_other_files_stay(views: tuple[RunView, RunView], tmp_path: Path) -> None:
    def report(_: Entry, path: Path) -> None:
        path.write_text("report", encoding="utf-8")

    write_leaderboard(tmp_path, boards_of(views), report=report)
    (tmp_path / "CNAME").write_text("example.org", encoding="utf-8")
    only = Entry("one", views[0])
    write_leaderboard(tmp_path, [board([only], views[0].main)], report=report)
    assert [path.name for path in (tmp_path / "runs").iterdir()] == ["one"]
    assert (tmp_path / "CNAME").exists()


@pytest.mark.parametrize("content", [None, "{}", "[", '{"kind": "other"}'])
def test_a_folder_that_is_something_else_is_left_alone(
    views: tuple[RunView, RunView], tmp_path: Path, content: str | None
) -> None:
    (tmp_path / ("notes.txt" if content is None else "leaderboard.json")).write_text(content or "x", encoding="utf-8")
    with pytest.raises(Refused, match="choose another --out"):
        write_leaderboard(tmp_path, boards_of(views))
    assert len(list(tmp_path.iterdir())) == 1


def test_a_slug_in_an_old_file_leads_nowhere_else(views: tuple[RunView, RunView], tmp_path: Path) -> None:
    write_leaderboard(tmp_path / "b", boards_of(views))
    (tmp_path / "mine").mkdir()
    old = (tmp_path / "b" / "leaderboard.json").read_text(encoding="utf-8")
    (tmp_path / "b" / "leaderboard.json").write_text(old.replace('"other"', '"../../mine"'), encoding="utf-8")
    write_leaderboard(tmp_path / "b", boards_of(views))
    assert (tmp_path / "mine").is_dir()


def test_hostile_names_are_text_and_no_formula(views: tuple[RunView, RunView], tmp_path: Path) -> None:
    view = replace(views[1], name=HOSTILE, parts={HOSTILE: HOSTILE}, titles={"worst": {"en": HOSTILE}})
    found = board([Entry("one", view)], view.main)
    strange = replace(found, standings=(replace(found.standings[0], system="=1+1"),))
    page = write_leaderboard(tmp_path, [strange], title=HOSTILE)
    text = page.read_text(encoding="utf-8")
    assert "<script>alert" not in text and "\u202e" not in text and "‹U+202E›" in text
    assert links(page).scripts == 1
    assert "\n1,'=1+1," in (tmp_path / "leaderboard.csv").read_text(encoding="utf-8")


def test_runs_without_scores_or_hard_conditions(make: Callable[..., Any], tmp_path: Path) -> None:
    plain = make(systems=("a",), conditions=("average",), languages=("en",), cards=3, failures=False)
    alone = plain.view()
    empty = make(systems=(), cards=0).view()
    for rated in plain.scores.values():
        rated["relief"] = None
    unscored = plain.view()
    boards = [board([Entry(str(place), view)], view.main) for place, view in enumerate((alone, empty, unscored))]
    text = write_leaderboard(tmp_path, boards).read_text(encoding="utf-8")
    assert "no score" in text and "NaN" not in text and "None" not in text
    told = json.loads((tmp_path / "leaderboard.json").read_text(encoding="utf-8"))
    assert [len(each["standings"]) for each in told["boards"]] == [1, 0, 1]
    assert told["boards"][2]["standings"][0]["unscored"] == 3
