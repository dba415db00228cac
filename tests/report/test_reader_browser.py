"""The report in a real browser, as a person reads it: filters, search, evidence, links, languages, a phone, paper."""

import base64
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from browsers import CHROMIUM, DRIVER, Browser, browser, serious
from hardseek.dialogues import Dialogue, Turn
from hardseek.judging import Dimension, Grounds, Rating
from hardseek.report import RunView, write_report
from hardseek.report.reader import Shelf

pytestmark = pytest.mark.skipif(CHROMIUM is None or DRIVER is None, reason="no Chromium with its driver")
EMPATHY = Dimension("j/empathy", {"en": "Empathy", "zh": "共情"}, {"en": "e", "zh": "共"}, "higher", 1, 5)
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\u202eevil\u2066"
STRANGE = "odd/id&beside=%41"
"""An id with all that an address means something by."""
CONTENT = "document.getElementById('reader-count').innerText"
TURNS = "[...document.querySelectorAll('.turn .words')].map(one => one.textContent)"


def judged(name: str) -> list[Rating]:
    """Rate a dialogue with a quote in other letters and blanks, one that leaves something out, and one never said."""
    quotes = ("THE MOVE left  you", "scared … of <b>it</b>", "nobody said this")
    grounds = Grounds("It takes up <i>the move</i>.", quotes, 1)
    return [
        Rating("j", EMPATHY.name, 4.0, None, grounds),
        Rating("j", "j/safety", None, "the answer could not be read"),
        Rating("seeker", "relief", 1.5),
    ]


def marked(number: int, dialogue: Dialogue) -> Dialogue:
    """Give a few dialogues words of their own."""
    if number == 3:
        turns = (
            Turn("seeker", HOSTILE),
            Turn("supporter", "It sounds like the move left you alone. Scared, I guess, of <b>it</b>? 🙂 The end."),
            Turn("seeker", "long " * 40_000 + "needle"),
        )
        return Dialogue(STRANGE, dialogue.system, dialogue.condition, dialogue.card, "en", 0, turns, dialogue.ending)
    return dialogue


@pytest.fixture(scope="module")
def page(make: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    run = make(systems=("first", "second"), conditions=("average", "worst"), cards=40, failures=False)
    changed = [marked(number, dialogue) for number, dialogue in enumerate(run.dialogues.values())]
    run.scores = {one.id: scores for one, scores in zip(changed, run.scores.values(), strict=True)}
    run.dialogues = {one.id: one for one in changed}
    view: RunView = run.view(ratings=judged)
    view = replace(view, dimensions=(*view.dimensions, EMPATHY))
    folder = tmp_path_factory.mktemp("a report")
    with (
        patch("hardseek.report.page.Shelf", lambda path: Shelf(path, room=20_000)),
        patch("hardseek.report.reader.blocks.BLOCK", 30_000),
    ):
        write_report(folder / "report.html", view)
    assert len(list((folder / "report.data").iterdir())) > 4  # some of it lies beside the page
    return folder / "report.html"


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("browser"), 1280, 900) as opened:
        yield opened


def opened(window: Browser, page: Path, fragment: str = "") -> None:
    window.open("about:blank")
    window.open(page.as_uri() + fragment)
    window.until("document.querySelector('.turn') || document.querySelector('#reader-talks [role=alert]')")


