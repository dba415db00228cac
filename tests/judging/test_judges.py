"""The judges that an experiment can name."""

import pytest

from hardseek.errors import Refused
from hardseek.judging import JUDGE_NAMES, build_judge


@pytest.mark.parametrize("name", JUDGE_NAMES)
def test_a_judge_signs_with_the_name_it_is_called_by(name: str) -> None:
    assert build_judge(name).name == name


def test_an_unknown_judge_is_refused_with_the_nearest() -> None:
    with pytest.raises(Refused, match="did you mean indicators"):
        build_judge("indicator")
