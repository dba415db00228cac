"""Made-up dialogues of known quality, rated, for all tests of scorers."""

import pytest

from scorer_data import Made, made_up


@pytest.fixture(scope="session")
def made() -> Made:
    """Return them."""
    return made_up()
