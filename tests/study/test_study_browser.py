"""The study in a real browser, as people use it: with its script, in both languages, at the width of a phone."""

from pathlib import Path

import pytest

from browsers import CHROMIUM, DRIVER, Browser, browser, serious
from hardseek.study.access import make_link
from servers import Server, completion, error, in_turn
from study.browsing import Served, serving, study_file
from study.looking import UNNAMED, WIDE, come_in, complaints
from study.test_pairs import comparing

pytestmark = pytest.mark.skipif(CHROMIUM is None or DRIVER is None, reason="no Chromium with its driver")


def test_a_talk_in_a_browser(tmp_path: Path) -> None:
    script = in_turn(completion("<b>你好</b>"), error(500), completion("我在听。").later(0.3))
    with Server(script) as server:
        system = {"kind": "chat", "name": "s", "base_url": server.base_url, "model": "m", "retries": 0}
        path = study_file(tmp_path, systems=[system], languages=["zh"], exchanges=5)
        with serving(path) as served, browser(tmp_path) as window:
            window.phone(360, 740)
            come_in(window, served)
            window.click("a.main")
            window.click("input[name=agree]")
            window.click("main form button")
            window.write("#background", "十年")
            window.click("main form button")
            window.until("location.pathname == '/talk/1'")
            assert not window.run(f"return {WIDE}") and window.run(f"return {UNNAMED}") == 0
            window.click("input[name=distress_before][value='8']")
            window.click("main form button")

            window.until("document.getElementById('say')")
            window.write("#text", "有人吗？\ue007")  # Enter
            window.until("document.querySelectorAll('#talk li').length == 2")
            assert window.run("return document.querySelector('.turn.supporter bdi').textContent") == "<b>你好</b>"
            assert window.run("return document.querySelectorAll('#talk b').length") == 0

            window.write("#text", "说点什么")
            window.click("#say button")
            window.until("!document.getElementById('again').hidden")
            window.click("#again button")
            window.until("!document.getElementById('waiting').hidden")
            window.until("document.querySelectorAll('#talk li').length == 4")
            assert window.run("return document.getElementById('again').hidden")

            window.write("#text", "我还没写完")
            window.until(
                "fetch('/talk/1').then(one => one.text()).then(text => text.includes('我还没写完</textarea>'))"
            )
            window.open(f"{served.address}/talk/1")
            assert window.run("return document.getElementById('text').value") == "我还没写完"
            assert not window.run(f"return {WIDE}") and window.run(f"return {UNNAMED}") == 0

            window.click(".leaving summary")
            window.click(".leaving button[value=not]")
            window.click("input[name=distress_after][value='3']")
            window.click("input[name=understood][value='2']")
            window.click("main form[data-draft] button")
            window.until("document.querySelector('input[type=range]')")
            assert window.run("return document.getElementById('recommend').value") == ""
            window.run(
                "const range = document.querySelector('input[type=range]'); range.value = 40;"
                "range.dispatchEvent(new Event('input', {bubbles: true}))"
            )
            assert window.run("return document.getElementById('recommend').value") == "40"
            window.click("main form[data-draft] button")
            window.until("location.pathname == '/form/end'")
            assert complaints(window) == []


def look(window: Browser, served: Served, *paths: str) -> dict[str, list[str]]:
    """Return what axe-core finds on pages, in both languages; nothing is expected."""
    found = {}
    for path in paths:
        for language in ("en", "zh"):
            window.open(f"{served.address}{path}?lang={language}")
            window.until("document.readyState == 'complete'")
            if wrong := serious(window):
                found[f"{path} {language}"] = wrong
    return found


def test_axe_finds_nothing_serious_on_the_pages_of_participants(tmp_path: Path) -> None:
    path = study_file(tmp_path, languages=["en"])
    with serving(path) as served, browser(tmp_path) as window:
        window.phone(360, 740)
        link = f"/in/{make_link(served.database, 'participant', 'P01')}"
        found = look(window, served, "/", "/no/such", link)
        window.click("main button")
        window.until("location.pathname == '/'")
        person = served.visitor("P01")
        found |= look(window, served, "/", "/consent", "/help", "/stop")
        person.get("/consent")
        person.post("/consent", {"agree": "yes"})
        found |= look(window, served, "/form/start")
        person.post("/form/start", {"background": ""})
        found |= look(window, served, "/talk/1")
        person.post("/talk/1/begin", {"distress_before": "5"})
        person.post("/talk/1/say", {"turn": "0", "text": "Hello?"})
        person.until_answered(1, 2)
        found |= look(window, served, "/talk/1")
        person.post("/talk/1/leave", {"how": "not"})
        found |= look(window, served, "/talk/1")
        found |= look(window, served, person.rate(1).path)
        assert found == {}


