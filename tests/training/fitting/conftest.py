"""Training needs the extra `train`; where it is not installed, tests of it skip and say so."""

import importlib.util
from typing import Final

import pytest

_NEEDED: Final = ("torch", "transformers", "trl", "peft", "datasets")
_MISSING: Final = [name for name in _NEEDED if importlib.util.find_spec(name) is None]


@pytest.fixture(scope="session")
def libraries() -> None:
    if _MISSING:
        pytest.skip(f"the extra `train` is not installed ({', '.join(_MISSING)} missing)")
    import torch

    torch.set_num_threads(1)
