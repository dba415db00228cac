"""The experiment file: what it may say, and how mistakes in it are told."""

from pathlib import Path
from typing import Any

import pytest

from hardseek.errors import Refused
from hardseek.judging import IndicatorsSpec
from hardseek.runs import CardChoice, experiment_text, read_experiment
from hardseek.seekers.conditions import packaged_conditions
from hardseek.seekers.spec import ScriptedSeeker
from hardseek.supporters.spec import BuiltinSystem, ChatSystem
from runs.run_cast import experiment

SMALL = """\
name: small
systems:
  - cheerleader
  - kind: chat
    name: mine
    base_url: http://localhost:8000/v1
    model: m
conditions: [average, {name: curt, profile: {low_engagement: 0.7}}]
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "small.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def refusal(tmp_path: Path, text: str, **changes: Any) -> str:
    with pytest.raises(Refused) as refused:
        read_experiment(written(tmp_path, text), changes)
    return str(refused.value)


def test_a_plain_name_stands_for_what_is_packaged(tmp_path: Path) -> None:
    found, text = read_experiment(written(tmp_path, SMALL))
    assert text == SMALL
    assert found.systems[0] == BuiltinSystem(kind="builtin", name="cheerleader", control="cheerleader")
    assert isinstance(found.systems[1], ChatSystem)
    assert found.conditions[0] == packaged_conditions()["average"]
    assert found.conditions[1].profile.low_engagement == 0.7


def test_what_is_left_out_has_a_default(tmp_path: Path) -> None:
    found, _ = read_experiment(written(tmp_path, SMALL))
    assert (found.seeker, found.cards, found.languages) == (ScriptedSeeker(), CardChoice(), ("en", "zh"))
    assert (found.exchanges, found.replicates, found.judges) == (8, 1, (IndicatorsSpec(),))


def test_without_a_file_it_is_the_demo() -> None:
    demo, text = read_experiment(None)
    assert demo.name == "demo"
    assert text.startswith("# The packaged demo")
    assert len(demo.systems) >= 5
    assert {"average", "worst"} <= {condition.name for condition in demo.conditions}
    assert demo.languages == ("en", "zh")
    assert demo.seeker == ScriptedSeeker()
    assert all(isinstance(system, BuiltinSystem) for system in demo.systems)


@pytest.mark.parametrize(
    ("line", "wrong", "told"),
    [
        (10, "exchange: 3", ["exchange: no such field", "(did you mean exchanges?)"]),
        (10, "exchanges: 0", ["exchanges: found 0", "greater than or equal to 1"]),
        (10, "languages: [de]", ["found 'de'", "allowed: en, zh"]),
        (10, "judges: [indicator]", ["found 'indicator'", "no such judge", "(did you mean indicators?)"]),
        (10, "seeker: {kind: scripte}", ["found 'scripte'", "(did you mean scripted?)"]),
        (10, "cards: {limt: 3}", ["cards.limt: no such field", "(did you mean limit?)"]),
        (10, "seed: one", ["seed: found 'one'", "integer"]),
        (10, "name: again", ["name: given twice", "first on line 1"]),
        (10, "concurrency: 0", ["concurrency: found 0"]),
        (10, "replicates: 1.5", ["replicates: found 1.5"]),
        (10, "seed: 1: 2", ["not valid YAML"]),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_is_allowed(
    tmp_path: Path, line: int, wrong: str, told: list[str]
) -> None:
    said = refusal(tmp_path, f"{SMALL}\n{wrong}\n")
    assert f"small.yaml, line {line}: " in said
    for part in told:
        assert part in said


@pytest.mark.parametrize(
    ("line", "right", "wrong", "told"),
    [
        (3, "- cheerleader", "- cheerleeder", ["found 'cheerleeder'", "(did you mean cheerleader?)"]),
        (4, "kind: chat", "kind: chatt", ["found 'chatt'", "(did you mean chat?)"]),
        (5, "name: mine", "name: my own", ["systems.1.name: found 'my own'"]),
        (6, "base_url: http", "base_url: ftp", ["systems.1.base_url: found 'ftp://localhost:8000/v1'"]),
        (6, "base_url", "base-url", ["systems.1.base-url: no such field", "(did you mean base_url?)"]),
        (8, "[average", "[averge", ["found 'averge'", "no such condition", "(did you mean average?)"]),
        (8, "low_engagement: 0.7", "low_engagement: 7", ["low_engagement: found 7", "less than or equal to 1"]),
        (8, "name: curt", "name: average", ["condition given twice: average"]),
        (5, "name: mine", "name: cheerleader", ["system given twice: cheerleader"]),
    ],
)
def test_a_mistake_inside_is_told_at_its_own_line(
    tmp_path: Path, line: int, right: str, wrong: str, told: list[str]
) -> None:
    assert SMALL.count(right) == 1
    said = refusal(tmp_path, SMALL.replace(right, wrong))
    if "given twice" not in told[0]:  # that is about the file as a whole
        assert f"small.yaml, line {line}: " in said
    for part in told:
        assert part in said


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    said = refusal(tmp_path, SMALL.replace("model: m", "modell: m") + "sed: 1\n")
    assert [part in said for part in ("modell", "systems.1.model: missing", "sed", "did you mean seed")] == [True] * 4


def test_a_file_that_is_not_there_is_refused_with_the_nearest(tmp_path: Path) -> None:
    written(tmp_path, SMALL)
    with pytest.raises(Refused, match=r"no such file; did you mean .*small\.yaml"):
        read_experiment(tmp_path / "smal.yaml")


def test_flags_come_before_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL + "seed: 5\nexchanges: 4\n")
    found, text = read_experiment(path, {"seed": 9, "systems": ["early-adviser"], "cards": {"limit": 2}})
    assert (found.seed, found.exchanges, found.cards.limit) == (9, 4, 2)
    assert [system.name for system in found.systems] == ["early-adviser"]
    assert "seed: 5" in text, "the text is the file's"


def test_a_mistake_in_a_flag_is_told_as_one(tmp_path: Path) -> None:
    said = refusal(tmp_path, SMALL, exchanges=0)
    assert said.startswith("on the command line: exchanges: found 0")
    assert "did you mean early-adviser?" in refusal(tmp_path, SMALL, systems=["early-advisor"])


def test_kept_as_it_is_written_when_nothing_changed(tmp_path: Path) -> None:
    found, text = read_experiment(written(tmp_path, f"# a remark\n{SMALL}"))
    assert experiment_text(found, text, folder=tmp_path, changed=False) == text


def test_kept_as_it_became_through_flags(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL)
    changed, text = read_experiment(path, {"seed": 9, "languages": ["zh"]})
    kept = experiment_text(changed, text, folder=tmp_path, changed=True)
    assert read_experiment(written(tmp_path, kept))[0] == changed


def test_cards_are_kept_where_they_are_found_from_anywhere(tmp_path: Path) -> None:
    wanted = experiment(cards={"path": "../mine.jsonl", "limit": 2})
    kept = experiment_text(wanted, "", folder=tmp_path / "experiments", changed=False)
    again, _ = read_experiment(written(tmp_path, kept))
    assert again.cards == CardChoice(path=tmp_path / "mine.jsonl", limit=2)
    assert again.model_copy(update={"cards": wanted.cards}) == wanted