def test_answers_are_rated_and_time_runs_in_a_browser(tmp_path: Path) -> None:
    turn = {"kind": "likert", "name": "helped", "text": {"en": "Did it help?", "zh": "有帮助吗？"}, "low": 0, "high": 4}
    practice = {"system": "reflective-listener", "condition": "average", "exchanges": 1}
    path = study_file(tmp_path, forms={"turn": [turn]}, practice=practice, minutes=1, dialogues=1)
    with serving(path, trial=True) as served, browser(tmp_path) as window:
        window.phone(360, 740)
        come_in(window, served)
        person = served.visitor("P01").agree()
        person.talk(0, "Only to try.", how="never")
        person.post("/talk/0/turn", {"about": "turn:0:1", "helped": "3"})
        person.post("/talk/0", {"distress_after": "5"})
        person.post("/talk/1/begin", {"distress_before": "5"})
        window.open(f"{served.address}/talk/1")
        window.until("document.getElementById('clock').textContent == 'Minutes left: 1'")
        window.write("#text", "Is anybody there?\ue007")
        window.until("document.getElementById('turn')")  # the answer has come, and is to be rated
        assert not window.run("return document.getElementById('say').checkVisibility()")
        assert not window.run(f"return {WIDE}") and window.run(f"return {UNNAMED}") == 0
        assert serious(window) == []
        window.click("input[name=helped][value='1']")
        window.click("#turn button")
        window.until("document.getElementById('say').checkVisibility()")
        window.write("#text", "Half a sen")
        served.database.connection.execute("UPDATE talks SET begun = '2026-01-01T00:00:00+00:00' WHERE position = 1")
        window.run("document.getElementById('clock').dataset.seconds = '1'")
        window.until("document.querySelector('input[name=distress_after]')")  # time is up: the page says so by itself
        assert "time is up" in window.run("return document.querySelector('main').textContent")
        assert complaints(window) == []


def test_pairs_stand_side_by_side_and_on_a_phone_one_below_the_other(tmp_path: Path) -> None:
    with serving(comparing(tmp_path)) as served, browser(tmp_path) as window:
        served.visitor("P01").agree()
        come_in(window, served)
        tops = "return [...document.querySelectorAll('.sides section')].map((one) => one.getBoundingClientRect().top)"
        window.open(f"{served.address}/form/pair/1")
        left, right = window.run(tops)
        assert left == right
        window.phone(360, 740)
        assert look(window, served, "/form/pair/1") == {}
        upper, lower = window.run(tops)
        assert lower > upper + 100 and not window.run(f"return {WIDE}") and window.run(f"return {UNNAMED}") == 0


def test_what_cannot_be_sent_stays_in_the_box(tmp_path: Path) -> None:
    with browser(tmp_path) as window:
        with serving(study_file(tmp_path)) as served:
            person = served.visitor("P01").agree()
            person.post("/talk/1/begin", {"distress_before": "5"})
            come_in(window, served)
            window.open(f"{served.address}/talk/1")
        window.write("#text", "Nobody hears this.\ue007")
        window.until("!document.getElementById('offline').hidden")
        assert window.run("return document.getElementById('text').value") == "Nobody hears this."
        assert window.run("return document.querySelectorAll('#talk li').length") == 0


def test_what_cannot_be_sent_is_kept_as_soon_as_it_can_be(tmp_path: Path) -> None:
    with serving(study_file(tmp_path)) as served, browser(tmp_path) as window:
        person = served.visitor("P01").agree()
        person.post("/talk/1/begin", {"distress_before": "5"})
        come_in(window, served)
        window.open(f"{served.address}/talk/1")
        window.run(
            "const real = window.fetch;"
            "window.fetch = (path, options) =>"
            " String(path).includes('/say') ? Promise.reject(new Error('away')) : real(path, options)"
        )
        window.run("const box = document.getElementById('text'); box.value = 'Sent to nobody.'; say.requestSubmit()")
        window.until("!document.getElementById('offline').hidden")
        window.until(
            "fetch('/talk/1').then(one => one.text()).then(text => text.includes('Sent to nobody.</textarea>'))"
        )
        assert person.get("/talk/1/state").text.count("Sent to nobody.") == 0
