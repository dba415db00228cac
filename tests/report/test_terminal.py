"""The tables a run prints."""

from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from hardseek.analysis import Drop, Estimate
from hardseek.report import RunView, render_report, run_table


def printed(view: RunView, width: int) -> str:
    out = StringIO()
    Console(file=out, width=width, color_system=None).print(run_table(view))
    return out.getvalue()


@pytest.fixture(scope="module")
def demo(make: Callable[..., Any]) -> RunView:
    view = make().view()
    assert isinstance(view, RunView)
    return view


@pytest.mark.parametrize("width", [60, 80, 100, 140])
def test_every_number_is_whole_at_every_width(demo: RunView, width: int) -> None:
    text = printed(demo, width)
    assert max(len(line) for line in text.splitlines()) <= width
    drop = next(value for cell, value in demo.summary.drops.items() if cell[:3] == ("relief", "worst", "cheerleader"))
    assert f"{drop.estimate.mean:.2f}*" in text
    assert f"[{drop.estimate.low:.2f}, {drop.estimate.high:.2f}]" in text
    assert "…" not in text


def test_names_are_whole_at_100_columns(demo: RunView) -> None:
    text = printed(demo, 100)
    for system in demo.summary.systems:
        assert text.count(system) >= 3


def test_what_is_missing_is_printed(demo: RunView) -> None:
    text = printed(demo, 100)
    assert "16 of 840 dialogues failed" in text
    assert "Signature: 3f1c9ab2d4e0" in text
    last = next(line for line in reversed(text.splitlines()) if line.strip().startswith("All systems"))
    assert last.split()[-2:] == ["16", "21"]


@pytest.mark.parametrize(
    "change",
    [
        {"systems": (), "cards": 0},
        {"conditions": ("average",)},
        {"conditions": ("resistance", "worst")},
        {"systems": ("one",), "languages": ("zh",), "cards": 1},
    ],
)
def test_small_runs(make: Callable[..., Any], change: dict[str, Any]) -> None:
    view = make(failures=False, **change).view()
    text = printed(view, 80)
    assert text.strip()
    for wrong in ("NaN", "nan", "None", "Traceback"):
        assert wrong not in text


def test_names_cannot_act_in_a_terminal(make: Callable[..., Any]) -> None:
    name = "[red]a[/red]|\x1b[31m\n<b>"
    run = make(systems=(name,), conditions=("average", "worst"), languages=("en",), cards=3, failures=False)
    view = run.view()
    text = printed(view, 120)
    assert "\x1b" not in text and "[red]a[/red]|" in text


def test_where_interval_and_test_part_it_is_said(make: Callable[..., Any]) -> None:
    view = make(systems=("a", "b"), conditions=("average", "worst"), languages=("en",), failures=False).view()
    clear = Drop(Estimate(0.5, 0.1, 0.9, 12, 12), 1.0, 0.5, p=0.01, q=0.02)
    near = replace(clear, estimate=Estimate(0.5, 0.0, 0.9, 12, 12))  # beyond chance, and its interval touches 0
    unlikely = replace(clear, q=0.06)  # the other way round
    summary = view.summary
    mine = [cell for cell in summary.drops if cell.dimension == view.headline]
    for drops, parted in (([clear] * 3, 0), ([near, clear, clear], 1), ([near, unlikely, clear], 2)):
        vars(view)["summary"] = replace(summary, drops=summary.drops | dict(zip(mine, drops, strict=True)))
        text = " ".join(printed(view, 100).split())
        assert (f"For {parted} of 3 drops, interval and test say different things" in text) is (parted > 0)
        assert (f"For {parted} of 3 drops" in render_report(view)) is (parted > 0)
