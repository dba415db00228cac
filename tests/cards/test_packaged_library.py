"""The packaged cards: complete, distinct, in the voice and length of people who type to a stranger."""

import re
import statistics
import subprocess
import sys
from collections import Counter

import pytest

from hardseek.cards import RoleCard, packaged_cards
from hardseek.cards.checking import check_library
from hardseek.cards.formats.values import gender_word
from hardseek.cards.grade import grade_of
from hardseek.cards.stage import stage_of
from hardseek.cards.taxonomy import leaves
from hardseek.language import LANGUAGES, Language, detect, length

CARDS = packaged_cards()
EACH = 84


def by_id(card: RoleCard) -> str:
    return card.id


def test_the_checks_find_nothing() -> None:
    assert check_library() == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_its_cards_in_the_order_of_their_ids(language: Language) -> None:
    ids = [card.id for card in packaged_cards(language)]
    assert len(ids) == EACH
    assert ids == sorted(ids)
    assert all(re.fullmatch(rf"{language}-\d{{4}}-[a-z0-9-]+", identity) for identity in ids)


def test_without_a_language_both_come_english_first() -> None:
    assert packaged_cards() == packaged_cards("en") + packaged_cards("zh")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_leaf_has_two_cards_or_more(language: Language) -> None:
    counted = Counter(card.category for card in packaged_cards(language))
    assert set(counted) == set(leaves())
    assert min(counted.values()) >= 2


@pytest.mark.parametrize("card", CARDS, ids=by_id)
def test_every_field_is_filled(card: RoleCard) -> None:
    optional = {"source", "grade", "inferred", "parallel"}
    empty = [name for name in RoleCard.model_fields if name not in optional and not getattr(card, name)]
    assert empty == []
    assert (card.source, card.grade, card.inferred) == (None, None, ())
    assert grade_of(card) == "high"
    assert all(fact.feeling for fact in card.facts)


@pytest.mark.parametrize("card", CARDS, ids=by_id)
def test_facts_cover_the_depths(card: RoleCard) -> None:
    depths = [fact.depth for fact in card.facts]
    assert 7 <= len(depths) <= 9
    assert depths.count("surface") >= 2
    assert depths.count("personal") >= 2
    assert depths.count("core") >= 2


@pytest.mark.parametrize("card", CARDS, ids=by_id)
def test_facts_are_the_persons_own_words(card: RoleCard) -> None:
    for fact in card.facts:
        assert detect(fact.text) == card.language
    said = " ".join((*(fact.text for fact in card.facts), *card.beliefs, *card.tried))
    # Cantonese and other varieties write 我 too.
    assert re.search(r"\b(?:I|i|my|me|I'm)\b", said) if card.language == "en" else re.search("[我俺咱]", said)


@pytest.mark.parametrize(("language", "low", "high"), [("en", 12, 22), ("zh", 16, 30)])
def test_facts_are_as_long_as_what_seekers_write(language: Language, low: int, high: int) -> None:
    lengths = [length(fact.text) for card in packaged_cards(language) for fact in card.facts]
    assert low <= statistics.median(lengths) <= high


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_minority_touches_self_harm_and_they_are_adults(language: Language) -> None:
    touched = [card for card in packaged_cards(language) if card.risk != "none"]
    assert 0.03 * EACH <= len(touched) <= 0.15 * EACH
    assert {card.risk for card in touched} == {"passive-thoughts", "past-self-harm"}
    assert all(isinstance(card.age, int) and card.age >= 18 for card in touched)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_people_are_not_all_alike(language: Language) -> None:
    cards = packaged_cards(language)
    ages = [card.age for card in cards if isinstance(card.age, int)]
    assert len(ages) == EACH
    assert min(ages) < 18
    assert max(ages) >= 65
    assert sum(stage_of(card) == "teenager" for card in cards) <= 0.15 * EACH
    genders = Counter(gender_word(card.gender) for card in cards)
    assert min(genders["female"], genders["male"]) >= 0.3 * EACH
    assert len({card.occupation for card in cards}) >= 0.9 * EACH
    assert len({card.writing for card in cards}) == EACH


def test_twenty_people_are_told_in_both_languages() -> None:
    paired = [card for card in CARDS if card.parallel is not None]
    assert len(paired) == 40
    by_identity = {card.id: card for card in CARDS}
    assert all(by_identity[card.parallel or ""].parallel == card.id for card in paired)
    assert sum(card.language == "en" for card in paired) == 20


def test_importing_the_package_reads_no_card() -> None:
    code = "import hardseek.cards.library as library; print(library._cards.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"
