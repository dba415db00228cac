"""Telling two groups of dialogues apart: what cannot be told, what can, and what gives it away."""

import pytest

from hardseek.luck import Luck
from hardseek.validity.classifier import FEATURES, TURNS, Features, Sample, tell_apart

WORDS = ("job", "sleep", "tired", "home", "friend", "money", "boss", "night", "worry", "alone", "doctor", "today")


def drawn(number: int, kind: str, *, mark: str = "", turns: int = TURNS, group: str | None = None) -> Sample:
    """Draw a dialogue of words that say nothing of its kind but for the mark."""
    luck = Luck.of(seed=5, card=str(number), condition=kind, replicate=0)
    texts = [
        " ".join([*(luck.pick(WORDS, turn, f"word {place}") for place in range(8)), mark]).strip()
        for turn in range(turns)
    ]
    return Sample(group or f"{kind} {number}", tuple(texts))


@pytest.mark.parametrize("features", FEATURES)
def test_what_is_alike_cannot_be_told(features: Features) -> None:
    ones, others = ([drawn(n, kind) for n in range(60)] for kind in ("a", "b"))
    verdict = tell_apart(ones, others, "en", features)
    assert verdict.each == 60
    if features == "function-words":  # none of the words is one: all scores are equal, ties by half
        assert verdict.auc == 0.5
    else:
        assert verdict.auc is not None and 0.3 < verdict.auc < 0.7
        assert verdict.interval is not None and verdict.interval[0] < 0.5 < verdict.interval[1]


@pytest.mark.parametrize(
    ("features", "mark", "telling"),
    [("style", "really!?!", "exclamations"), ("words", "zebra", "zebra"), ("function-words", "because", "because")],
)
def test_a_mark_gives_its_kind_away(features: Features, mark: str, telling: str) -> None:
    ones = [drawn(n, "a", mark=mark) for n in range(20)]
    others = [drawn(n, "b") for n in range(20)]
    verdict = tell_apart(ones, others, "en", features)
    assert verdict.auc == 1.0
    assert verdict.telling[telling] > 0
    back = tell_apart(others, ones, "en", features)
    assert back.telling[telling] < 0


def test_a_group_does_not_help_to_know_itself() -> None:
    # Each group of five has a word of its own, which says nothing of other groups.
    def kind(name: str) -> list[Sample]:
        return [drawn(n, name, mark=f"own{name}{n % 6}", group=f"{n % 6}") for n in range(30)]

    verdict = tell_apart(kind("a"), kind("b"), "en", "words")
    assert verdict.auc is not None and verdict.auc < 0.75


def test_as_many_of_each_and_as_long() -> None:
    ones = [drawn(n, "a") for n in range(12)]
    others = [drawn(n, "b", turns=TURNS + 4) for n in range(30)] + [drawn(n, "c", turns=TURNS - 1) for n in range(9)]
    assert tell_apart(ones, others, "en", "style").each == 12


def test_too_few_groups_give_no_value() -> None:
    ones = [drawn(n, "a", group="one card") for n in range(12)]
    verdict = tell_apart(ones, [drawn(n, "b") for n in range(12)], "en", "style")
    assert (verdict.auc, verdict.interval, verdict.telling) == (None, None, {})


def test_the_choice_depends_on_the_seed_alone() -> None:
    ones, others = [drawn(n, "a") for n in range(10)], [drawn(n, "b") for n in range(40)]
    assert tell_apart(ones, others, "en", "style") == tell_apart(ones, others, "en", "style")
    assert tell_apart(ones, others, "en", "style") != tell_apart(ones, others, "en", "style", seed=2)
