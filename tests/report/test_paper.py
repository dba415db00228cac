"""Tables and figures for a paper: whole, in full precision, and only text where text is."""

import csv
import re
import struct
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import polars as pl
import pytest

from hardseek.analysis import Cell
from hardseek.report import RunView
from hardseek.report.paper import Drawing, NoRenderer, figures, write_figures, write_tables
from hardseek.report.paper.latex import latex
from hardseek.report.paper.pipes import pipes
from hardseek.report.table import Row, Table, Value
from hardseek.report.words import Bilingual
from report.odd_runs import NOT_FIGURES, ODD

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = r"a & b_c % $x$ #1 {y} ~ ^ \\input{z} [1] <script>"


@pytest.fixture(scope="module")
def view(make: Callable[..., Any]) -> RunView:
    made = make(systems=("reflective-listener", "cheerleader"), conditions=("average", "resistance", "worst"), cards=5)
    found = made.view()
    assert isinstance(found, RunView)
    return found


def columns(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def assert_well_formed(text: str) -> None:
    """Check what LaTeX would stop at: braces, environments, columns, characters it acts on."""
    bare = re.sub(r"\\[\\{}$&#_%]", "", text)
    depth = 0
    for character in bare:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0
    assert re.findall(r"\\begin\{(\w+)\}", text) == ["table", "tabular"]
    assert re.findall(r"\\end\{(\w+)\}", text) == ["tabular", "table"]
    assert bare.count("$") % 2 == 0 and not set(bare) & set("#%~")
    assert not re.search(r"(?<!\^)_(?![^{]*\})", re.sub(r"\\label\{.*\}", "", bare))
    places = re.search(r"\\begin\{tabular\}\{(l[lr]*)\}", text)
    assert places is not None
    rows = [line for line in bare.splitlines() if line.endswith("\\") or " & " in line]
    for line in rows:
        assert line.count("&") == len(places[1]) - 1, line


def test_latex_escapes_what_it_acts_on_and_stays_whole() -> None:
    table = Table(
        ({"en": HOSTILE, "zh": HOSTILE}, {"en": "Drop", "zh": "落差"}),
        (
            Row(HOSTILE, (Value("−0.50", "[−1.00, 0.00]", -0.5, clear=True),)),
            Row({"en": "All systems", "zh": "全部系统"}, (Value(""),), all=True),
        ),
    )
    text = latex(table, title=HOSTILE, label="drops", note=HOSTILE)
    assert_well_formed(text)
    assert r"$-$0.50$^{*}$" in text and r"{\scriptsize {[}$-$1.00, 0.00{]}}" in text
    assert r"a \& b\_c \% \$x\$ \#1 \{y\} \textasciitilde{} \textasciicircum{}" in text
    assert text.count(r"\midrule") == 2 and "All systems & --" in text
    assert "全部系统" in latex(table, title="x", label="x", language="zh")


def test_markdown_holds_its_columns() -> None:
    heads: tuple[Bilingual, ...] = ({"en": "a|b", "zh": "c"}, {"en": "a|b", "zh": "c"})
    table = Table(heads, (Row("x|y\nz", (Value("1", "[0, 2]", clear=True),)),))
    assert pipes(table) == "| a\\|b | a\\|b |\n| --- | ---: |\n| x\\|y z | 1\\* \\[0, 2\\] |"
    assert pipes(table, "zh").startswith("| c | c |")


def test_tables_are_written_in_three_forms(view: RunView, tmp_path: Path) -> None:
    written = write_tables(tmp_path / "new" / "tables", view)
    names = {path.name for path in written}
    assert {path.name for path in (tmp_path / "new" / "tables").iterdir()} == names
    for name in ("leaderboard", "drops", "tails", "ranks", "survival", "shares", "variance", "endings"):
        assert {f"{name}.md", f"{name}.tex"} <= names
    assert {"means.csv", "drops.csv", "tails.csv", "ranks.csv", "survival.csv", "courses.csv", "endings.csv"} <= names
    for path in written:
        if path.suffix == ".tex":
            assert_well_formed(path.read_text(encoding="utf-8"))


def test_csv_has_full_precision_with_intervals(view: RunView, tmp_path: Path) -> None:
    write_tables(tmp_path, view)
    rows = columns(tmp_path / "drops.csv")
    mine = next(row for row in rows if row["dimension"] == "relief" and row["condition"] == "worst"
                and row["system"] == "cheerleader" and not row["language"])  # fmt: skip
    drop = view.summary.drops[Cell("relief", "worst", "cheerleader")]
    assert float(mine["mean"]) == drop.estimate.mean
    assert (float(mine["low"]), float(mine["high"])) == (drop.estimate.low, drop.estimate.high)
    assert (float(mine["p"]), float(mine["q"]), int(mine["n"])) == (drop.p, drop.q, drop.estimate.n)
    staying = columns(tmp_path / "survival.csv")
    assert {row["exchange"] for row in staying} >= {"1", "2", "3"}
    endings = columns(tmp_path / "endings.csv")
    assert sum(int(row["dialogues"]) for row in endings) == view.dialogues.height


@pytest.mark.parametrize("odd", ODD)
def test_odd_runs_have_tables_without_invented_figures(make: Callable[..., Any], odd: str, tmp_path: Path) -> None:
    for path in write_tables(tmp_path, ODD[odd](make), language="zh"):
        text = path.read_text(encoding="utf-8")
        assert not NOT_FIGURES.search(text), path.name
        if path.suffix == ".tex":
            assert_well_formed(text)


@pytest.mark.parametrize("odd", ODD)
def test_odd_runs_have_figures_that_can_be_drawn(make: Callable[..., Any], odd: str) -> None:
    for drawing in figures(ODD[odd](make)):
        seen(drawing)


def seen(drawing: Drawing) -> ElementTree.Element:
    """Read a figure as XML, and check what holds of every one."""
    root = ElementTree.fromstring(drawing.svg)
    assert root.tag == f"{SVG}svg" and root.get("role") == "img"
    kinds = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert kinds <= {
        "svg",
        "title",
        "desc",
        "style",
        "rect",
        "text",
        "tspan",
        "g",
        "line",
        "circle",
        "path",
        "polygon",
        "polyline",
    }
    title, told = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None and title.text and told is not None and told.text
    wide, high = float(root.get("width") or 0), float(root.get("height") or 0)
    for element in root.iter():
        for key in ("x", "y", "x1", "x2", "y1", "y2"):
            assert 0 <= float(element.get(key) or 0) <= max(wide, high)
    said = [text for element in root.iter() if element.tag != f"{SVG}style" for text in (element.text, element.tail)]
    assert not NOT_FIGURES.search(" ".join(text for text in said if text))
    return root


def test_figures_stand_alone(view: RunView) -> None:
    drawn = {drawing.name: seen(drawing) for drawing in figures(view)}
    assert set(drawn) == {"means", "drops", "ranks", "survival", "shares", "distress", "trust", "disclosed"}
    assert "reflective-listener" in "".join(drawn["means"].itertext())
    zh = {drawing.name: drawing.svg for drawing in figures(view, language="zh")}
    assert "逐轮的痛苦" in zh["distress"] and "Distress" not in zh["distress"]


def test_figures_are_written_as_svg_and_png(view: RunView, tmp_path: Path) -> None:
    pytest.importorskip("resvg_py")
    write_figures(tmp_path / "figures", view)
    names = {path.stem for path in (tmp_path / "figures").iterdir()}
    for name in names:
        root = ElementTree.fromstring((tmp_path / "figures" / f"{name}.svg").read_text(encoding="utf-8"))
        png = (tmp_path / "figures" / f"{name}.png").read_bytes()
        assert png.startswith(b"\x89PNG\r\n\x1a\n")
        assert struct.unpack(">II", png[16:24]) == (2 * int(root.get("width") or 0), 2 * int(root.get("height") or 0))


def test_without_resvg_svg_is_written_and_the_message_says_what_to_install(
    view: RunView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(NoRenderer, match=r"pip install 'hardseek\[figures\]'"):
        write_figures(tmp_path, view)
    assert {path.suffix for path in tmp_path.iterdir()} == {".svg"}


def test_hostile_names_stay_text_in_figures_and_tables(view: RunView, tmp_path: Path) -> None:
    renamed = {"cheerleader": HOSTILE}
    hostile = replace(
        view,
        dialogues=view.dialogues.with_columns(pl.col("system").replace(renamed)),
        measures=view.measures.with_columns(pl.col("system").replace(renamed)),
        states=None,
    )
    for drawing in figures(hostile):
        seen(drawing)
    for path in write_tables(tmp_path, hostile):
        if path.suffix == ".tex":
            assert_well_formed(path.read_text(encoding="utf-8"))
