"""Personal identifiers: found in either language, and not where there are none. All numbers here are made up."""

import pytest

from hardseek.cards.identifiers import identifiers

FOUND = [
    ("write to sad.person+1@mail.example.org", "e-mail address", "sad.person+1@mail.example.org"),
    ("my page is https://example.org/me?x=1", "web address", "https://example.org/me?x=1"),
    ("ask @lonely_fox99 about it", "handle", "@lonely_fox99"),
    ("My Instagram is blue.hills.77", "handle", "blue.hills.77"),
    ("Skype is user_4471, call me", "handle", "user_4471"),
    ("my insta is sadgirl, write to me", "handle", "sadgirl"),
    ("Discord username is nightowl", "handle", "nightowl"),
    ("snapchat: kim.h", "handle", "kim.h"),
    ("加我微信：sunny_0909", "account", "sunny_0909"),
    ("我QQ号是20202020202", "account", "20202020202"),
    ("打我电话13800138000", "phone number", "13800138000"),
    ("打我电话 138 0013 8000 吧", "phone number", "138 0013 8000"),
    ("单位电话010-55550123", "phone number", "010-55550123"),
    ("call +44 7700 900123 at night", "phone number", "+44 7700 900123"),
    ("call (555) 010-0199", "phone number", "(555) 010-0199"),
    ("call 07700 900123", "phone number", "07700 900123"),
    ("我的身份证是11010119900307123X", "identity number", "11010119900307123X"),
    ("my SSN is 078-05-1120", "identity number", "078-05-1120"),
    ("card 4000 1234 5678 9010", "card or account number", "4000 1234 5678 9010"),
    ("IBAN GB29 NWBK 6016 1331 9268 19", "card or account number", "GB29 NWBK 6016 1331 9268 19"),
    ("my number there is 123456789012", "long number", "123456789012"),
    ("I was born on 12 March 1990 in a small town", "date of birth", "12 March 1990"),
    ("我出生于1990年3月12日", "date of birth", "1990年3月12日"),
    ("I live at 12 Baker Street", "street address", "12 Baker Street"),
    ("we're in SW1A 1AA now", "postcode", "SW1A 1AA"),
    ("我住在人民路128号", "street address", "人民路128号"),
    ("我家在3栋2单元501", "street address", "3栋2单元501"),
    ("My name is Erika Mustermann", "full name", "Erika Mustermann"),
    ("I told Sarah Whitfield everything", "full name", "Sarah Whitfield"),
    ("my doctor is Dr. Lena Hartwig", "full name", "Dr. Lena Hartwig"),
    ("我叫张晓明，今年三十", "full name", "张晓明"),
    ("我同事叫李娜。", "full name", "李娜"),
]

NOT_FOUND = [
    "I've told Sarah, and Mr Brown from the bank.",
    "We met in March 2020 and paid 250,000 for it, at 10:30 on 12/05.",
    "Daniel said Monday would be fine. John I have known for years.",
    "我叫他起床，他不理我；我叫了好几次。",
    "工资五千多，每个月给家里3000，2023年10月开始的。",
    "我住三楼，门口那条路修了半年，每天坐18路公交。",
    "老张说小李也走了，我们12个人的组只剩5个。",
    "I do 12 hours a day, 6 days a week, on 4 wards; my score was 98.6 and it took 1,000,000 tries.",
    "Skype is user-friendly, but Facebook is terrible. Twitter is where I read.",
    "My Facebook is full of happy couples, and Instagram is the worst...",
    "He's in Year 10 and I am 45, so that's 30 years.",
]


@pytest.mark.parametrize(("text", "kind", "what"), FOUND)
def test_identifiers_are_found_whole(text: str, kind: str, what: str) -> None:
    (found,) = identifiers(text)
    assert (found.kind, text[found.start : found.end]) == (kind, what)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_ordinary_words_and_numbers_are_none(text: str) -> None:
    assert identifiers(text) == ()


def test_several_are_found_in_their_order_and_shown_masked() -> None:
    text = "I'm at 4 Elm Road, call (555) 010-0199 or write to me@example.org"
    found = identifiers(text)
    assert [each.kind for each in found] == ["street address", "phone number", "e-mail address"]
    assert found[1].masked(text) == "(5************"
    assert all("example" not in each.masked(text) for each in found)
