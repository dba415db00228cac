"""Studies to visit, and both kinds of databases to keep them in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from study.browsing import Served, serving, study_file
from study.postgres import Postgres, postgres, why_not

KINDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    """A PostgreSQL server."""
    reason = why_not()
    if reason is not None:
        pytest.skip(reason)
    with postgres() as running:
        yield running


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest) -> str | None:
    """The address of a new database; None is SQLite."""
    if request.param == "sqlite":
        return None
    running: Postgres = request.getfixturevalue("server")
    return running.new()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A small study that is being served."""
    with serving(study_file(tmp_path)) as found:
        yield found


@pytest.fixture
def served_anywhere(tmp_path: Path, url: str | None) -> Iterator[Served]:
    """The same on either kind of database."""
    with serving(study_file(tmp_path), url) as found:
        yield found
