"""From codes to conditions that an experiment accepts, once people have filled in what counting cannot tell."""

import re
from pathlib import Path

import pytest
import yaml

from cli.commands import hardseek
from hardseek.errors import Refused
from hardseek.runs import read_experiment
from hardseek.seekers import Condition
from hardseek.seekers.behaviour import OPEN
from hardseek.seekers.conditions import read_conditions
from hardseek.study import read_study
from hardseek.study.coding import Code, Coding, Mark, Source, Unit, behaviour_file, themes
from study.browsing import study_file

CODES = (
    Code(name="nods-only", title="Only nods", definition="Answers with a sound.", theme="Shuts down",
         axis="low_engagement"),
    Code(name="waves-off", title="Waves off", definition="Turns it away.", theme="Shuts down", axis="resistance",
         form="withdrawing"),
    Code(name="jokes", title="Jokes", definition="Jokes about it.", theme="Humour"),
    Code(name="early", title="Early advice", definition="Advises at once.", theme="Shuts down", of="supporter"),
)  # fmt: skip


def talk(number: int, turns: int, participant: str = "P01") -> Source:
    units = tuple(Unit(f"talk:{number}", place) for place in range(turns))
    kinds = tuple("seeker" if place % 2 == 0 else "supporter" for place in range(turns))
    return Source(f"talk:{number}", units, kinds, "en", participant, "s", "worst", f"d{number}")  # type: ignore[arg-type]


def coding(*given: tuple[int, int, str], codes: tuple[Code, ...] = CODES) -> Coding:
    """Two dialogues of eight turns (four of the seeker), coded by one coder."""
    marks = tuple(
        Mark(
            number=at,
            coder="C",
            unit=Unit(f"talk:{number}", place),
            first=None,
            last=None,
            code=code,
            version=1,
            made="",
        )
        for at, (number, place, code) in enumerate(given)
    )
    done = {"talk:1": frozenset({"C"}), "talk:2": frozenset({"C"})}
    return Coding(codes, (talk(1, 8), talk(2, 8, "P02")), done, marks)


FOUND = coding((1, 0, "nods-only"), (1, 4, "nods-only"), (1, 6, "waves-off"), (2, 2, "jokes"), (1, 1, "early"))


def filled(text: str) -> str:
    """Fill in what is open, as a researcher does."""
    text = re.sub(rf"pattern: {OPEN}.*", "pattern: constant", text)
    return text.replace(f"zh: {OPEN}", "zh: 缩回去")


def test_themes_are_counted_in_the_turns_of_seekers() -> None:
    shuts, humour = themes(FOUND)
    assert (shuts.name, shuts.dialogues, shuts.of_dialogues, shuts.participants, shuts.seeker_turns) == (
        "Shuts down", 1, 2, 1, 4,
    )  # fmt: skip
    assert shuts.turns == {"nods-only": 2, "waves-off": 1}  # a supporter's code says nothing of the seeker
    assert shuts.shares == {"low_engagement": (0.5, 0.5, 0.5), "resistance": (0.25, 0.0, 0.5)}
    assert humour.shares == {}


def test_what_is_open_is_marked_and_refused_until_it_is_filled_in(tmp_path: Path) -> None:
    path = tmp_path / "behaviours.yaml"
    text = behaviour_file(FOUND, study="pilot", signature="study:pilot")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read_conditions(path)
    told = str(refused.value)
    assert "pattern" in told and "still to be filled in: zh" in told and "line" in told
    path.write_text(filled(text), encoding="utf-8")
    (condition,) = read_conditions(path).values()
    assert condition.name == "shuts-down" and condition.title == {"en": "Shuts down", "zh": "缩回去"}
    profile = condition.profile
    assert (profile.low_engagement, profile.resistance, profile.resistance_form) == (0.5, 0.25, "withdrawing")
    assert profile.limited_disclosure == 0.0 and condition.description["en"].startswith("Only nods: Answers")
    sources = yaml.safe_load(text)["sources"]["shuts-down"]
    assert sources[0].startswith("theme Shuts down: 1 of 2 coded dialogues") and "2 turns" in sources[1]
    assert "Humour" in text  # named as a theme without a condition


def test_codes_that_do_not_say_how_resistance_shows_leave_it_open() -> None:
    both = (
        CODES[1],
        Code(name="argues", title="Argues", definition="d", theme="Shuts down", axis="resistance", form="arguing"),
    )
    text = behaviour_file(coding((1, 0, "waves-off"), (1, 2, "argues"), codes=both), study="s", signature="")
    assert f"resistance_form: {OPEN}" in text


def test_an_experiment_a_study_and_the_list_of_behaviours_take_the_file(tmp_path: Path) -> None:
    text = filled(behaviour_file(FOUND, study="pilot", signature=""))
    (tmp_path / "behaviours.yaml").write_text(text, encoding="utf-8")
    experiment = tmp_path / "experiment.yaml"
    experiment.write_text(
        "systems: [balanced-helper]\nconditions: [average, behaviours.yaml#shuts-down]\n", encoding="utf-8"
    )
    conditions = read_experiment(experiment)[0].conditions
    assert [condition.name for condition in conditions] == ["average", "shuts-down"]
    assert conditions[1].profile.low_engagement == 0.5
    again = read_experiment(experiment, {"seed": 2})[0]
    assert again.conditions == conditions and again.seed == 2
    study = read_study(study_file(tmp_path, conditions=["behaviours.yaml#shuts-down"]))
    assert study.conditions == conditions[1:]
    shown = hardseek("behaviours", "shuts-down", "--file", "behaviours.yaml", cwd=tmp_path)
    assert shown.returncode == 0 and "Shuts down" in shown.stdout and "0.25" in shown.stdout


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("behaviours.yaml", "say which condition of it: behaviours.yaml#shuts-down"),
        ("behaviours.yaml#shut-down", "did you mean shuts-down"),
        ("elsewhere.yaml#shuts-down", "there is no such file"),
    ],
)
def test_what_is_no_condition_of_a_file_is_told(tmp_path: Path, given: str, told: str) -> None:
    text = filled(behaviour_file(FOUND, study="pilot", signature=""))
    (tmp_path / "behaviours.yaml").write_text(text, encoding="utf-8")
    experiment = tmp_path / "experiment.yaml"
    experiment.write_text(f"systems: [balanced-helper]\nconditions: ['{given}']\n", encoding="utf-8")
    with pytest.raises(Refused, match=re.escape(told)):
        read_experiment(experiment)


def test_nothing_to_derive_is_refused_with_what_to_do() -> None:
    with pytest.raises(Refused, match="finish coding"):
        behaviour_file(coding(), study="s", signature="")
    with pytest.raises(Refused, match="give codes an axis"):
        behaviour_file(coding((1, 0, "jokes")), study="s", signature="")


def test_a_condition_that_is_not_filled_in_is_refused_wherever_it_stands() -> None:
    with pytest.raises(ValueError, match="still to be filled in: en"):
        Condition(name="x", title={"en": OPEN})


def test_themes_in_chinese_make_names_and_keep_their_words() -> None:
    codes = (Code(name="a", title="敷衍", definition="嗯一声就完了。", theme="敷衍", axis="low_engagement"),)
    text = behaviour_file(coding((1, 0, "a"), codes=codes), study="s", signature="")
    (made,) = yaml.safe_load(text)["conditions"]
    assert made["name"] == "theme-1" and made["title"] == {"en": OPEN, "zh": "敷衍"}
