"""What a wording must not do, in both languages."""

from collections.abc import Callable

import pytest

from hardseek.chat import Message
from hardseek.language import Language
from hardseek.seekers import Move, Part, SeekerState
from hardseek.seekers.check import problems
from hardseek.seekers.voice import Line

SUPPORTER: dict[Language, str] = {
    "en": "It sounds like you have been carrying this around the flat all on your own for weeks.",
    "zh": "听起来这几个星期你一直一个人在屋里扛着这些事情。",
}
Check = Callable[..., tuple[str, ...]]


@pytest.fixture
def check(part: Callable[..., Part]) -> Check:
    def run(
        text: str,
        language: Language = "en",
        *,
        length: int = 12,
        facts: tuple[str, ...] = (),
        told: tuple[str, ...] = (),
    ) -> tuple[str, ...]:
        heard = (Message("user", "…"), Message("assistant", SUPPORTER[language]))
        state = SeekerState(distress=6.0, trust=0.4, openness=0.4, engagement=0.6, disclosed=told)
        return problems(text, Line(part(language), heard, state, None, Move("tell", facts, length), 1))

    return run


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("idk. it's been like this for weeks", "en"),
        ("no.", "en"),
        ("...", "en"),
        ("I keep thinking I'm the problem. Am I? (probably yes)", "en"),
        ("I *really* can't do this again", "en"),
        ("Tired.\n1. that's all", "en"),
        ("students just ignore my instructions all day", "en"),
        ("they replaced half my team with some AI, I train language models now", "en"),
        ("how can I help my son when he won't talk to me?", "en"),
        ("I'm here because I can't sleep. thank you for listening", "en"),
        ("he said (again) that I'm too much", "en"),
        ("就那样吧，也没什么好说的", "zh"),
        ("我在这里陪我妈住院，好几天没合眼了", "zh"),
        ("我能理解你的好意，可是真的没用", "zh"),
        ("老板让我天天写提示词，说以后用人工智能代替我们", "zh"),
        ("他（又一次）说我太敏感", "zh"),
        ("emo", "zh"),
        ("ok", "zh"),
        ("嗯", "zh"),
        ("我不知道该怎么跟你讲，说出来你可能也会觉得我小题大做", "zh"),
    ],
)
def test_what_people_write_passes(text: str, language: Language, check: Check) -> None:
    assert check(text, language) == ()


@pytest.mark.parametrize(
    ("text", "language", "what"),
    [
        ("As an AI language model I can't feel that", "en", "AI"),
        ("I'm just an AI so I don't sleep", "en", "AI"),
        ("My instructions say I should be upset", "en", "AI"),
        ("作为一个人工智能，我没有感受", "zh", "AI"),
        ("我只是个聊天机器人，不会难过", "zh", "AI"),
        ("根据设定我现在应该难过", "zh", "AI"),
        ("I'm here to listen. What brings you here today?", "en", "helper"),
        ("I understand how you feel, how can I support you?", "en", "helper"),
        ("谢谢你的分享，我在这里陪着你", "zh", "helper"),
        ("有什么可以帮到你的吗", "zh", "helper"),
        ("我能理解你的感受", "zh", "helper"),
        ("<think>the seeker is closed</think> fine", "en", "reasoning"),
        ("*sighs and looks away* whatever", "en", "stage directions"),
        ("I don't know *sighs*", "en", "stage directions"),
        ("（低头沉默）我不想说", "zh", "stage directions"),
        ("我不知道*叹气*", "zh", "stage directions"),
        ("- the rent\n- the kitchen", "en", "list"),
        ("1. 房租\n2. 厨房", "zh", "list"),
        ("我真的很累，不想再说了", "en", "language"),
        ("I really don't want to talk about it", "zh", "language"),
        ("Seeker: I don't know", "en", "label"),
        ("求助者：我不知道", "zh", "label"),
        ("   ", "en", "no words"),
    ],
)
def test_what_nobody_would_write_is_named(text: str, language: Language, what: str, check: Check) -> None:
    assert any(what in problem for problem in check(text, language))


@pytest.mark.parametrize(("language", "word"), [("en", "really tired of this "), ("zh", "真的好累啊")])
def test_far_too_long_is_named_and_a_little_longer_is_not(language: Language, word: str, check: Check) -> None:
    assert check(word * 4, language, length=12) == ()
    assert "far too long" in check(word * 40, language, length=4)[0]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_giving_the_supporters_words_back_is_an_echo(language: Language, check: Check) -> None:
    assert "echoes the supporter" in check(SUPPORTER[language], language, length=20)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_fact_is_told_only_where_it_may_be(language: Language, check: Check, part: Callable[..., Part]) -> None:
    fact = next(fact for fact in part(language).card.facts if fact.id == "dismissed")
    assert "tells dismissed" in check(fact.text, language)[0]
    assert check(fact.text, language, facts=("dismissed",)) == ()
    assert check(fact.text, language, told=("dismissed",)) == ()


def test_words_of_a_fact_that_the_supporter_took_from_the_seeker_are_no_echo(part: Callable[..., Part]) -> None:
    said = "My flatmate ignores me since we argued about the rent."
    heard = (Message("user", said), Message("assistant", f"So it is like this: {said} That is lonely."))
    state = SeekerState(distress=6.0, trust=0.4, openness=0.4, engagement=0.6, disclosed=("flatmate",))
    line = Line(part(), heard, state, None, Move("elaborate", (), 14), 1)
    assert problems(said, line) == ()
