"""From a summary to what the person would say, in both languages."""

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardseek.cards.telling import tell
from hardseek.language import LANGUAGES, Language

Gender = Literal["female", "male"] | None


def texts(summary: str, language: Language, gender: Gender) -> list[str]:
    told = tell(summary, language, gender)
    return [fact.text for fact in told.facts]


@pytest.mark.parametrize(
    ("gender", "summary", "spoken"),
    [
        ("male", "The seeker's girlfriend left him.", ["My girlfriend left me."]),
        ("female", "The seeker is tired and has lost her job.", ["I'm tired and have lost my job."]),
        # A sister is named: the pronouns of her own clause stay hers, an object in it is the person.
        ("female", "The seeker has a sister who mocks her.", ["I have a sister who mocks me."]),
        ("female", "Her daughter has moved to her own flat.", ["My daughter has moved to her own flat."]),
        # The subject before it, not the mother, is meant by "she".
        ("female", "The seeker avoids her mother since she moved out.", ["I avoid my mother since I moved out."]),
        # Somebody of the other gender is never the person.
        ("male", "The seeker misses his wife and loves her.", ["I miss my wife and love her."]),
        # They: the couple, the person whose gender is unknown, or others.
        ("male", "His wife left. They had a fight.", ["My wife left.", "We had a fight."]),
        (None, "The seeker hates their job. They are tired.", ["I hate my job.", "I'm tired."]),
        (None, "The seeker has a friend; their friendship is over.", ["I have a friend.", "Our friendship is over."]),
        ("male", "The seeker envies friends who have their own plans.", ["I envy friends who have their own plans."]),
        # Clipped summaries get subjects.
        ("female", "Lost job, unable to find work.", ["I lost my job.", "I'm unable to find work."]),
        (
            "male",
            "Wife requested a divorce, leaving him devastated.",
            ["My wife requested a divorce.", "It's left me devastated."],
        ),
        (None, "Difficulty sleeping after a row with boss.", ["I have trouble sleeping after a row with my boss."]),
        (None, "Frequent rows with best friend.", ["There are frequent rows with my best friend."]),
        ("male", "Needs money but is broke.", ["I need money but am broke."]),
        (
            None,
            "Unsure whether to stay, feeling lost at work.",
            ["I'm unsure whether to stay.", "I'm feeling lost at work."],
        ),
    ],
)
def test_english(gender: Gender, summary: str, spoken: list[str]) -> None:
    assert texts(summary, "en", gender) == spoken


@pytest.mark.parametrize(
    ("gender", "summary", "spoken"),
    [
        ("male", "求助者的女友离开了他。", ["我女朋友离开了我。"]),
        ("female", "求助者与母亲关系紧张。", ["我跟我妈关系紧张。"]),
        ("male", "求助者的父亲对他很严厉。", ["我爸对我很严厉。"]),
        ("male", "求助者的父亲对其要求很高。", ["我爸对我要求很高。"]),
        ("female", "求助者的母亲很强势。她总是批评人。", ["我妈很强势。", "她总是批评人。"]),
        ("female", "求助者刚毕业。她找不到工作。", ["我刚毕业。", "我找不到工作。"]),
        ("male", "求助者想念前女友，她已经搬走了。", ["我想念前女友。", "她已经搬走了。"]),
        ("female", "求助者担心男友的母亲不喜欢她。", ["我担心男朋友的母亲不喜欢我。"]),
        ("male", "用户与女友相恋两年，两人常争吵。", ["我跟女朋友相恋两年。", "我们俩常争吵。"]),
        (None, "父母经常吵架，两人都不说话。", ["我爸妈经常吵架。", "两人都不说话。"]),
        (None, "其他人和其实都不是当事人，用户不在意他人。", ["其他人和其实都不是当事人。", "我不在意别人。"]),
        ("female", "丈夫总是晚归，妻子感到孤独。", ["我老公总是晚归。", "我很孤独。"]),
        (None, "如何走出失恋的阴影。", ["我不知道怎么走出失恋的阴影。"]),
    ],
)
def test_chinese(gender: Gender, summary: str, spoken: list[str]) -> None:
    assert texts(summary, "zh", gender) == spoken


def test_a_long_chinese_sentence_is_told_in_several_messages() -> None:
    spoken = texts("求助者最近换了工作部门，担心领导的反应和自己的未来，不知道如何开口。", "zh", "female")
    assert spoken == ["我最近换了工作部门。", "我担心领导的反应和自己的未来。", "我不知道怎么开口。"]


def test_the_only_sentence_is_cut_where_both_halves_can_stand() -> None:
    halves = ["I'm hurt and can't sleep.", "Because my friends laughed at me."]
    assert texts("The seeker is hurt and can't sleep because her friends laughed at her.", "en", "female") == halves
    assert texts("The seeker is hurt because her friends laughed.", "en", "female") == [
        "I'm hurt because my friends laughed."
    ]


def test_the_opening_is_surface_and_worth_and_shame_lie_deepest() -> None:
    told = tell("The seeker lost a job. She lives with two cats. She is sad. She feels worthless now.", "en", "female")
    assert [fact.depth for fact in told.facts] == ["surface", "surface", "personal", "core"]
    assert told.feelings == ("sad", "worthless")


@pytest.mark.parametrize(
    ("language", "summary", "risk"),
    [
        ("en", "The seeker is sad. She has suicidal thoughts.", "passive-thoughts"),
        ("en", "The seeker is sad. She has a history of self-harm.", "past-self-harm"),
        ("en", "The seeker is sad. She is cutting back on coffee.", "none"),
        ("zh", "求助者很难过。她有自杀念头。", "passive-thoughts"),
        ("zh", "求助者很难过。她曾有自残行为。", "past-self-harm"),
        ("zh", "求助者担心女儿。女儿有自残行为。", "none"),
    ],
)
def test_self_harm_is_noticed_and_lies_deepest(language: Language, summary: str, risk: str) -> None:
    told = tell(summary, language, "female")
    assert told.risk == risk
    assert told.facts[0].depth == "surface"
    expected = "core" if "cutting back" not in summary else told.facts[-1].depth
    assert told.facts[-1].depth == expected


@pytest.mark.parametrize("summary", ["求助者曾割腕。", "求助者想跳楼。"])
def test_means_are_not_told(summary: str) -> None:
    told = tell(summary, "zh", "female")
    assert told.risk != "none"
    assert not any(word in told.facts[0].text for word in ("腕", "楼"))


def test_a_wish_for_advice_is_what_the_person_wants_and_no_fact() -> None:
    told = tell("The seeker lost his dog. He is seeking advice on coping with it.", "en", "male")
    assert [fact.text for fact in told.facts] == ["I lost my dog."]
    assert told.wants == "I'm looking for advice on coping with it."
    assert tell("用户失眠。希望找到入睡的办法。", "zh", None).wants == "我希望找到入睡的办法。"


def test_a_wish_alone_is_told_too() -> None:
    assert len(tell("希望得到建议。", "zh", None).facts) == 1


@given(summary=st.text(min_size=1).filter(lambda text: any(letter.isalpha() for letter in text)))
@pytest.mark.parametrize("language", LANGUAGES)
def test_any_text_with_letters_gives_at_least_one_fact(language: Language, summary: str) -> None:
    assert tell(summary, language, None).facts
