"""What a supporter's turn mainly does, by hand-made turns and by labels."""

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardseek.chat import Message
from hardseek.documents import load
from hardseek.errors import Refused
from hardseek.language import LANGUAGES, Language
from hardseek.seekers.appraisal import STRATEGIES, Way, empathy, read, strategy
from hardseek.seekers.appraisal.signs import SIGNS, signs
from hardseek.seekers.appraisal.strategy import StrategyPoints

Talk = Callable[..., list[Message]]
ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
LABELS = Path(__file__).parent / "data" / "worst_case_strategies.jsonl"
HELD_OUT = LABELS.with_name("worst_case_strategies_held_out.jsonl")
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
@settings(max_examples=100)
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
        load("{id: x, version: 1, points: {short: {question: 1.0}}}", StrategyPoints, source="x.yaml")


def test_points_for_a_sign_that_is_none_are_refused() -> None:
    row = "{question: 1.0, advice: 0.0, understanding: 0.0, other: 0.0}"
    with pytest.raises(Refused, match="there is no sign 'shorter'"):
        load(f"{{id: x, version: 1, points: {{shorter: {row}}}}}", StrategyPoints, source="x.yaml")


def test_points_are_added_up_sign_by_sign() -> None:
    rows = "short: {question: 1.0, advice: 0.0, understanding: -1.0, other: 0.5}"
    table = load(f"{{id: x, version: 1, points: {{{rows}}}}}", StrategyPoints, source="x.yaml")
    # 2 x (1, 0, -1, 0.5); a sign that has no points counts nothing.
    assert table.sums({"short": 2.0, "long": 5.0}) == {
        "question": 2.0, "advice": 0.0, "understanding": -2.0, "other": 1.0,
    }  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sign_is_named(language: Language, talk: Talk) -> None:
    for kinds in TURNS.values():
        assert set(signs(kinds[language], talk(*SEEKER[language]), language)) <= set(SIGNS)


def test_shares_are_of_words(talk: Talk) -> None:
    found = signs("I was there. Did you sleep at all?", talk(*SEEKER["en"]), "en")
    assert found["asked_share"] == pytest.approx(5 / 8)
    assert found["self_share"] == pytest.approx((1 / 8) / 0.2)
    assert found["other_share"] == pytest.approx((1 / 8) / 0.2)
    assert found["begins_with_self"] == found["ends_asking"] == 1.0
    assert "begins_asking" not in found


def test_chinese_shares_count_a_question_across_its_pauses(talk: Talk) -> None:
    found = signs("嗯。你昨天，睡着了吗？", talk(*SEEKER["zh"]), "zh")
    assert found["asked_share"] == pytest.approx(7 / 8)


def test_a_talk_is_beginning_until_there_is_a_matter(talk: Talk) -> None:
    assert "opening" in signs("How are you?", talk("hello there"), "en")
    matter = "My sister moved out in May and the house has been silent since then."
    assert "opening" not in signs("How are you?", talk(matter), "en")


@pytest.mark.parametrize("labels", [LABELS, HELD_OUT])
def test_labels_cover_every_system_in_both_conditions(labels: Path) -> None:
    rows = _rows(labels)
    places = {(row["system"], row["condition"], row["profile"], row["turn"]) for row in rows}
    assert len(places) == len(rows) >= 120
    assert len({(system, condition) for system, condition, _, _ in places}) == 18
    assert all(set(row) == {"system", "condition", "profile", "turn", "labels"} for row in rows)
    assert all(row["labels"] and set(row["labels"]) <= set(STRATEGIES) for row in rows)


def test_the_samples_share_no_dialogue() -> None:
    first, second = (
        {(row["system"], row["condition"], row["profile"]) for row in _rows(path)} for path in (LABELS, HELD_OUT)
    )
    assert not first & second


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


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


def test_thresholds_part_levels_that_sums_part(bench: ModuleType) -> None:
    import numpy as np
    from benchmarks import appraisal_points

    low, high = appraisal_points.thresholds(np.array([0, 0, 1, 1, 2, 2]), np.array([0.0, 0.1, 0.4, 0.5, 0.8, 0.9]))
    assert 0.1 < low <= 0.4
    assert 0.5 < high <= 0.8


def test_points_are_found_that_order_levels(bench: ModuleType) -> None:
    import numpy as np
    from benchmarks import appraisal_points

    levels = np.repeat([0, 1, 2], 40)
    rows = np.column_stack([levels.astype(float), np.tile([0.0, 1.0], 60)])
    telling, idle = appraisal_points.proportional_odds(rows, levels)
    assert telling > 1.0
    assert abs(idle) < 0.1


def test_messages_in_a_row_are_one_turn_with_the_strategy_of_most_words(bench: ModuleType, tmp_path: Path) -> None:
    said = [
        {"speaker": "usr", "text": "Hi"},
        {"speaker": "sys", "text": "Try tea", "strategy": "Providing Suggestions"},
        {"speaker": "sys", "text": "Why", "strategy": "Question"},
        {"speaker": "usr", "text": "no"},
        {"speaker": "sys", "text": "Try tea", "strategy": "Providing Suggestions"},
        {"speaker": "sys", "text": "What now", "strategy": "Question"},
    ]
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps({"dialog": said}) + "\n", encoding="utf-8")
    first, second = bench.merged(path)
    assert (first.text, first.labels) == ("Try tea\nWhy", ("advice", "question"))
    assert second.labels == ("question", "advice")  # as many words: the later
    assert [message.content for message in second.before] == ["Hi", "Try tea\nWhy", "no"]


def test_a_missing_corpus_is_refused_with_the_option_that_names_it(bench: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="--data"):
        bench.esconv(tmp_path / "valid.jsonl")


def _corpora() -> None:
    if not DATA.exists():
        pytest.skip(f"the reference corpora are not here: {DATA}")


@pytest.mark.corpus
@pytest.mark.parametrize(("sample", "floor"), [("valid", 0.60), ("first", 0.60), ("held out", 0.47)])
def test_agreement_with_labels_stays_above_its_floor(sample: str, floor: float, bench: ModuleType) -> None:
    _corpora()
    language: Language = "en" if sample == "valid" else "zh"
    turns = (
        bench.esconv(DATA / "esconv" / "valid.jsonl")
        if sample == "valid"
        else bench.worst_case(DATA / "worst_case", LABELS if sample == "first" else HELD_OUT)
    )
    told = [strategy(turn.text, turn.before, language) for turn in turns]
    # 0.62, 0.64 and 0.52 were reached.
    assert bench.macro_f1([turn.labels[0] for turn in turns], told, STRATEGIES) >= floor


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("way", "floor"), [("emotional_reaction", 0.58), ("interpretation", 0.52), ("exploration", 0.55)]
)
def test_levels_of_empathy_stay_above_their_floor(way: Way, floor: float, bench: ModuleType) -> None:
    _corpora()
    replies, levels, first = bench.epitome(DATA / "epitome", way)
    other = [(reply, int(level)) for reply, level, seen in zip(replies, levels, first, strict=True) if not seen]
    told = [getattr(empathy(reply.text, reply.before, "en"), way) for reply, _ in other]
    # 0.61, 0.55 and 0.59 were reached.
    assert bench.macro_f1([level for _, level in other], told, (0, 1, 2)) >= floor
