"""The sections of the report beyond the leaderboard: what they say, and that they say so where they cannot."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from hardseek.analysis import Cell
from hardseek.report import RunView, render_report
from hardseek.report.chart import Chart, lay
from hardseek.report.findings import Findings, Section, every_section
from hardseek.report.findings.agreement import agreement
from hardseek.report.findings.leaderboard import leaderboard
from hardseek.report.findings.profile import profile
from hardseek.report.numbers import NOTHING
from hardseek.report.panels import Panels
from hardseek.report.table import Table, Value
from hardseek.report.words import Bilingual
from hardseek.validity.judge import Measure
from report.odd_runs import NOT_FIGURES, ODD

NAMES = ("ranks", "shares", "tails", "survival", "trajectories", "groups", "design", "bounds")


@pytest.fixture(scope="module")
def view(make: Callable[..., Any]) -> RunView:
    found = make(systems=("reflective-listener", "cheerleader", "template-repeater"), cards=6, failures=False).view()
    assert isinstance(found, RunView)
    return found


@pytest.fixture(scope="module")
def found(view: RunView) -> dict[str, Section]:
    return every_section(Findings(view))


def words(text: str | Bilingual) -> list[str]:
    return [text] if isinstance(text, str) else list(text.values())


def everything(section: Section) -> list[str]:
    """Gather all that a section says, in both languages."""
    said = [*words(section.title), *words(section.note), *words(section.reading)]
    said += [text for remark in section.remarks for text in words(remark)]
    said += words(section.absent) if section.absent else []
    for titled in section.tables:
        said += words(titled.title) + of_table(titled.table)
    for shown in section.pictures:
        picture = shown.picture
        if isinstance(picture, Panels):
            said += [text for panel in picture.panels for text in words(panel.told)]
            said += [path for panel in picture.panels for each in panel.courses for path in (each.line, each.band)]
        else:
            said += [text for _, marks in picture.lines for mark in marks for text in (mark.text, str(mark.place))]
    return said


def of_table(table: Table) -> list[str]:
    said = [text for column in table.columns for text in words(column)]
    for row in table.rows:
        said += words(row.head)
        said += [part for value in row.values for part in (*words(value.text), value.interval, str(value.sort or 0.0))]
    return said


def cells(section: Section, table: int, system: str) -> list[Value]:
    return next(list(row.values) for row in section.tables[table].table.rows if row.head == system)


def test_sections_have_their_order_and_both_languages(found: dict[str, Section]) -> None:
    assert tuple(found) == NAMES
    for section in found.values():
        for text in (section.title, section.note, section.reading):
            assert set(text) == {"en", "zh"} and all(text.values())
        assert section.method.split("#")[0] == "estimates.md"


def test_the_method_that_sections_name_is_documented(found: dict[str, Section], pytestconfig: pytest.Config) -> None:
    page = (pytestconfig.rootpath / "docs" / "method" / "estimates.md").read_text(encoding="utf-8")
    anchors = {
        "".join(letter for letter in line.lstrip("# ").lower().replace(" ", "-") if letter.isalnum() or letter == "-")
        for line in page.splitlines()
        if line.startswith("#")
    }
    assert {section.method.partition("#")[2] for section in found.values()} <= anchors


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("name", NAMES)
def test_no_section_invents_a_figure(make: Callable[..., Any], odd: str, name: str) -> None:
    section = every_section(Findings(ODD[odd](make)))[name]
    assert not [text for text in everything(section) if NOT_FIGURES.search(text)]
    assert (section.absent is None) == bool(section.tables or section.pictures)


@pytest.mark.parametrize("odd", ODD)
def test_leaderboard_and_profile_invent_no_figure(make: Callable[..., Any], odd: str) -> None:
    view = ODD[odd](make)
    for table in (leaderboard(Findings(view)), profile(view)):
        assert not [text for text in of_table(table) if NOT_FIGURES.search(text)]


@pytest.mark.parametrize(
    ("odd", "name", "said"),
    [
        ("one system", "ranks", "It takes two systems"),
        ("neither way is better", "ranks", "neither way is better"),
        ("neither way is better", "tails", "neither way is better"),
        ("no profiles and no states", "shares", "is not known for these dialogues"),
        ("no profiles and no states", "trajectories", "is not known for these dialogues"),
        ("one condition", "shares", "It takes a reference"),
        ("all failed", "survival", "How these dialogues ended is not known"),
        ("all unscored", "design", "Nothing has a score"),
        ("one language", "groups", "--group general=A,B"),
        ("one language", "bounds", "Nowhere are more than 5\u00a0% of the scores missing"),
    ],
)
def test_what_is_absent_is_said_in_one_line(make: Callable[..., Any], odd: str, name: str, said: str) -> None:
    section = every_section(Findings(ODD[odd](make)))[name]
    assert section.absent is not None and said in section.absent["en"]
    assert section.tables == () and section.pictures == ()


def test_the_best_system_comes_first(found: dict[str, Section]) -> None:
    table = found["ranks"].tables[0].table
    assert [row.head for row in table.rows] == ["reflective-listener", "cheerleader", "template-repeater"]
    assert [row.values[1].sort for row in table.rows] == [1.0, 2.0, 3.0]
    assert sum(row.values[2].sort or 0.0 for row in table.rows) == pytest.approx(1.0)


def test_parts_of_a_drop_and_the_remainder_add_up(view: RunView, found: dict[str, Section]) -> None:
    *parts, together, drop = [value.sort or 0.0 for value in cells(found["shares"], 0, "cheerleader")]
    assert len(parts) == 5
    assert sum(parts) + together == pytest.approx(drop)
    assert drop == pytest.approx(view.summary.drops[Cell("relief", "worst", "cheerleader")].estimate.mean)


def test_a_tail_is_worse_than_the_mean_and_the_worst_tenth_than_the_worst_quarter(found: dict[str, Section]) -> None:
    mean, quarter, tenth = [value.sort or 0.0 for value in cells(found["tails"], 0, "cheerleader")[:3]]
    assert tenth < quarter < mean
    assert "Biased by selection" in found["tails"].remarks[0]["en"]


def test_with_replicates_the_worst_cells_are_looked_at_again(view: RunView) -> None:
    more = pl.concat(
        [view.measures, view.measures.with_columns(pl.col("dialogue") + "-2", pl.lit(1, pl.Int64).alias("replicate"))]
    )
    dialogues = pl.concat(
        [view.dialogues, view.dialogues.with_columns(pl.col("dialogue") + "-2", pl.lit(1, pl.Int64).alias("replicate"))]
    )
    section = every_section(Findings(replace(view, measures=more, dialogues=dialogues)))["tails"]
    assert [column["en"] for column in section.tables[1].table.columns][-2:] == ["When picked", "Looked at again"]
    assert "Worst of 2" in [column["en"] for column in section.tables[0].table.columns]
    # Both replicates have the same scores here, so what was picked is worth the same again.
    assert all(row.values[-1].sort == pytest.approx(row.values[-2].sort) for row in section.tables[1].table.rows)


def test_curves_of_staying_begin_with_everybody(found: dict[str, Section]) -> None:
    picture = found["survival"].pictures[0].picture
    assert isinstance(picture, Panels)
    assert {panel.title for panel in picture.panels} == {"reflective-listener", "cheerleader", "template-repeater"}
    top = min(height for height, _ in picture.rows)
    for panel in picture.panels:
        for course in panel.courses:
            assert course.line.startswith(f"{picture.left},{top:g} ")


def test_courses_are_drawn_for_every_quantity_on_the_same_scale(found: dict[str, Section]) -> None:
    assert [shown.name for shown in found["trajectories"].pictures] == ["distress", "trust", "disclosed"]
    distress = found["trajectories"].pictures[0].picture
    assert isinstance(distress, Panels)
    assert [label for _, label in distress.rows][:: len(distress.rows) - 1] == ["0", "10"]


def test_groups_are_held_against_each_other(view: RunView) -> None:
    grouped = replace(view, groups={"good": ("reflective-listener",), "poor": ("cheerleader", "template-repeater")})
    section = every_section(Findings(grouped))["groups"]
    row = section.tables[0].table.rows[0]
    one, other, difference = (value.sort or 0.0 for value in row.values[:3])
    assert one - other == pytest.approx(difference) and difference > 0
    assert [remark["en"] for remark in section.remarks] == [
        "good: reflective-listener.", "poor: cheerleader, template-repeater.",
    ]  # fmt: skip


def test_bounds_are_shown_where_much_is_missing(view: RunView) -> None:
    mine = (pl.col("system") == "cheerleader") & (pl.col("condition") == "worst") & (pl.col("dimension") == "relief")
    some = mine & pl.col("card").is_in(["en-00", "en-01"])
    holes = view.measures.with_columns(
        pl.when(~some).then("score"), pl.when(some).then(pl.lit("refused")).alias("unscored")
    )
    section = every_section(Findings(replace(view, measures=holes)))["bounds"]
    (row,) = section.tables[0].table.rows
    assert row.head == "cheerleader"
    assert row.values[1].text == "17\u00a0%"  # 2 of 12 cards
    mean, low, high = (value.sort or 0.0 for value in row.values[3:])
    assert low == pytest.approx((10 * mean + 2 * -10) / 12) and high == pytest.approx((10 * mean + 2 * 10) / 12)


def test_variance_shares_add_up(found: dict[str, Section]) -> None:
    shares = [row.values[0].sort or 0.0 for row in found["design"].tables[0].table.rows]
    assert sum(shares) == pytest.approx(1.0) and shares == sorted(shares, reverse=True)


def test_twice_the_cards_show_a_smaller_drop(found: dict[str, Section]) -> None:
    values = cells(found["design"], 1, "cheerleader")
    least, replicates, cards = (value.sort or 0.0 for value in values[2:5])
    assert 0 < cards < least and replicates <= least


def test_where_nothing_varies_nothing_is_needed(view: RunView) -> None:
    flat = view.measures.with_columns(score=pl.when(pl.col("score").is_not_null()).then(1.0))
    section = every_section(Findings(replace(view, measures=flat)))["design"]
    values = cells(section, 1, "cheerleader")
    assert values[2].text == "0.00" and [value.text for value in values[5:]] == ["", ""]


def test_with_one_pair_a_card_nobody_knows_what_more_replicates_would_do(found: dict[str, Section]) -> None:
    values = cells(found["design"], 1, "cheerleader")
    assert [values[place].text for place in (3, 5)] == [{"en": "unknown", "zh": "未知"}] * 2


def test_where_replicates_cannot_help_it_says_so(view: RunView) -> None:
    # The second replicate is the first once more: all variance lies between cards.
    again = view.measures.with_columns(pl.col("dialogue") + "-2", pl.lit(1, pl.Int64).alias("replicate"))
    section = every_section(Findings(replace(view, measures=pl.concat([view.measures, again]))))["design"]
    values = cells(section, 1, "cheerleader")
    assert values[3].sort == pytest.approx(values[2].sort)
    assert values[5].text == {"en": "no number does", "zh": "加多少都不够"}


MEASURE = Measure(
    name="qwk", dimension="warmth", language="en", judge="gpt", value=0.61, interval=(0.5, 0.7), people=0.66, items=80,
    clusters=8,
)  # fmt: skip


def test_agreement_is_told_beside_the_dimension_or_unknown(view: RunView) -> None:
    known = replace(view, agreement=[MEASURE])
    text = agreement(known, "gpt/warmth").text
    assert text == {
        "en": "English: weighted kappa 0.61 [0.50, 0.70]; people 0.66; 80 items",
        "zh": "英文：加权 kappa 0.61 [0.50, 0.70]；人与人 0.66；80 条",
    }
    for dimension in ("other/warmth", "gpt/empathy", "early_advice"):
        assert agreement(known, dimension).text == {"en": "unknown", "zh": "未知"}
    assert agreement(known, "relief").text == {"en": "no judge", "zh": "不靠评判"}


def test_hostile_names_stay_text(view: RunView) -> None:
    name = "<b>x</b>\u202e"
    groups = {name: ("cheerleader",), "other": ("reflective-listener",)}
    html = render_report(replace(view, groups=groups))
    assert "<b>x</b>" not in html and "&lt;b&gt;x&lt;/b&gt;" in html and "\u202e" not in html


def test_a_scale_takes_in_every_figure() -> None:
    chart = lay([("a", [("hard", 3.0, 1.0, 9.0)]), ("b", [])], 1, scale=(0.0,))
    assert isinstance(chart, Chart)
    ((head, (mark,)),) = chart.lines
    assert head == "a" and mark.interval == "[1.0, 9.0]"
    assert 0 < mark.low < mark.place < mark.high < 100
    assert chart.ticks[0][1] == "0"
    assert lay([("b", [])], 1) is None


def test_nothing_is_written_for_what_is_not_there(view: RunView) -> None:
    none = leaderboard(Findings(replace(view, headline="reply_length")))
    assert NOTHING not in [column["en"] for column in none.columns]
    assert not any("Worst" in column["en"] and "%" in column["en"] for column in none.columns)


def test_shares_are_given_of_a_loss_and_not_of_a_gain(view: RunView) -> None:
    gains = replace(view, measures=view.measures.with_columns(score=-pl.col("score")))
    of_losses, of_gains = ("".join(of_table(made["shares"].tables[0].table)) for made in map(_sections, (view, gains)))
    assert "\u00a0%)" in of_losses and "\u00a0%)" not in of_gains


def _sections(view: RunView) -> dict[str, Section]:
    return every_section(Findings(view))
