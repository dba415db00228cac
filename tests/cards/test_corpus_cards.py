"""Every card of the published releases loads, and reads as said by its person."""

import json
import re
import statistics
from pathlib import Path

import pytest

from hardseek.cards import RoleCard, load_cards
from hardseek.language import length

pytestmark = pytest.mark.corpus

FILES = [
    ("esc_eval/card_high_en.jsonl", 228),
    ("esc_eval/card_high_zh.jsonl", 229),
    ("worst_case/profiles.jsonl", 50),
    ("worst_case/train/profiles_cleaned.jsonl", 700),
]
NAMED = re.compile(r"\b(?:the|this) (?:seeker|user|individual)\b|求助者|来访者|寻求者|用户", re.IGNORECASE)
DISAGREEING = re.compile(
    r"\bI (?:is|has|does|are|hasn't|doesn't|isn't)\b|\bmy (?:my|the|a)\b|\bme (?:is|was)\b|(?<!诉)我我|我的我"
)


def sentences(cards: tuple[RoleCard, ...]) -> list[str]:
    return [fact.text for card in cards for fact in card.facts]


@pytest.mark.parametrize(("name", "count"), FILES)
def test_every_record_becomes_a_card_of_its_own(corpora: Path, name: str, count: int) -> None:
    cards = load_cards(corpora / name)
    records = [json.loads(line) for line in (corpora / name).read_text(encoding="utf-8").split("\n") if line.strip()]
    assert len(cards) == len(records) == count
    assert len({card.id for card in cards}) == count
    problems = [record.get("problem_summary") or record["base"] for record in records]
    assert all(card.summary in " ".join(problem.split()) for card, problem in zip(cards, problems, strict=True))


@pytest.mark.parametrize(("name", "count"), FILES)
def test_nobody_speaks_of_themselves_as_somebody_else(corpora: Path, name: str, count: int) -> None:
    spoken = sentences(load_cards(corpora / name))
    assert len(spoken) > 2 * count
    assert [text for text in spoken if NAMED.search(text) or DISAGREEING.search(text)] == []


@pytest.mark.parametrize(("name", "count"), FILES)
def test_facts_are_as_long_as_a_chat_message(corpora: Path, name: str, count: int) -> None:
    cards = load_cards(corpora / name)
    lengths = [length(text) for text in sentences(cards)]
    assert len(cards) == count
    assert 10 <= statistics.median(lengths) <= 22
    assert sum(count > 45 for count in lengths) / len(lengths) < 0.02


def test_most_summaries_of_one_sentence_give_several_facts(corpora: Path) -> None:
    for name in ("card_high_en.jsonl", "card_high_zh.jsonl"):
        counts = [len(card.facts) for card in load_cards(corpora / "esc_eval" / name)]
        assert sum(count > 1 for count in counts) / len(counts) > 0.9


def test_a_fact_that_touches_self_harm_is_core_and_marks_the_card(corpora: Path) -> None:
    for name, _ in FILES:
        for card in load_cards(corpora / name):
            touched = [fact for fact in card.facts if re.search(r"^我[^，]{0,6}(?:不想活的念头|自残)", fact.text)]
            assert all(fact.depth == "core" for fact in touched)
            assert not touched or card.risk != "none"


def test_the_example_arrays_of_esc_eval_hold_three_cards_each(corpora: Path) -> None:
    for name in ("test_en.json", "test_zh.json"):
        assert len(load_cards(corpora / "esc_eval" / "data" / name)) == 3


def test_profiles_one_a_file(corpora: Path, tmp_path: Path) -> None:
    lines = (corpora / "worst_case/profiles.jsonl").read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(filter(None, lines), start=1):
        (tmp_path / f"{number}.json").write_text(line, encoding="utf-8")
    assert load_cards(tmp_path) == load_cards(corpora / "worst_case/profiles.jsonl")
