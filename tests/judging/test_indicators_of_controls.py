"""The indicators put the built-in controls, whose quality is known, in the order that is expected of them."""

from functools import cache
from statistics import mean

import pytest

from hardseek.chat import Message
from hardseek.dialogues import Transcript
from hardseek.judging import IndicatorJudge
from hardseek.language import LANGUAGES, Language
from hardseek.supporters import Talk
from hardseek.supporters.builtin import BUILTIN_NAMES, control
from hardseek.supporters.builtin.supporter import answer

GOOD = {"balanced-helper", "reflective-listener"}
SEEKER: dict[Language, tuple[str, ...]] = {
    "en": (
        "Since the divorce my son only visits on alternate weekends.",
        "The apartment is so silent that I leave the radio running.",
        "idk",
        "My brother promised to visit and then cancelled again.",
        "At work nobody knows about the divorce yet.",
        "I caught myself talking to the dog for an hour.",
    ),
    "zh": (
        "离婚以后，儿子只有隔周末才过来住。",
        "屋子里太安静了，我就一直开着收音机。",
        "嗯",
        "我哥答应来看我，结果又放了鸽子。",
        "单位里还没人晓得我离婚这件事。",
        "昨晚我跟家里那条狗说了一个钟头的话。",
    ),
}


@cache
def scores(language: Language) -> dict[str, dict[str, float]]:
    """Return the mean of each indicator by control, over twenty seeds; the unscored are left out."""
    return {name: _means(name, language) for name in BUILTIN_NAMES}


def _means(name: str, language: Language) -> dict[str, float]:
    found: dict[str, list[float]] = {}
    for seed in range(0, 1000, 50):
        messages: list[Message] = []
        for place, turn in enumerate(SEEKER[language]):
            messages.append(Message("user", turn))
            messages.append(Message("assistant", answer(control(name), Talk("a", language, seed + place), messages)))
        for rating in IndicatorJudge().rate(Transcript(language, tuple(messages))):
            if rating.score is not None:
                found.setdefault(rating.dimension, []).append(rating.score)
    return {dimension: mean(values) for dimension, values in found.items()}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("indicator", "highest"),
    [
        ("early_advice", "early-adviser"),
        ("advice", "early-adviser"),
        ("template", "template-repeater"),
        ("self_repetition", "template-repeater"),
        ("minimising", "cheerleader"),
        ("interrogation", "interrogator"),
        ("closed_questions", "interrogator"),
    ],
)
def test_each_failing_shows_most_in_the_control_that_has_it(language: Language, indicator: str, highest: str) -> None:
    values = {name: scores(language)[name][indicator] for name in BUILTIN_NAMES}
    others = [value for name, value in values.items() if name != highest]
    assert values[highest] > max(others) + 0.2, values


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("indicator", ["specificity", "validation", "open_questions"])
def test_what_helps_shows_most_in_the_good_controls(language: Language, indicator: str) -> None:
    values = {name: scores(language)[name][indicator] for name in BUILTIN_NAMES}
    poor = [value for name, value in values.items() if name not in GOOD]
    assert min(values[name] for name in GOOD) > max(poor) + 0.1, values
