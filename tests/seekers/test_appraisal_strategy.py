"""What a supporter's turn mainly does, by hand-made turns and by labels."""

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardseek.chat import Message
from hardseek.documents import load
from hardseek.errors import Refused
from hardseek.language import LANGUAGES, Language
from hardseek.seekers.appraisal import STRATEGIES, read, strategy
from hardseek.seekers.appraisal.strategy import Points

Talk = Callable[..., list[Message]]
ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
LABELS = Path(__file__).parent / "data" / "worst_case_strategies.jsonl"
SEEKER = {
    "en": ("My sister moved out in May.", "I see, go on.", "She took the dog.", "Oh.", "The house is so silent now."),
    "zh": ("我姐五月份搬走了。", "嗯，你说。", "她把狗也带走了。", "嗯。", "家里静得可怕。"),
}
TURNS = {
    "question": {"en": "What was it like when she left?", "zh": "她走的那天是什么情况？"},
    "advice": {
        "en": "You could call her on Sundays, and maybe try to join a walking group near you.",
        "zh": "你可以先每周日给她打个电话，也可以试着报个徒步小组。",
    },
    "understanding": {
        "en": "It sounds like the silence in the house makes you feel lonely and sad.",
        "zh": "听起来家里一下子静下来，你心里特别失落，也很孤独。",
    },
    "other": {"en": "You're welcome, have a good night. Bye!", "zh": "不客气，随时欢迎你再来，再见！"},
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", STRATEGIES)
def test_plain_turns_are_told_for_what_they_do(kind: str, language: Language, talk: Talk) -> None:
    assert strategy(TURNS[kind][language], talk(*SEEKER[language]), language) == kind


def test_a_turn_about_the_supporters_own_life_is_other(talk: Talk) -> None:
    assert strategy("My own brother moved out years ago, I had the same thing.", talk(*SEEKER["en"]), "en") == "other"


def test_a_turn_without_words_is_other() -> None:
    assert strategy("...", [], "en") == strategy("", [], "zh") == "other"


@given(text=st.text(max_size=200), before=st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_whatever_is_said_has_a_strategy(text: str, before: str) -> None:
    for language in LANGUAGES:
        assert strategy(text, [Message("user", before)], language) in STRATEGIES


@pytest.mark.parametrize(
    "asked",
    ["Do you live with her?", "Do they know?", "Have you told your sister?", "Have you asked her why?"],
)
def test_questions_about_what_is_so_are_no_advice(asked: str) -> None:
    assert "advice" not in read(asked, "en").cues


@pytest.mark.parametrize("said", ["Let me think.", "Let us start from the beginning.", "Let's see."])
def test_what_the_supporter_will_do_is_no_advice(said: str) -> None:
    assert "advice" not in read(said, "en").cues


@pytest.mark.parametrize(
    "said",
    ["Do something nice for yourself.", "Let yourself rest.", "Have you thought about moving?", "Have you tried tea?"],
)
def test_suggestions_are_advice_however_they_begin(said: str) -> None:
    assert read(said, "en").cues["advice"] >= 1


def test_a_sign_without_points_for_every_strategy_is_refused() -> None:
    with pytest.raises(Refused, match="'short' needs points for each of question, advice, understanding, other"):
        load("{id: x, version: 1, points: {short: {question: 1.0}}}", Points, source="x.yaml")


def test_labels_cover_every_system_in_both_conditions() -> None:
    rows = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    places = {(row["system"], row["condition"], row["profile"], row["turn"]) for row in rows}
    assert len(places) == len(rows) >= 200
    assert len({(system, condition) for system, condition, _, _ in places}) == 18
    assert all(set(row) == {"system", "condition", "profile", "turn", "labels"} for row in rows)
    assert all(row["labels"] and set(row["labels"]) <= set(STRATEGIES) for row in rows)


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The benchmark, which stands outside the package."""
    pytest.importorskip("scipy")
    monkeypatch.syspath_prepend(str(ROOT))
    from benchmarks import appraisal

    return appraisal


def test_macro_f1_is_that_worked_out_by_hand(bench: ModuleType) -> None:
    # a: one hit of two told and one meant, 2/3; b: one of one told and two meant, 2/3.
    assert bench.macro_f1("abb", "aab", "ab") == pytest.approx(2 / 3)
    assert bench.macro_f1("abb", "bbb", "ab") == pytest.approx(0.4)


def test_thresholds_part_levels_that_values_part(bench: ModuleType) -> None:
    import numpy as np

    low, high = bench.thresholds(np.array([0, 0, 1, 1, 2, 2]), np.array([0.0, 0.1, 0.4, 0.5, 0.8, 0.9]))
    assert 0.1 < low <= 0.4
    assert 0.5 < high <= 0.8


def test_a_missing_corpus_is_refused_with_the_option_that_names_it(bench: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="--data"):
        bench.esconv(tmp_path / "valid.jsonl")


def _agreement(bench: ModuleType, language: Language) -> float:
    if not DATA.exists():
        pytest.skip(f"the reference corpora are not here: {DATA}")
    turns = bench.esconv(DATA / "esconv" / "valid.jsonl") if language == "en" else bench.worst_case(DATA / "worst_case")
    told = [strategy(turn.text, turn.before, language) for turn in turns]
    return float(bench.macro_f1([turn.labels[0] for turn in turns], told, STRATEGIES))


@pytest.mark.corpus
@pytest.mark.parametrize(("language", "floor"), [("en", 0.57), ("zh", 0.62)])
def test_agreement_with_labels_stays_above_its_floor(language: Language, floor: float, bench: ModuleType) -> None:
    assert _agreement(bench, language) >= floor  # 0.59 and 0.66 were reached
