"""The study team's pages in a real browser: by keyboard, kept while typing, read by axe, at the width of a phone."""

from pathlib import Path

import pytest

from browsers import CHROMIUM, DRIVER, browser, serious
from hardseek.study.coding.kept import codebook, keep_code, marks
from hardseek.study.interviews.notes import begin, notes, save
from study.browsing import serving
from study.looking import WIDE, come_in, complaints
from study.playing import BRIEF, GUIDE, WAVES, code, play, played_file

pytestmark = pytest.mark.skipif(CHROMIUM is None or DRIVER is None, reason="no Chromium with its driver")


def test_a_coder_codes_by_keyboard(tmp_path: Path) -> None:
    with serving(played_file(tmp_path, participants=1)) as served, browser(tmp_path) as window:
        play(served.design, served.database)
        for one in (WAVES, BRIEF):
            keep_code(served.database, "R1", one)
        come_in(window, served, "coder", "C1")
        window.click("a.main")
        window.until("document.querySelectorAll('#units .unit').length == 6")
        window.write("#u0", "jj1")  # from the first turn to the third, which is the seeker's; its first code
        window.until("document.querySelectorAll('#u2 .chips li').length == 1")
        assert [(one.unit.place, one.code, one.coder) for one in marks(served.database)] == [(2, "waves-off", "C1")]
        window.write("#u2", "1")
        window.until("document.querySelectorAll('#u2 .chips li').length == 0")
        assert marks(served.database) == []
        window.write("#u2", "c")
        window.until("document.querySelector('#u2 details').open && document.activeElement.type == 'checkbox'")
        window.click("#u2 details:nth-of-type(2) summary")
        window.run(
            "const text = document.querySelector('#u2 .said bdi').firstChild; const range = document.createRange();"
            "range.setStart(text, 0); range.setEnd(text, 2); const s = getSelection(); s.removeAllRanges();"
            "s.addRange(range);"
        )
        window.until("document.querySelector('#u2 [data-passage]').value.length == 2")
        window.click("#u2 details:nth-of-type(2) button")
        window.until("document.querySelectorAll('#u2 .passage').length == 1")
        (given,) = marks(served.database)
        assert (given.first, given.last) == (0, 2)
        assert complaints(window) == []


def test_notes_are_kept_while_they_are_typed(tmp_path: Path) -> None:
    with serving(played_file(tmp_path, interview=GUIDE)) as served, browser(tmp_path) as window:
        number = begin(served.database, "P01", "R1")
        come_in(window, served, "researcher", "R1")
        window.open(f"{served.address}/research/interviews/{number}")
        window.write("#hardest textarea", "她说很难")
        window.until("document.querySelector('#hardest [role=status]').textContent != ''")
        assert [(note.question, note.text) for note in notes(served.database)] == [("hardest", "她说很难")]
        window.click("#hardest [data-another]")
        window.write("#hardest form:nth-of-type(2) textarea", "Another one")
        window.until("document.querySelector('#hardest form:nth-of-type(2) [role=status]').textContent != ''")
        window.write("#hardest textarea", "，真的")
        window.until(
            f"fetch('/research/interviews/{number}').then(one => one.text())"
            ".then(text => text.includes('她说很难，真的'))"
        )
        assert sorted(note.text for note in notes(served.database)) == ["Another one", "她说很难，真的"]
        assert "minutes" in window.run("return document.querySelector('[data-since]').textContent")
        assert complaints(window) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_axe_finds_nothing_serious_and_a_phone_shows_it_all(tmp_path: Path, language: str) -> None:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    with serving(played_file(tmp_path, participants=2, interview=GUIDE)) as served, browser(tmp_path) as window:
        play(served.design, served.database)
        code(served.design, served.database)
        number = begin(served.database, "P01", "R1")
        save(served.database, number, "m", "hardest", "It felt like reading a script to me.")
        (note,) = notes(served.database)
        assert codebook(served.database)[0] == 2
        come_in(window, served, "admin", "A1")
        pages = (
            "/research", "/research/interviews", f"/research/interviews/{number}", "/coding", "/coding/talk/1",
            f"/coding/note/{note.number}", "/codebook", "/research/agreement", "/research/codes", "/admin",
        )  # fmt: skip
        for phone in (False, True):
            if phone:
                window.phone(360, 740)
            for page in pages:
                window.open(f"{served.address}{page}?lang={language}")
                window.until("document.querySelector('nav.team')")
                name = f"{page.strip('/').replace('/', '-')}-{language}{'-phone' if phone else ''}.png"
                window.picture(pictures / name)
                assert not window.run(f"return {WIDE}"), f"{page} is wider than the window"
                assert phone or serious(window) == [], page
        assert complaints(window) == []
