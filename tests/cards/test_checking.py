"""The checks: a good card passes, and each mistake put into it is found, with its card, field and level."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardseek.cards import Fact, RoleCard, packaged_cards
from hardseek.cards.checking import Finding, check_cards, near_pairs
from hardseek.cards.checking.categories import balance
from hardseek.cards.checking.pairs import pairs

CARDS = {card.id: card for card in packaged_cards()}
EN = CARDS["en-0001-night-shift"].model_copy(update={"parallel": None})
ZH = CARDS["zh-0007-dormitory"].model_copy(update={"parallel": None})
ALONE = tuple(fact for fact in EN.facts if fact.id not in {"husband", "snapping"})
AT_RISK = CARDS["en-0010-her-chair"].model_copy(update={"parallel": None})


def changed(card: RoleCard = EN, **fields: Any) -> RoleCard:
    """Return a card with other fields; `say` puts words into its second fact, which is surface."""
    say = fields.pop("say", None)
    if say is not None:
        facts = (card.facts[0], card.facts[1].model_copy(update={"text": say}), *card.facts[2:])
        fields["facts"] = facts
    return card.model_copy(update=fields)


def found(*cards: RoleCard, strict: bool = True) -> list[Finding]:
    return list(check_cards(cards, strict=strict))


def told(finding: Finding) -> str:
    return f"{finding.level}: {finding.card} {finding.field}: {finding.what}"


@pytest.mark.parametrize("card", [EN, ZH, AT_RISK], ids=lambda card: card.id)
def test_a_good_card_passes(card: RoleCard) -> None:
    assert found(card) == []


def test_what_is_missing_is_an_error_of_packaged_cards_and_a_warning_of_others() -> None:
    card = changed(age=None, wants=None, beliefs=())
    assert told(found(card)[0]) == "error: en-0001-night-shift age, beliefs, wants: not filled"
    lenient = found(card, strict=False)
    assert [finding.level for finding in lenient] == ["warning"]


def test_facts_too_few_without_feeling_and_without_a_depth() -> None:
    facts = tuple(fact.model_copy(update={"feeling": None}) for fact in EN.facts if fact.depth != "core")[:4]
    said = [told(finding) for finding in found(changed(facts=facts))]
    assert "error: en-0001-night-shift facts: no feeling with nights, sleep, short-staffed, snapping" in said
    assert "error: en-0001-night-shift facts: 4 facts, fewer than 6" in said
    assert "error: en-0001-night-shift facts: no core fact" in said


def test_texts_too_long_and_too_short() -> None:
    assert told(found(changed(say="I can't"))[0]).endswith("facts.sleep: 2 words; such texts have 4 to 32")
    long = changed(say=" ".join(["I cannot sleep and"] * 10))
    assert told(found(long)[0]).endswith("facts.sleep: 40 words; such texts have 4 to 32")
    # Somebody else's card may be twice as long, but not ten times.
    assert found(long, strict=False) == []
    absurd = found(changed(say=" ".join(["I cannot sleep and"] * 100)), strict=False)
    assert [finding.level for finding in absurd] == ["error"]


@pytest.mark.parametrize(
    ("card", "fields", "what"),
    [
        (EN, {"say": "我每天只能睡四个小时，太累了。"}, "facts.sleep: written in zh, and the card is in en"),
        (ZH, {"say": "I sit in the library all day long."}, "facts.library: written in en, and the card is in zh"),
        (ZH, {"occupation": "student"}, "occupation: written in en, and the card is in zh"),
        (
            ZH,
            {"say": "部屋の友達とうまくいかなくて、いつもひとりです。"},
            "facts.library: neither in English nor in Chinese",
        ),
        (EN, {"say": "Я не могу спать уже две недели."}, "facts.sleep: in another script"),
    ],
)
def test_a_text_in_another_language_is_always_an_error(card: RoleCard, fields: dict[str, Any], what: str) -> None:
    for strict in (True, False):
        assert any(f"error: {card.id} {what}" in told(each) for each in found(changed(card, **fields), strict=strict))


def test_a_whole_card_in_french_is_noticed_though_its_letters_are_english() -> None:
    french = "Je travaille la nuit depuis deux ans et je ne dors presque plus, je me sens vide."
    facts = tuple(fact.model_copy(update={"text": f"{french} {fact.id}."}) for fact in EN.facts)
    card = changed(facts=facts, beliefs=(), tried=(), wants=None)
    assert any(finding.what == "not in English, though in its letters" for finding in found(card, strict=False))


def test_the_same_text_twice_and_nearly_the_same_card() -> None:
    twice = changed(say=EN.facts[0].text)
    assert any("also at en-0001-night-shift facts.nights" in told(finding) for finding in found(twice))
    copy = changed(id="en-copy", say="My shifts rob me of every decent hour of rest, honestly, whatever I try.")
    both = [told(finding) for finding in found(EN, copy)]
    assert any(
        line.startswith("error: en-copy facts: ") and line.endswith("is also in en-0001-night-shift") for line in both
    )


def test_containment_is_counted_by_hand() -> None:
    def card(identity: str, text: str) -> RoleCard:
        return RoleCard(id=identity, language="en", summary="x", facts=(Fact(id="f", depth="core", text=text),))

    one = "a b c d e f g h i j k l m n"  # twelve runs of three words
    half = "a b c d e f g h n1 n2 n3 n4 n5 n6"  # six of its twelve are among them
    other = "q r s t u v w x y z aa bb cc dd"
    three = [card("one", one), card("half", half), card("other", other)]
    assert near_pairs(three, threshold=0.5) == {("one", "half"): 0.5}
    assert near_pairs(three) == {}
    # A part of a longer card is all in it, and of fewer than twelve runs nothing is said.
    assert near_pairs([card("long", f"{one} {other}"), card("one", one)]) == {("long", "one"): 1.0}
    assert near_pairs([card("a", "a b c d"), card("b", "a b c d")]) == {}


@pytest.mark.parametrize(
    ("card", "fields", "what"),
    [
        (EN, {"say": "I'm forty-one, and I feel like seventy."}, "facts.sleep: age: says 41, and the card 34"),
        (EN, {"say": "I'm 51 and still on nights, can you believe it."}, "age: says 51, and the card 34"),
        (EN, {"summary": "A 45-year-old nurse on nights is worn out, and she sleeps badly by day."}, "age: 45"),
        (EN, {"relationship": "married, two children", "say": "I've got three kids and no sleep at all."}, "says 3"),
        (EN, {"relationship": "married for two years", "say": "We've been married for twelve years now."}, "says 12"),
        (EN, {"relationship": "single", "setting": "a town"}, "a husband or wife, and single"),
        (EN, {"relationship": "married, no children", "say": "My daughter asks why I sleep all day."}, "no children"),
        (EN, {"setting": "an only child from a town", "say": "My brother thinks I should just quit."}, "only child"),
        (EN, {"say": "I'm a dad who is never awake for his kids."}, "gender: the card says female"),
        (EN, {"summary": "A nurse on nights is worn out. He sleeps badly by day and feels nothing at work."}, "gender"),
        (ZH, {"say": "我今年二十六了，还跟小孩一样被人排挤。"}, "age: says 26, and the card 19"),
        (ZH, {"say": "我都35了，还要看室友脸色。"}, "age: says 35"),
        (ZH, {"say": "我老公说别理她们，可我做不到啊。"}, "a husband or wife, and single"),
        (ZH, {"setting": "独生女，从西部小城考到东部", "say": "我哥哥说我太敏感，可他又没住过宿舍。"}, "only child"),
        (ZH, {"say": "我一个大男人，被几个室友说得抬不起头。"}, "gender: the card says 女"),
        (ZH, {"relationship": "已婚，一个孩子", "say": "我有两个孩子要养，哪有空管这些。"}, "children: says 2"),
    ],
)  # fmt: skip
def test_facts_that_contradict_the_card(card: RoleCard, fields: dict[str, Any], what: str) -> None:
    assert any(what in told(finding) for finding in found(changed(card, **fields)))


@pytest.mark.parametrize(
    ("card", "fields"),
    [
        (EN, {"say": "I'm thirty-five next week, not that anybody noticed."}),  # a birthday between
        (EN, {"say": "I'm twenty minutes late for every shift now."}),
        (EN, {"say": "I was nineteen when I started on this ward."}),
        (EN, {"say": "My husband's brother says I should just quit."}),
        (EN, {"relationship": "single mother of one, divorced", "say": "My husband left us when she was two."}),
        (EN, {"relationship": "married, two children", "say": "We had three kids in the clinic crying at once."}),
        (EN, {"relationship": "single, no children", "facts": ALONE}),
        (ZH, {"say": "我再过十五分钟就要回宿舍，一步都不想走。"}),
        (ZH, {"say": "我妹妹倒是劝过我，说忍忍就过去了。"}),
        (ZH, {"relationship": "未婚，有未婚夫", "say": "我老公（还没领证）说别理她们，可我做不到。"}),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_contradiction_is_let_pass(card: RoleCard, fields: dict[str, Any]) -> None:
    assert found(changed(card, **fields)) == []


def test_a_personal_identifier_is_an_error_in_anybodys_card_and_is_shown_masked() -> None:
    (finding,) = found(changed(say="You can reach me at tired.nurse@example.org at night."), strict=False)
    assert (finding.level, finding.field) == ("error", "facts.sleep")
    assert finding.what.startswith("e-mail address: ti***")
    assert "nurse" not in finding.what


def test_categories() -> None:
    (finding,) = found(changed(category="work-burnouts"))
    assert (finding.level, finding.remedy) == ("error", "did you mean work-burnout?")
    (finding,) = found(changed(category="work-burnouts"), strict=False)
    assert finding.level == "warning"
    # An area is enough in somebody else's card, and not in ours.
    assert found(changed(category="work"), strict=False) == []
    assert "work is no leaf" in told(found(changed(category="work"))[0])


def test_the_balance_of_a_library() -> None:
    assert list(balance(list(CARDS.values()))) == []
    only_english = [card for card in CARDS.values() if card.language == "en" and card.category != "mood-low"]
    said = [told(finding) for finding in balance(only_english)]
    assert "error: the library category: 0 cards of mood-low in en" in said
    assert sum(line.endswith(" in zh") for line in said) == 37
    assert sum(line.endswith(" in en") for line in said) == 1
    many = [*CARDS.values(), *(card for card in CARDS.values() if card.category == "mood-low"), *CARDS.values()]
    assert "error: the library category: 6 cards of mood-low in en" in [told(finding) for finding in balance(many)]
    young = [card.model_copy(update={"age": 16}) for card in CARDS.values()]
    assert [finding.field for finding in balance(young)] == ["age", "age"]


@pytest.mark.parametrize("age", [15, 17, "teenager", "少年", "初二学生"])
def test_risk_with_a_teenager_is_an_error_in_anybodys_card(age: int | str) -> None:
    errors = [finding for finding in found(changed(AT_RISK, age=age), strict=False) if finding.level == "error"]
    assert any(finding.field == "risk" and "with somebody of" in finding.what for finding in errors)


def test_who_goes_to_school_has_to_have_an_age() -> None:
    card = changed(age=None, occupation="high school student")
    assert any("goes to school" in finding.what for finding in found(card, strict=False))
    assert not any(
        "goes to school" in finding.what for finding in found(changed(age=17, occupation="high school student"))
    )


def test_means_of_self_harm_are_an_error_and_ordinary_things_are_not() -> None:
    told_of = changed(AT_RISK, facts=(*AT_RISK.facts[:-1], AT_RISK.facts[-1].model_copy(
        update={"text": "Some nights I'd be glad not to wake up, and I look at the pills."})))  # fmt: skip
    assert any(finding.what == "names a means of self-harm" for finding in found(told_of, strict=False))
    assert found(changed(say="I take two tablets for my blood pressure every morning.")) == []


def test_self_harm_has_to_be_marked_borne_out_and_core() -> None:
    unmarked = changed(say="Some nights I'd be just as glad not to wake up at all.")
    assert any("none, and facts.sleep touches self-harm" in told(finding) for finding in found(unmarked))
    assert any("no text touches it" in told(finding) for finding in found(changed(risk="past-self-harm")))
    early = changed(AT_RISK, say="Some nights I think it would be easier not to wake up.")
    assert any(finding.what.endswith("of risk and not core") for finding in found(early))


def test_parallel_cards_are_one_person() -> None:
    one = changed(id="en-p", parallel="zh-p")
    facts = tuple(
        fact.model_copy(update={"text": f"我睡不着，真的很累很累。{place}"}) for place, fact in enumerate(EN.facts)
    )
    other = changed(
        ZH, id="zh-p", parallel="en-p", age=34, category=EN.category, facts=facts, beliefs=ZH.beliefs, tried=ZH.tried
    )

    def of_pairs(*cards: RoleCard) -> list[str]:
        return [told(finding) for finding in pairs(cards, strict=True)]

    assert of_pairs(one, other) == []
    assert of_pairs(one) == ["error: en-p parallel: there is no card zh-p"]
    assert of_pairs(one, other.model_copy(update={"age": 35})) == ["error: en-p age: 34, and zh-p has 35"]
    assert "error: en-p facts: nights, and zh-p has none of its own" in of_pairs(
        one, other.model_copy(update={"facts": facts[1:]})
    )
    assert of_pairs(one, other.model_copy(update={"parallel": None}))[0] == (
        "error: en-p parallel: zh-p names none as its own"
    )
    assert "error: en-p parallel: zh-p is in en too" in of_pairs(one, other.model_copy(update={"language": "en"}))


@given(text=st.text(max_size=200))
def test_no_text_breaks_a_check(text: str) -> None:
    card = RoleCard(id="a", language="en", summary=text or "x", facts=(Fact(id="f", depth="core", text=text or "x"),))
    check_cards([card, card.model_copy(update={"id": "b", "language": "zh"})], strict=False)
