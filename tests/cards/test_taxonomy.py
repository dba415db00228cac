"""The taxonomy: its shape, and what it corresponds to elsewhere."""

import pytest

from hardseek.cards.taxonomy import (
    area_of,
    category_named,
    domain_of_esc_eval,
    leaf,
    leaf_of_esconv,
    leaves,
    places,
    taxonomy,
    within,
)
from hardseek.errors import Refused
from hardseek.language import detect

# The problem types of the 1,105 dialogues of ESConv.
ESCONV = (
    "ongoing depression", "job crisis", "breakup with partner", "problems with friends", "academic pressure",
    "Sleep Problems", "Appearance Anxiety", "Issues with Children", "Alcohol Abuse", "Procrastination",
    "conflict with parents", "Issues with Parents", "School Bullying",
)  # fmt: skip


def test_three_domains_seven_areas_37_leaves_each_with_an_id_of_its_own() -> None:
    areas = [area for domain in taxonomy().domains for area in domain.areas]
    assert (len(taxonomy().domains), len(areas), len(leaves())) == (3, 7, 37)
    assert len(places()) == 3 + 7 + 37


def test_names_and_definitions_are_in_both_languages_and_distinct() -> None:
    texts = [text for each in leaves().values() for text in (each.name, each.definition)]
    assert all(detect(text.en) == "en" and detect(text.zh) == "zh" for text in texts)
    for language in ("en", "zh"):
        assert len({getattr(each.name, language) for each in leaves().values()}) == 37
        assert len({getattr(each.definition, language) for each in leaves().values()}) == 37


def test_a_leaf_is_found_by_its_id_and_an_unknown_one_is_refused_with_the_nearest() -> None:
    assert leaf("mood-low").name.of("zh") == "情绪低落"
    with pytest.raises(Refused, match=r"no leaf 'mood-lows' in the taxonomy \(did you mean mood-low\?\)"):
        leaf("mood-lows")
    with pytest.raises(Refused, match="no leaf 'family'"):
        leaf("family")


def test_what_lies_in_what() -> None:
    assert area_of("relationship-betrayal") == "relationships"
    assert area_of("study") == "study"
    assert area_of("life") == "life"
    assert area_of("anything") is None
    assert area_of(None) is None
    assert (
        within("study-delay", "study") and within("study-delay", "work-study") and within("study-delay", "study-delay")
    )
    assert not within("study-delay", "work")
    assert within("of-their-own", "of-their-own")
    assert not within(None, "life")


def test_every_problem_type_of_esconv_has_one_leaf() -> None:
    assert all(leaf_of_esconv(name) for name in ESCONV)
    assert leaf_of_esconv(" job CRISIS ") == "work-job-loss"
    assert leaf_of_esconv("something else") is None
    named = [name.lower() for each in leaves().values() for name in each.esconv]
    assert sorted(named) == sorted(name.lower() for name in ESCONV)


@pytest.mark.parametrize(
    ("name", "domain"),
    [
        ("家庭生活", "life"),
        ("工作学习", "work-study"),
        ("社会与其他", "society"),
        ("work and study", "work-study"),
        ("其他", None),
    ],
)
def test_the_top_categories_of_esc_eval_are_the_domains(name: str, domain: str | None) -> None:
    assert domain_of_esc_eval(name) == domain


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Sleep", "health-sleep"),
        ("睡眠", "health-sleep"),
        ("family", "family"),
        ("job crisis", "work-job-loss"),
        ("x", None),
    ],
)
def test_a_category_is_known_by_whatever_it_is_called(text: str, category: str | None) -> None:
    assert category_named(text) == category
