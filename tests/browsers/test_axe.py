"""That axe-core sees what is wrong with a page, and nothing where nothing is."""

from pathlib import Path

import pytest

from browsers import CHROMIUM, DRIVER, browser, serious

_GOOD = "<!doctype html><html lang=en><title>A page</title><main><h1>A page</h1><p>Words.</p></main></html>"


@pytest.mark.skipif(CHROMIUM is None or DRIVER is None, reason="no Chromium with its driver")
def test_axe_sees_what_is_wrong(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    with browser(tmp_path) as window:
        page.write_text(_GOOD.replace("Words", "<img src=x>Words <a style='color:#ccc'>pale</a>"), encoding="utf-8")
        window.open(page.as_uri())
        found = serious(window)
        assert [each.partition(":")[0] for each in found] == ["serious color-contrast", "critical image-alt"]
        assert found[1].endswith("(img)")
        page.write_text(_GOOD, encoding="utf-8")
        window.open(page.as_uri())
        assert serious(window) == []
