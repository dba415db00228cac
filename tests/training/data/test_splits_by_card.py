"""Splits: no family of cards in two of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardseek.errors import Refused
from hardseek.training.data.splits import assigned


@given(
    st.dictionaries(st.text(min_size=1), st.sampled_from(["en", "zh"]), min_size=10, max_size=60),
    st.floats(0, 0.4), st.floats(0, 0.4), st.integers(0, 5),
)  # fmt: skip
def test_every_family_has_one_place_and_shares_are_rounded(
    families: dict[str, str], valid: float, test: float, seed: int
) -> None:
    found = assigned(families, valid=valid, test=test, seed=seed)
    assert found.keys() == families.keys()
    many = list(found.values())
    assert many.count("valid") == (max(1, round(valid * len(families))) if valid else 0)
    assert many.count("test") == (max(1, round(test * len(families))) if test else 0)
    assert assigned(dict(reversed(families.items())), valid=valid, test=test, seed=seed) == found


def test_another_seed_is_another_split() -> None:
    families = {str(n): "en" for n in range(40)}
    assert assigned(families, valid=0.2, test=0, seed=1) != assigned(families, valid=0.2, test=0, seed=2)


def test_languages_are_shared_out_alike() -> None:
    families = {f"en {n}": "en" for n in range(20)} | {f"zh {n}": "zh" for n in range(20)}
    for seed in range(10):
        found = assigned(families, valid=0.2, test=0, seed=seed)
        assert sum(place == "valid" and name.startswith("zh") for name, place in found.items()) == 4


@pytest.mark.parametrize(("many", "valid", "test"), [(1, 0.1, 0.0), (2, 0.1, 0.1)])
def test_too_few_cards_are_refused(many: int, valid: float, test: float) -> None:
    with pytest.raises(Refused, match="too few to be split"):
        assigned({str(n): "en" for n in range(many)}, valid=valid, test=test, seed=1)
