"""Where the reference corpora are, for the tests that are marked `corpus`."""

from pathlib import Path

import pytest

_CORPORA = Path(__file__).resolve().parents[3] / "shared" / "data"


@pytest.fixture
def corpora() -> Path:
    if not _CORPORA.is_dir():
        pytest.skip(f"the reference corpora are not at {_CORPORA}")
    return _CORPORA
