"""The packaged cards: complete, distinct, in the voice and length of people who type to a stranger."""

import re
import statistics
import subprocess
import sys

import pytest

from hardseek.cards import RoleCard, packaged_cards
from hardseek.language import LANGUAGES, Language, detect, length

CARDS = packaged_cards()
FACT_LENGTH = {"en": (4, 28), "zh": (8, 35)}


def by_id(card: RoleCard) -> str:
    return card.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_twelve_cards_in_the_order_of_their_ids(language: Language) -> None:
    ids = [card.id for card in packaged_cards(language)]
    assert len(ids) == 12
    assert ids == sorted(ids)
    assert all(identity.startswith(f"{language}-0") for identity in ids)
    assert len({card.category for card in packaged_cards(language)}) == 12


def test_without_a_language_both_come_english_first() -> None:
    assert packaged_cards() == packaged_cards("en") + packaged_cards("zh")


@pytest.mark.parametrize("card", CARDS, ids=by_id)
def test_every_field_is_filled(card: RoleCard) -> None:
    empty = [name for name in RoleCard.model_fields if name != "source" and not getattr(card, name)]
    assert empty == []
    assert card.source is None
    assert all(fact.feeling for fact in card.facts)


@pytest.mark.parametrize("card", CARDS, ids=by_id)
def test_facts_cover_the_depths(card: RoleCard) -> None:
    depths = [fact.depth for fact in card.facts]
    assert 7 <= len(depths) <= 9
    assert depths.count("surface") >= 3
    assert depths.count("personal") >= 2
    assert depths.count("core") == 2


@pytest.mark.parametrize("card", CARDS, ids=by_id)
def test_facts_are_the_persons_own_short_words(card: RoleCard) -> None:
    low, high = FACT_LENGTH[card.language]
    for fact in card.facts:
        assert low <= length(fact.text) <= high, fact.text
        assert detect(fact.text) == card.language
        assert not re.search(r"\d{5,}|@|https?:", fact.text)
    said = " ".join((*(fact.text for fact in card.facts), *card.beliefs, *card.tried))
    assert re.search(r"\b(?:I|i|my|me|I'm)\b", said) if card.language == "en" else "我" in said


@pytest.mark.parametrize(("language", "low", "high"), [("en", 12, 18), ("zh", 16, 25)])
def test_facts_are_as_long_as_what_seekers_write(language: Language, low: int, high: int) -> None:
    lengths = [length(fact.text) for card in packaged_cards(language) for fact in card.facts]
    assert low <= statistics.median(lengths) <= high


def test_no_text_is_used_twice() -> None:
    texts = [fact.text for card in CARDS for fact in card.facts]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_card_touches_self_harm_with_an_adult_and_without_means(language: Language) -> None:
    touched = [card for card in packaged_cards(language) if card.risk != "none"]
    assert len(touched) == 1
    (card,) = touched
    assert isinstance(card.age, int)
    assert card.age >= 18
    spoken = [fact for fact in card.facts if re.search(r"not to wake up|伤害过自己", fact.text)]
    assert [fact.depth for fact in spoken] == ["core"]
    assert not re.search(r"pill|knife|blade|rope|gun|药|刀|绳|楼", spoken[0].text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_people_are_not_all_alike(language: Language) -> None:
    cards = packaged_cards(language)
    ages = [card.age for card in cards if isinstance(card.age, int)]
    assert min(ages) < 20
    assert max(ages) > 60
    assert len({card.gender for card in cards}) >= 2
    assert len({card.occupation for card in cards}) == 12
    assert len({card.writing for card in cards}) == 12


def test_importing_the_package_reads_no_card() -> None:
    code = "import hardseek.cards.library as library; print(library._cards.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"
