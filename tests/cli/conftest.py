"""Running command lines in this process, where there are many of them."""

import io
import sys
from pathlib import Path

import pytest

from cli.in_process import Done, Here
from hardseek.cli import main


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Here:
    """Run a command line in `tmp_path`, in a terminal of 100 columns; `keys` is what is typed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")

    def run(*words: str | Path, keys: str = "") -> Done:
        monkeypatch.setattr(sys, "argv", ["hardseek", *map(str, words)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(keys))
        code = 0
        try:
            main()
        except SystemExit as left:
            code = int(left.code or 0)
        told = capsys.readouterr()
        return Done(code, told.out, told.err)

    return run
