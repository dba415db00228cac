"""The first sentence: of several systems it tells who loses, never only what they lose on average."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from hardseek.report import RunView
from hardseek.report.headline import Headline, headline

CARDS = 10


def view(make: Callable[..., Any], relief: Mapping[str, tuple[float, float]]) -> RunView:
    """Make a run in which a system has these means under `average` and `worst`; what it loses hardly varies."""
    run = make(systems=tuple(relief), conditions=("average", "worst"), cards=CARDS, languages=("en",), failures=False)
    for name, dialogue in run.dialogues.items():
        ordinary, hard = relief[dialogue.system]
        jitter = 0.02 * (int(dialogue.card[-2:]) - (CARDS - 1) / 2)
        run.scores[name] = {"relief": ordinary if dialogue.condition == "average" else hard + jitter}
    made = run.view()
    assert isinstance(made, RunView)
    return made


def said(found: Headline) -> str:
    return " ".join([found.finding["en"], *(detail["en"] for detail in found.details)])


@pytest.mark.parametrize(
    ("relief", "finding"),
    [
        ({"a": (3, 2), "b": (3, 1)}, "Under “Worst”, all 2 systems lose on Relief, b most: 2.00 [1.96, 2.04]."),
        ({"a": (3, 2), "b": (3, 1), "c": (-1, -1)}, "Under “Worst”, 2 of 3 systems lose on Relief, b most: 2.00 "),
        ({"a": (3, 2), "b": (-1, 0)}, "Under “Worst”, one of 2 systems loses on Relief: a, by 1.00 "),
        ({"a": (1, 1), "b": (-1, -1)}, "Under “Worst”, no system loses on Relief beyond chance; the drop is 0.00 "),
        ({"a": (1, 2), "b": (-1, 0)}, "no system loses on Relief beyond chance; the systems on average gain 1.00."),
        ({"a": (3, 2)}, "Under “Worst”, a loses 1.00 on Relief."),
        ({"a": (2, 3)}, "Under “Worst”, a gains 1.00 on Relief."),
        ({"a": (2, 2)}, "Under “Worst”, a shows no clear change on Relief: a drop of 0.00 "),
    ],
)
def test_the_finding(make: Callable[..., Any], relief: Mapping[str, tuple[float, float]], finding: str) -> None:
    assert finding in headline(view(make, relief)).finding["en"]


def test_losses_that_are_offset_by_gains_are_told(make: Callable[..., Any]) -> None:
    found = headline(view(make, {"good": (3, 1), "poor": (-3, -1)}))
    assert found.finding["en"].startswith("Under “Worst”, one of 2 systems loses on Relief: good, by 2.00 ")
    assert "Mean 0.00 under “Average”, 0.00 under “Worst”, all systems together: a drop of 0.00 " in said(found)
    assert "from 20 pairs of dialogues on 10 role cards" in said(found)


def test_losing_least_is_no_praise_where_a_system_does_badly_anyway(make: Callable[..., Any]) -> None:
    found = said(headline(view(make, {"good": (3, 1), "poor": (-1, -1)})))
    assert "poor loses least, 0.00 [−0.04, 0.04], but it does worse under “Average” (−1.00) than good " in found
    assert "under “Worst” (1.00): it has little to lose." in found


def test_losing_least_is_told_plainly_where_the_system_is_better_too(make: Callable[..., Any]) -> None:
    found = said(headline(view(make, {"sturdy": (3, 2.5), "frail": (3, 1)})))
    assert "sturdy loses least: 0.50 [0.46, 0.54]." in found and "little to lose" not in found