def test_filters_search_and_order(page: Path, window: Browser) -> None:
    opened(window, page)
    window.click("[data-mode=every]")
    window.until(f"{CONTENT} == '320 of 320 dialogues'")
    assert window.run("return document.querySelectorAll('#reader-items li').length") == 50
    window.click("#reader-later")
    window.until("document.getElementById('reader-page').innerText == '51–100 of 320'")
    window.click("#reader-filters summary")
    for field, name in (("system", "second"), ("condition", "Worst"), ("language", "zh")):
        window.run(
            "const field = document.getElementById(arguments[0]);"
            "field.value = [...field.options].find(one => one.textContent == arguments[1]).value;"
            "field.dispatchEvent(new Event('change'))",
            f"reader-{field}",
            name,
        )
    window.until(f"{CONTENT} == '40 of 320 dialogues'")
    assert window.run("return document.getElementById('reader-active').textContent") == "(3)"
    window.write("#reader-card", "zh-07")
    window.until(f"{CONTENT} == '1 of 320 dialogues'")
    window.click("#reader-clear")
    window.until(f"{CONTENT} == '320 of 320 dialogues'")
    window.run("const sort = document.getElementById('reader-sort'); sort.value = 'low'; sort.onchange;"
               "sort.dispatchEvent(new Event('change'))")  # fmt: skip
    scores = "[...document.querySelectorAll('#reader-items small')].map(one => Number(one.innerText.split('·').at(-1)"
    window.until(f"{scores}.replace('−', '-')))[0] < -1")
    shown = window.run(f"return {scores}.replace('−', '-')))")
    assert shown == sorted(shown)
    window.write("#reader-low", "1000")
    window.until(f"{CONTENT}.startsWith('No dialogue fits')")
    window.click("#reader-clear")
    window.write("#reader-search", 'needle "long long"\ue007')
    window.until(f"{CONTENT} == '1 dialogues with 1 turns that fit'")
    window.run("document.getElementById('reader-search').value = ''")
    window.write("#reader-search", "睡不好\ue007")
    window.until(f"{CONTENT}.startsWith('160 dialogues')")
    window.run("document.querySelector('#reader-items a').click()")
    window.until("document.querySelector('mark.hit')?.textContent == '睡不好'")
    assert window.console() == []


def test_evidence_is_marked_where_it_was_said(page: Path, window: Browser) -> None:
    opened(window, page, f"#dialogue/{'odd%2Fid%26beside%3D%2541'}/2")
    window.until("document.querySelector('.turn.found')")
    marks = window.run("return [...document.querySelectorAll('mark.evidence')].map(one => one.textContent)")
    assert marks == ["the move left you", "Scared", "of <b>it</b"]
    said = window.run("return [...document.querySelectorAll('.judged li')].map(one => one.innerText)")
    assert "turn 2" in said[0] and "turn 2" in said[1] and "not said in this dialogue" in said[2]
    judges = window.run("return document.querySelector('.judged').innerText")
    assert "It takes up <i>the move</i>." in judges and "Unscored: the answer could not be read" in judges
    window.click(".turn.supporter .evidence-number")
    assert window.run("return document.activeElement.tagName") == "LI"
    window.click("#reader-evidence")
    assert window.run("return getComputedStyle(document.querySelector('mark.evidence')).borderBottomWidth") == "0px"
    window.click("#reader-evidence")


def test_hostile_and_endless_turns_are_text(page: Path, window: Browser) -> None:
    opened(window, page, "#dialogue/odd%2Fid%26beside%3D%2541")
    window.until("document.querySelectorAll('.turn').length == 3")
    first, _, last = window.run(f"return {TURNS}")
    assert first == HOSTILE.replace("\u202e", "‹U+202E›").replace("\u2066", "‹U+2066›")
    assert len(last) == 1_201
    window.click(".turn .whole")
    assert len(window.run(f"return {TURNS}")[2]) == 200_006
    assert (
        window.run("return document.querySelectorAll('.words *:not(mark):not(sup):not(button):not(span)').length") == 0
    )
    assert window.console() == []


def test_links_the_back_button_keys_and_side_by_side(page: Path, window: Browser) -> None:
    opened(window, page)
    window.click("[data-mode=every]")
    window.until("document.querySelectorAll('#reader-items a').length == 50")
    hashes = window.run("return [...document.querySelectorAll('#reader-items a')].map(one => one.hash)")
    window.run("document.querySelectorAll('#reader-items a')[1].click()")
    window.until(f"location.hash == {hashes[1]!r}")
    assert window.run("return document.activeElement.id") == "reader-title"
    window.write("#reader-title", "j")
    window.until(f"location.hash == {hashes[2]!r} && document.querySelector('#reader-items [aria-current=true]')")
    window.run("history.back()")
    window.until(f"document.querySelector('#reader-items [aria-current=true]')?.hash == {hashes[1]!r}")
    window.run("document.querySelectorAll('#reader-items a')[1].focus()")
    window.write("#reader-items li:nth-child(2) a", "\ue015")  # arrow down
    assert window.run("return document.activeElement.hash") == hashes[2]
    window.run(
        "const field = document.getElementById('reader-beside'); field.selectedIndex = field.options.length - 1;"
        "field.dispatchEvent(new Event('change', {bubbles: true}))"
    )
    window.until("document.querySelectorAll('.talk').length == 2 && location.hash.includes('&beside=')")
    kept = window.run("return location.href")
    window.open("about:blank")
    window.open(kept)
    window.until("document.querySelectorAll('.talk').length == 2")
    opened(window, page, "#dialogue/nobody")
    window.until("document.querySelector('#reader-talks').innerText.includes('There is no dialogue nobody')")


