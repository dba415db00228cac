"""Studies to visit."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from study.browsing import Served, serving, study_file


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A small study that is being served."""
    with serving(study_file(tmp_path)) as found:
        yield found
