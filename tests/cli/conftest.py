"""Running command lines in this process, where there are many of them."""

from functools import partial
from pathlib import Path

import pytest

from cli.commands import Here, hardseek


@pytest.fixture
def here(tmp_path: Path) -> Here:
    """Run command lines in `tmp_path`."""
    return partial(hardseek, cwd=tmp_path)
