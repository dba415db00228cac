"""What could tell who somebody is stands in no card: it is taken out before anything is kept or sent."""

from hardseek.cards.building import masked


def test_what_identifies_gives_way_to_its_kind() -> None:
    text, taken = masked("write to sad.person@mail.example.org or call 07700 900123", "en")
    assert text == "write to [e-mail address] or call [phone number]"
    assert taken == {"e-mail address": 1, "phone number": 1}


def test_in_chinese_too() -> None:
    text, taken = masked("加我微信：sunny_0909", "zh")
    assert (text, taken) == ("加我微信：[账号]", {"account": 1})


def test_what_is_said_of_a_service_stays() -> None:
    said = "We only talk online. Skype is user-friendly, Facebook is awful."
    assert masked(said, "en") == (said, {})