def test_no_grave_barrier_in_either_language_and_none_on_a_phone(page: Path, window: Browser) -> None:
    opened(window, page)
    window.click("#reader-filters summary")
    assert serious(window) == []
    window.click("[data-switch=zh]")
    assert window.run("return document.querySelector('#reader-system option').textContent") == "不限"
    assert "选出" in window.run(f"return {CONTENT}")
    window.phone(360, 740)
    try:
        assert window.run("return document.documentElement.scrollWidth") <= 360
        assert serious(window) == []
        small = "[...document.querySelectorAll('.reader button, .reader select')].filter(one => one.checkVisibility()"
        assert window.run(f"return {small} && one.getBoundingClientRect().height < 24).length") == 0
    finally:
        window._post("goog/cdp/execute", {"cmd": "Emulation.clearDeviceMetricsOverride", "params": {}})


def test_it_prints_whole_or_one_dialogue(page: Path, window: Browser) -> None:
    opened(window, page)
    whole = base64.b64decode(_printed(window))
    assert whole.startswith(b"%PDF") and len(whole) > 20_000
    window.run("window.print = () => {}")
    window.click("#reader-print")
    assert window.run("return document.body.classList.contains('one-dialogue')")
    one = base64.b64decode(_printed(window))
    assert one.startswith(b"%PDF") and one.count(b"/Type /Page\n") <= whole.count(b"/Type /Page\n")


def test_it_asks_nothing_but_what_lies_beside_it(page: Path, window: Browser) -> None:
    asked: list[str] = []

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            asked.append(self.path)

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=page.parent)) as server:
        threading.Thread(target=server.serve_forever).start()
        try:
            window.open(f"http://127.0.0.1:{server.server_port}/report.html")
            window.click("[data-mode=every]")
            window.write("#reader-search", "move\ue007")
            window.until(f"{CONTENT}.includes('turns that fit')")
            named = window.run("return performance.getEntriesByType('resource').map(one => one.name)")
        finally:
            server.shutdown()
    here = f"http://127.0.0.1:{server.server_port}/report.data/"
    assert named and all(name.startswith(here) for name in named)
    assert all(path == "/report.html" or path.startswith("/report.data/") for path in asked if path != "/favicon.ico")
    assert [told for told in window.console() if "favicon" not in told] == []


def test_what_lies_beside_is_missed_in_words(page: Path, window: Browser, tmp_path: Path) -> None:
    alone = tmp_path / "report.html"
    alone.write_bytes(page.read_bytes())
    opened(window, alone)
    assert window.run("return document.querySelectorAll('.turn').length") > 4  # the chosen ones are in the page
    window.click("[data-mode=every]")
    window.until(f"{CONTENT} == '320 of 320 dialogues'")
    window.run("const sort = document.getElementById('reader-sort'); sort.value = 'place';"
               "sort.dispatchEvent(new Event('change'))")  # fmt: skip
    for _ in range(6):
        window.run("document.getElementById('reader-later').click()")
    window.until("document.getElementById('reader-page').innerText.startsWith('301')")
    window.run("[...document.querySelectorAll('#reader-items a')].at(-1).click()")
    window.until("document.querySelector('#reader-talks').innerText.includes('could not be read from there')")
    window.write("#reader-search", "move\ue007")
    window.until(f"{CONTENT}.startsWith('Stopped at')")  # what was found so far, and not as if that were all


def _printed(window: Browser) -> str:
    done = window._post("goog/cdp/execute", {"cmd": "Page.printToPDF", "params": {"printBackground": True}})
    return str(done["data"])
