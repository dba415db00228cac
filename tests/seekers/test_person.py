"""Who a card is of."""

import math

import pytest

from hardseek.cards import Fact, RoleCard, packaged_cards
from hardseek.language import LANGUAGES, Language
from hardseek.seekers.person import person_of


def card(feelings: tuple[str, ...] = (), beliefs: tuple[str, ...] = (), *, words: int = 17, **more: object) -> RoleCard:
    facts = (Fact(id="one", depth="surface", text=" ".join(["word"] * words)),)
    given = {"id": "c", "language": "en", "summary": "Somebody.", "facts": facts, **more}
    return RoleCard.model_validate({**given, "feelings": feelings, "beliefs": beliefs})


def test_the_same_card_is_always_the_same_person() -> None:
    assert person_of(card(("sad",))) == person_of(card(("sad",)))


def test_heavier_feelings_come_with_more_distress_and_take_harm_harder() -> None:
    light, heavy = person_of(card(("tired", "bored"))), person_of(card(("hopeless", "ashamed")))
    # distress = 6.1 + 3.5 (share - 0.35): shares 0 and 1
    assert light.distress == pytest.approx(6.1 - 3.5 * 0.35)
    assert heavy.distress == pytest.approx(6.1 + 3.5 * 0.65)
    assert heavy.takes_harm > light.takes_harm


def test_what_is_kept_from_others_lowers_trust() -> None:
    assert person_of(card(beliefs=("I never told anyone.",))).trust < person_of(card(beliefs=("I told them.",))).trust


def test_all_or_nothing_beliefs_take_less_from_help() -> None:
    assert (
        person_of(card(beliefs=("I am always a failure.",))).takes_help
        < person_of(card(beliefs=("It is hot.",))).takes_help
    )


def test_talk_follows_the_length_of_facts_and_the_writing() -> None:
    assert person_of(card()).talk == pytest.approx(0)
    assert person_of(card(words=34)).talk == pytest.approx(0.60 * math.log(2))
    assert person_of(card(writing="Very short messages.")).talk == pytest.approx(-0.20)
    assert person_of(card(words=1000)).talk == pytest.approx(0.45)


def test_self_harm_on_the_card_comes_with_more_distress() -> None:
    assert person_of(card(risk="passive-thoughts")).distress == pytest.approx(person_of(card()).distress + 1.0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_packaged_cards_are_different_people(language: Language) -> None:
    people = [person_of(each) for each in packaged_cards(language)]
    assert len(set(people)) > 0.9 * len(people)
    for person in people:
        assert 3 <= person.distress <= 9
        assert 0.1 <= person.trust <= 0.5
        assert 0.6 <= person.takes_help <= 1.6
        assert 0.6 <= person.takes_harm <= 1.6
