"""What cards say of their person in so many words."""

import pytest

from hardseek.language import Language
from hardseek.seekers.portrait import portrait


@pytest.mark.parametrize(
    ("language", "relationship", "partner", "children"),
    [
        ("en", "married, one child of five", "married", True),
        ("en", "divorced, one grown-up son", "divorced", True),
        ("en", "widowed for nine months", "widowed", None),
        ("en", "single since six weeks ago, was with her girlfriend for two years", "partnered", None),
        ("en", "single", "single", None),
        ("en", "long-term partner, no children", "partnered", False),
        ("en", "never married", "single", None),
        ("en", None, None, None),
        ("zh", "已婚，两个孩子", "married", True),
        ("zh", "单身，三年没谈恋爱", "single", None),
        ("zh", "离婚，儿子跟前妻", "divorced", True),
        ("zh", "未婚，有稳定的男朋友", "partnered", None),
        ("zh", "丧偶，无子女", "widowed", False),
        ("zh", "未提及", None, None),
    ],
)
def test_relationship(language: Language, relationship: str | None, partner: str | None, children: bool | None) -> None:
    found = portrait(language, None, None, relationship)
    assert (found.partner, found.children) == (partner, children)


@pytest.mark.parametrize(
    ("language", "gender", "expected"),
    [("en", "female", "female"), ("en", "male", "male"), ("en", "woman", "female"), ("en", "nonbinary", None),
     ("en", None, None), ("zh", "女性", "female"), ("zh", "男", "male"), ("zh", "未知", None)],
)  # fmt: skip
def test_gender(language: Language, gender: str | None, expected: str | None) -> None:
    assert portrait(language, None, gender, None).gender == expected


def test_an_age_is_a_number_or_not_known() -> None:
    assert portrait("en", 34, None, None).age == 34
    assert portrait("en", "young adult", None, None).age is None


def test_whether_there_is_a_partner() -> None:
    assert portrait("en", None, None, "married").together is True
    assert portrait("en", None, None, "divorced").together is False
    assert portrait("en", None, None, None).together is None
