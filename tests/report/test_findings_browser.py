"""The findings in a real browser: sorting, reading instructions, languages, a phone, axe-core."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from browsers import CHROMIUM, DRIVER, Browser, browser, serious
from hardseek.report import write_report

pytestmark = pytest.mark.skipif(CHROMIUM is None or DRIVER is None, reason="no Chromium with its driver")
SECTIONS = ("ranks", "shares", "tails", "survival", "trajectories", "groups", "design")
HEADS = "[...document.querySelectorAll('#tails table')[0].tBodies[0].rows].map(row => row.cells[0].textContent)"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def page(make: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    view = make(systems=("reflective-listener", "cheerleader", "template-repeater"), cards=4).view()
    groups = {"good": ("reflective-listener",), "poor": ("cheerleader", "template-repeater")}
    path = tmp_path_factory.mktemp("findings") / "report.html"
    write_report(path, replace(view, groups=groups))
    return path


@pytest.fixture(scope="module")
def window(page: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profile")) as opened:
        opened.open(page.as_uri())
        yield opened


def test_every_section_is_there_and_linked(window: Browser) -> None:
    for name in SECTIONS:
        assert window.run(f"return document.querySelector('nav a[href=\"#{name}\"]') !== null"), name
        assert window.run(f"return document.getElementById('{name}').innerText").strip()
    assert window.console() == []


def test_tables_are_sorted_by_a_press(window: Browser) -> None:
    before = window.run(f"return {HEADS}")
    window.click("#tails th:nth-child(3) button")  # the worst quarter, the greatest first
    first = window.run(f"return {HEADS}")
    window.click("#tails th:nth-child(3) button")
    assert window.run(f"return {HEADS}") == first[::-1]
    assert sorted(before) == sorted(first)
    assert (
        window.run("return document.querySelector('#tails th:nth-child(3)').getAttribute('aria-sort')") == "ascending"
    )


def test_how_to_read_it_opens_by_keyboard(window: Browser) -> None:
    window.run("document.querySelector('#ranks details.reading summary').focus(); return 1")
    window.write("#ranks details.reading summary", "\ue007")
    assert window.run("return document.querySelector('#ranks details.reading').open")
    assert "2,000 times" in window.run("return document.querySelector('#ranks details.reading').innerText")


def test_the_language_is_switched(window: Browser) -> None:
    window.click("[data-switch='zh']")
    assert "名次有多可靠" in window.run("return document.body.innerText")
    assert "How sure the order is" not in window.run("return document.body.innerText")
    window.click("[data-switch='en']")
    assert "How sure the order is" in window.run("return document.body.innerText")


def test_pictures_are_told_in_words(window: Browser) -> None:
    told = window.run("return document.querySelector('#survival .panel .quiet').textContent")
    assert "after each exchange" in told
    assert window.run("return document.querySelectorAll('main svg:not([aria-hidden=true]):not(svg svg)').length") == 0


def test_axe_finds_nothing_serious(window: Browser) -> None:
    window.run("for (const one of document.querySelectorAll('details')) one.open = true; return 1")
    assert serious(window) == []


def test_a_phone_need_not_scroll_sideways(window: Browser) -> None:
    window.phone(360, 740)
    assert window.run(f"return {WIDER}") <= 0
    wide = window.run(
        "return [...document.querySelectorAll('.panel svg')].map(one => one.getBoundingClientRect().width)"
    )
    assert wide and max(wide) <= 340 and min(wide) >= 280
