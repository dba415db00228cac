"""Every card of the published releases loads, and reads as said by its person."""

import json
import re
import statistics
from functools import cache
from pathlib import Path

import pytest

from hardseek.cards import RoleCard, load_cards
from hardseek.cards.checking import check_cards
from hardseek.cards.importing import import_cards
from hardseek.cards.taxonomy import leaves
from hardseek.language import length, tokens

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


@cache
def cards_of(path: Path) -> tuple[RoleCard, ...]:
    return load_cards(path)


def sentences(cards: tuple[RoleCard, ...]) -> list[str]:
    return [fact.text for card in cards for fact in card.facts]


@pytest.mark.parametrize(("name", "count"), FILES)
def test_every_record_becomes_a_card_of_its_own(corpora: Path, name: str, count: int) -> None:
    cards = cards_of(corpora / name)
    records = [json.loads(line) for line in (corpora / name).read_text(encoding="utf-8").split("\n") if line.strip()]
    assert len(cards) == len(records) == count
    assert len({card.id for card in cards}) == count
    problems = [record.get("problem_summary") or record["base"] for record in records]
    assert all(card.summary in " ".join(problem.split()) for card, problem in zip(cards, problems, strict=True))


UNKNOWN = re.compile(r"not (?:mentioned|specified|given|stated)|unspecified|unknown|未提及|未知", re.IGNORECASE)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_esc_eval_states_of_a_person_is_kept_and_the_rest_is_null(corpora: Path, language: str) -> None:
    path = corpora / "esc_eval" / f"card_high_{language}.jsonl"
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line]
    stated = 0
    for line, card in zip(lines, cards_of(path), strict=True):
        parts = [part for part in json.loads(line)["base"].split("\n") if part.strip()][:3]
        values = [re.split("[:：]", part, maxsplit=1)[1].strip() for part in parts]
        for value, kept in zip(values, (card.age, card.gender, card.occupation), strict=True):
            if not UNKNOWN.search(value):
                assert kept is not None
                assert str(kept) in value
                stated += 1
            elif UNKNOWN.fullmatch(value):
                assert kept is None
        assert card.grade in {"low", "middle"}
        assert card.category in {"life", "work-study", "society"}
    assert stated == {"en": 248, "zh": 409}[language]  # of 684 and 687


@pytest.mark.parametrize(("name", "count"), [("train", 910), ("valid", 195), ("failed", 98)])
def test_situations_of_esconv_are_cards_of_the_lowest_grade(corpora: Path, name: str, count: int) -> None:
    found = import_cards(corpora / "esconv" / f"{name}.jsonl")
    assert found.read == count
    assert {skip.why.partition(";")[0] for skip in found.skipped} == {"situation: fewer than 3 words"}
    assert len(found.skipped) == {"train": 16, "valid": 2, "failed": 7}[name]
    assert {(card.grade, card.language, card.source) for card in found.cards} == {("low", "en", "ESConv")}
    assert all(card.category in leaves() for card in found.cards)
    # No word of theirs is lost: facts and wants together hold every word of the situation.
    records = [
        json.loads(line) for line in (corpora / "esconv" / f"{name}.jsonl").read_text("utf-8").split("\n") if line
    ]
    situations = {
        f"esconv-{name}-{record.get('index', place)}": record["situation"] for place, record in enumerate(records, 1)
    }
    for card in found.cards:
        told = " ".join([*(fact.text for fact in card.facts), card.wants or ""])
        assert sorted(tokens(told)) == sorted(tokens(situations[card.id]))


@pytest.mark.parametrize(("name", "count"), FILES)
def test_the_checks_tell_what_is_wrong_with_the_releases_and_raise_no_alarm_over_identifiers(
    corpora: Path, name: str, count: int
) -> None:
    found = check_cards(cards_of(corpora / name), strict=False)
    assert {finding.level for finding in found if "not filled" in finding.what} == {"warning"}
    errors = {finding.field for finding in found if finding.level == "error"}
    # Teenagers at risk, and summaries that name a means, are in the releases; nobody is named in them.
    assert errors <= {"risk", "summary", *(f"facts.f{place}" for place in range(1, 20))}
    assert sum(finding.level == "error" for finding in found) <= 0.06 * count


@pytest.mark.parametrize(("name", "count"), FILES)
def test_nobody_speaks_of_themselves_as_somebody_else(corpora: Path, name: str, count: int) -> None:
    spoken = sentences(cards_of(corpora / name))
    assert len(spoken) > 2 * count
    assert [text for text in spoken if NAMED.search(text) or DISAGREEING.search(text)] == []


@pytest.mark.parametrize(("name", "count"), FILES)
def test_facts_are_as_long_as_a_chat_message(corpora: Path, name: str, count: int) -> None:
    cards = cards_of(corpora / name)
    lengths = [length(text) for text in sentences(cards)]
    assert len(cards) == count
    assert 10 <= statistics.median(lengths) <= 22
    assert sum(count > 45 for count in lengths) / len(lengths) < 0.02


def test_most_summaries_of_one_sentence_give_several_facts(corpora: Path) -> None:
    for name in ("card_high_en.jsonl", "card_high_zh.jsonl"):
        counts = [len(card.facts) for card in cards_of(corpora / "esc_eval" / name)]
        assert sum(count > 1 for count in counts) / len(counts) > 0.9


def test_a_fact_that_touches_self_harm_is_core_and_marks_the_card(corpora: Path) -> None:
    for name, _ in FILES:
        for card in cards_of(corpora / name):
            touched = [fact for fact in card.facts if re.search(r"^我[^，]{0,6}(?:不想活的念头|自残)", fact.text)]
            assert all(fact.depth == "core" for fact in touched)
            assert not touched or card.risk != "none"


def test_the_example_arrays_of_esc_eval_hold_three_cards_each(corpora: Path) -> None:
    for name in ("test_en.json", "test_zh.json"):
        assert len(cards_of(corpora / "esc_eval" / "data" / name)) == 3


def test_profiles_one_a_file(corpora: Path, tmp_path: Path) -> None:
    lines = (corpora / "worst_case/profiles.jsonl").read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(filter(None, lines), start=1):
        (tmp_path / f"{number}.json").write_text(line, encoding="utf-8")
    assert load_cards(tmp_path) == cards_of(corpora / "worst_case/profiles.jsonl")
