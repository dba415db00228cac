"""The page in a real browser, where there is one."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hardseek.report import write_report

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_scripts_run_and_the_reader_shows_a_dialogue(make: Callable[..., Any], tmp_path: Path) -> None:
    run = make(systems=("first", "second"), conditions=("average", "worst"), cards=3)
    write_report(tmp_path / "report.html", run.view())
    assert CHROMIUM is not None
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--lang=en",
        "--virtual-time-budget=2000",
        "--enable-logging=stderr",
    ]
    done = subprocess.run(
        [
            CHROMIUM,
            *options,
            f"--user-data-dir={tmp_path / 'profile'}",
            "--dump-dom",
            f"file://{tmp_path / 'report.html'}",
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "Content Security Policy" not in done.stderr
    assert "Uncaught" not in done.stderr
    assert done.stdout.count('<article class="turn ') >= 8
    assert 'id="reader-app"' in done.stdout and 'id="reader-app" hidden' not in done.stdout
    assert '<details class="trace">' in done.stdout
