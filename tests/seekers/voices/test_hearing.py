"""What the words answer to."""

import pytest

from hardseek.language import Language
from hardseek.seekers.voices.gerund import gerund
from hardseek.seekers.voices.hearing import covers, hear


@pytest.mark.parametrize(
    ("text", "language", "asked"),
    [
        ("That is a lot.", "en", None),
        ("When did it start?", "en", "when"),
        ("How long have you felt like this?", "en", "when"),
        ("How many times a week?", "en", "often"),
        ("Who else knows?", "en", "who"),
        ("Is there anyone you can talk to?", "en", "who"),
        ("Where do you live?", "en", "where"),
        ("How old are you?", "en", "age"),
        ("On a scale of 1 to 10, how bad is it?", "en", "scale"),
        ("Are you safe right now? Whatever it is, you can tell me. Who is with you?", "en", "safe"),
        ("Are you having thoughts of hurting yourself?", "en", "safe"),
        ("Did the seat feel safe to you?", "en", "closed"),
        ("Are you in a relationship?", "en", "partner"),
        ("Do you have kids?", "en", "children"),
        ("Do you feel lonely?", "en", "closed"),
        ("Have you seen a doctor?", "en", "closed"),
        ("Was it like this last year?", "en", "closed"),
        ("Why do you think that is?", "en", "why"),
        ("How did it come to this?", "en", "why"),
        ("What has that been like for you?", "en", "feeling"),
        ("When it is at its worst, what is that like?", "en", "feeling"),
        ("What part of it is the hardest?", "en", "part"),
        ("What would you want to be different?", "en", "want"),
        ("How do you cope with all of that?", "en", "cope"),
        ("You could write to her. How does that sound?", "en", "think"),
        ("Could you tell me more about that?", "en", "more"),
        ("Are you eating? What do you mean by over?", "en", "open"),
        ("这样啊。", "zh", None),
        ("什么时候开始的？", "zh", "when"),
        ("一周有几次？", "zh", "often"),
        ("当时还有谁在？", "zh", "who"),
        ("你住在哪里？", "zh", "where"),
        ("你多大了？", "zh", "age"),
        ("要是打分的话，你给几分？", "zh", "scale"),
        ("你这会儿安全吗？不管是什么答案，都可以告诉我。身边有人吗？", "zh", "safe"),
        ("你有没有想过伤害自己？", "zh", "safe"),
        ("你有对象吗？", "zh", "partner"),
        ("你有孩子吗？", "zh", "children"),
        ("你跟家里人说过吗？", "zh", "closed"),
        ("是不是最近压力太大了？", "zh", "closed"),
        ("为什么会这样想？", "zh", "why"),
        ("那会儿你心里是什么感觉？", "zh", "feeling"),
        ("这里面最难受的是哪一块？", "zh", "part"),
        ("你最希望身边的人明白的是什么？", "zh", "want"),
        ("这段时间你都是怎么过来的？", "zh", "cope"),
        ("写封信试试，你觉得怎么样？", "zh", "think"),
        ("能多说说吗？", "zh", "more"),
    ],
)
def test_the_last_question_decides_what_is_asked_for_and_one_about_safety_anywhere(
    text: str, language: Language, asked: str | None
) -> None:
    assert hear(text, language).asked == asked


@pytest.mark.parametrize(
    ("text", "language", "advice"),
    [
        ("You should exercise every day.", "en", ("exercising",)),
        ("Maybe you could try keeping a journal.", "en", ("keeping a journal",)),
        ("1. Make a list of your goals.\n2. Try meditation; an app can guide you.", "en",
         ("making a list of my goals", "meditation")),
        ("Have you considered talking to your sister about it?", "en", ("talking to my sister",)),
        ("You need to get some sleep. You should set limits.", "en", ("getting some sleep", "setting limits")),
        ("You could be kinder to yourself.", "en", ("being kinder to myself",)),
        ("You can come back to this whenever you want.", "en", ()),
        ("You might feel better soon. You have to be exhausted.", "en", ("being exhausted",)),
        ("I am so sorry. That sounds hard.", "en", ()),
        ("You should try deep breathing. You should also try yoga. You could try to call her.", "en",
         ("deep breathing", "yoga", "calling her")),
        ("与其随便编一个，不如老实告诉你。小时候听你奶奶说，要不是为了等你弟。", "zh", ()),
        ("不如先休息几天。要不你多出去走走？", "zh", ("休息几天", "多出去走走")),
        ("建议你每天晚上写日记。", "zh", ("每天晚上写日记",)),
        ("1. 你应该早睡早起，作息规律。\n2. 把目标列出来，一个一个完成。", "zh", ("早睡早起", "把目标列出来")),
        ("可以试试冥想，手机上有软件。", "zh", ("冥想",)),
        ("你应该多联系你的朋友。", "zh", ("联系我的朋友",)),
        ("你要学会拒绝别人。", "zh", ("拒绝别人",)),
        ("这些压在心里，肯定很不好过。", "zh", ()),
    ],
)  # fmt: skip
def test_advice_is_heard_as_the_seeker_would_name_it(text: str, language: Language, advice: tuple[str, ...]) -> None:
    assert hear(text, language).advice == advice


def test_feelings_that_are_named_are_heard() -> None:
    assert hear("So you feel lonely, and a bit ashamed.", "en").feelings == ("lonely", "ashamed")
    assert hear("听起来你又委屈又心累。", "zh").feelings == ("委屈", "心累")


@pytest.mark.parametrize(
    ("what", "named", "said"),
    [
        ("make a plan", False, "making a plan"),
        ("sit down", False, "sitting down"),
        ("lie down", False, "lying down"),
        ("see it from outside", False, "seeing it from outside"),
        ("be patient", False, "being patient"),
        ("going out", False, "going out"),
        ("deep breathing", True, "deep breathing"),
    ],
)
def test_what_is_to_be_done_is_named_as_doing_it(what: str, named: bool, said: str) -> None:
    assert gerund(what, named=named) == said


def test_some_names_cover_several_kinds() -> None:
    assert covers("asked", "when")
    assert covers("asked", "closed")
    assert not covers("asked", "advice")
    assert covers("question", "why")
    assert not covers("question", "closed")
    assert covers("open", "open")
    assert not covers("open", "why")
