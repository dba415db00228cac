"""Every problem that the check can find has a kind, and is counted as it."""

import inspect
import re

from hardseek.seekers.check import KINDS, kinds_of, signs, wording


def test_all_that_the_check_can_say_is_of_a_kind() -> None:
    said = re.findall(r'"((?:talks|speaks|names|leaks|has|is) [^"{(]+)"', inspect.getsource(signs))
    said += re.findall(r'f?"((?:is|has|tells|echoes) [^"]*)"', inspect.getsource(wording))

    assert len(said) >= 11
    assert [problem for problem in said if kinds_of(problem) == ["other"]] == []


def test_several_problems_of_one_wording_are_told_apart() -> None:
    rejected = "is far too long (90, aimed at 10); contradicts the card: age 30, on the card 34; something new"

    assert kinds_of(rejected) == ["long", "contradiction", "other"]
    assert len(set(KINDS.values())) == len(KINDS)
