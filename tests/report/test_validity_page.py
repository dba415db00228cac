"""The page of a validation."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from hardseek.language import LANGUAGES
from hardseek.report.validity import render_validity, write_validity
from hardseek.report.validity.charts import dots, effects, panel, spreads
from hardseek.report.validity.words import FEATURES, of_title, property_title, told
from hardseek.seekers.conditions import packaged_conditions
from hardseek.validity import FAMILIES, SETTINGS, Curve, Pictures, Property, Spread, Validity
from hardseek.validity.markers import MARKERS, Marked
from hardseek.validity.pictures import Point
from hardseek.validity.property import figure
from hardseek.validity.style import style

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
POINTS = tuple(Point(at, at / 2, None if at == 0 else at / 4, None if at == 0 else at) for at in (0.0, 0.5, 1.0))
EFFECTS: dict[Marked, float | None] = {marker: 2.0 if marker == "low_engagement" else 0.4 for marker in MARKERS}
CURVE = Curve("low_engagement", "low_engagement", POINTS, EFFECTS)
PICTURES = Pictures("en", (CURVE,), (Spread("average", (1, 2, 3, 4, 5), (-2, -1, 0, 1, 2)),))
PROPERTIES: tuple[Property, ...] = (
    figure("responsive/auc", "en", 0.95, condition="average", interval=(0.9, 1.0), aim=("at least", 0.9, None)),
    figure("realistic/brief", "en", 0.3, condition="average", aim=("within", 0.03, 0.13), published=0.01),
    figure("realistic/questions", "en", None, condition="average", aim=("within", 0.08, 0.18)),
    figure("told-apart/from-people-by-style", "en", 0.8, condition="average", details={"commas": 1.2, "<i>": -0.4}),
)
VALIDITY = Validity(PROPERTIES, "hardseek:0.1.0+ab|seeker:chat@12|cards:4@cd|languages:en|systems:6@ef")


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<(?:style|script).*?</(?:style|script)>|<[^>]+>", " ", page, flags=re.DOTALL).split())


def test_every_figure_stands_on_the_page() -> None:
    page = render_validity(VALIDITY, [PICTURES])
    text = text_of(page)
    assert "1 of 2 aims reached" in text and "2 个目标达到 1 个" in text
    for shown in ("0.95", "[0.90, 1.00]", "0.03 to 0.13", "0.010", "chat@12", "commas", "+1.20", "−0.40"):
        assert shown in text, shown
    assert "<i>" not in page and "&lt;i&gt;" in page  # a word of the corpus is text
    assert "http://" not in page and "https://" not in page  # nothing is asked of any network


def test_it_opens_in_either_language_and_replaces_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("old", encoding="utf-8")
    for language in LANGUAGES:
        write_validity(path, VALIDITY, [PICTURES], language=language)
        assert f'data-ui="{language}"' in path.read_text(encoding="utf-8")
    assert [entry.name for entry in tmp_path.iterdir()] == ["page.html"]


def test_nothing_counted_is_said_and_nothing_drawn() -> None:
    page = render_validity(Validity((), "seeker:scripted@1|cards:1@2"), [Pictures("zh")])
    assert "没有算" in text_of(page) and "nan" not in page.lower()


def test_a_curve_rises_up_the_panel() -> None:
    laid = panel(CURVE)
    assert laid is not None
    heights = [y for _, y in laid.dots]
    assert heights == sorted(heights, reverse=True)  # y counts downwards
    assert len(laid.ribbon.split()) == 4  # two points have an interval
    assert panel(Curve("arguing", "resistance (arguing)", (), {})) is None


def test_the_heat_map_marks_its_own_and_what_should_not_move() -> None:
    ((_, cells),) = effects([CURVE])
    assert cells[0].shade == "gain-4 own"
    assert {cell.shade for cell in cells[1:]} == {"loss-1"}


def test_dots_stand_on_a_common_scale() -> None:
    plot = dots([made for made in PROPERTIES if made.name.startswith("realistic/")], start=0.0, shares=True)
    assert plot is not None
    (dot,) = plot.lines  # the other has no value
    assert dot.band is not None and dot.published is not None
    assert dot.published < dot.band[0] < dot.band[1] < dot.place
    assert dots([]) is None and spreads([], {}) is None


def test_everything_has_its_words_in_both_languages() -> None:
    for name in [f"family_{family}" for family in FAMILIES] + [f"marker_{marker}" for marker in MARKERS]:
        assert set(told(name)) == set(LANGUAGES)
    for title in [*packaged_conditions(), *(setting.title for setting in SETTINGS)]:
        assert re.search("[\u4e00-\u9fff]", of_title(title)["zh"]), title
    assert property_title("responsive/auc")["zh"] != "responsive/auc"
    assert property_title("appraisals/difference/siding")["en"].startswith("Mean difference: ")
    assert property_title("not/known") == {"en": "not/known", "zh": "not/known"}
    for name in style(["one two"], "en"):
        assert re.search("[\u4e00-\u9fff]", FEATURES.named(name)["zh"]), name


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_the_page_runs_in_a_browser(tmp_path: Path) -> None:
    write_validity(tmp_path / "page.html", VALIDITY, [PICTURES])
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--dump-dom"]
    command: list[Any] = [CHROMIUM, *options, f"--user-data-dir={tmp_path / 'p'}", f"file://{tmp_path / 'page.html'}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert "Content Security Policy" not in done.stderr
    assert "Uncaught" not in done.stderr
    assert "</html>" in done.stdout
