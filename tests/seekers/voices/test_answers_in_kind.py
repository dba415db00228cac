"""What is said fits what the supporter did."""

from collections.abc import Callable

import pytest

from hardseek.cards import RoleCard
from hardseek.chat import Message
from hardseek.language import Language
from hardseek.seekers import Act, Appraisal
from hardseek.seekers.voice import Line
from hardseek.seekers.voices.answering import context_of, heard
from hardseek.seekers.voices.bank import bank
from hardseek.seekers.voices.memory import key
from hardseek.seekers.voices.phrase import Phrase

Make = Callable[..., Line]
Say = Callable[[Line], str]
ASKED = Appraisal(closed_question=0.9)
ADVISED = Appraisal(advice=0.9)


def after(text: str) -> list[Message]:
    return [Message("user", "…"), Message("assistant", text)]


def context(line: Line) -> str:
    return context_of(line, heard(line))


@pytest.mark.parametrize(("language", "text"), [("en", "How old are you?"), ("zh", "你多大了？")])
def test_the_card_knows_an_age_or_the_question_is_open(
    line: Make, say: Say, cards: dict[Language, RoleCard], language: Language, text: str
) -> None:
    asked = line(language, "answer", length=2, transcript=after(text), appraisal=ASKED)
    if cards[language].age == 34:
        assert context(asked) == "age"
        said = [
            say(line(language, "answer", length=2, transcript=after(text), appraisal=ASKED, replicate=r))
            for r in range(20)
        ]
        assert sum("34" in each for each in said) >= 10
    else:  # a stage of life and no number
        assert context(asked) == "open"


@pytest.mark.parametrize(
    ("relationship", "expected"), [("married, one child", "known-yes"), ("single", "known-no"), (None, "closed")]
)
def test_the_card_knows_whether_there_is_a_partner(
    line: Make, cards: dict[Language, RoleCard], relationship: str | None, expected: str
) -> None:
    plain = line("en", "answer", transcript=after("Are you married?"), appraisal=ASKED)
    card = cards["en"].model_copy(update={"relationship": relationship})
    part = type(plain.part)(card, plain.part.profile, plain.part.luck, plain.part.exchanges)
    asked = Line(part, plain.transcript, plain.state, plain.appraisal, plain.move, plain.turn)
    assert context(asked) == expected


def test_advice_beside_a_question_is_what_taking_up_answers_to(line: Make) -> None:
    talk = after("You could keep a diary. How does that sound?")
    assert context(line("en", "accept", transcript=talk, appraisal=ADVISED)) == "advice"
    assert context(line("en", "answer", transcript=talk, appraisal=ADVISED)) == "think"


def test_without_words_that_show_it_the_appraisal_decides(line: Make) -> None:
    talk = after("I wonder about your mother.")
    assert context(line("en", "answer", transcript=talk, appraisal=Appraisal(open_question=0.9))) == "open"
    assert context(line("en", "answer", transcript=talk, appraisal=Appraisal(closed_question=0.9))) == "closed"
    assert context(line("en", "answer", transcript=talk, appraisal=Appraisal(validation=0.9))) == "comfort"
    assert context(line("en", "accept", transcript=talk, appraisal=ADVISED)) == "advice"


@pytest.mark.parametrize(
    ("language", "advice"),
    [("en", ("You should try gardening.", "gardening")), ("zh", ("建议你每天写日记。", "每天写日记"))],
)
@pytest.mark.parametrize("act", ["accept", "reject", "argue"])
def test_advice_comes_back_by_its_name(
    line: Make, say: Say, language: Language, advice: tuple[str, str], act: Act
) -> None:
    text, named = advice
    said = [
        say(line(language, act, length=14, transcript=after(text), appraisal=ADVISED, replicate=r)).lower()
        for r in range(40)
    ]
    assert sum(named in each.replace("，", "").replace(" ", "") or named in each for each in said) >= 14


@pytest.mark.parametrize(("language", "text"), [("en", "Why is that?"), ("zh", "为什么呢？")])
def test_nobody_says_yes_to_a_why(line: Make, say: Say, language: Language, text: str) -> None:
    replies = {
        form.text
        for each in bank(language).shelf("answer", "first", "plain", "closed").phrases
        for form in Phrase.of(each.text).every()
    }
    others = {
        form.text
        for place in ("first", "any")
        for each in bank(language).shelf("answer", place, "plain", "why").phrases
        for form in Phrase.of(each.text).every()
    }
    for replicate in range(40):
        answer = line(language, "answer", length=3, transcript=after(text), replicate=replicate)
        assert say(answer).lower().rstrip(".!。！") not in replies - others


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "I'm glad you told me. Are you safe right now?"), ("zh", "你能说出来很不容易。你这会儿安全吗？")],
)
@pytest.mark.parametrize("act", ["tell", "elaborate", "vent"])
def test_who_is_asked_whether_they_are_safe_says_so(
    line: Make, say: Say, language: Language, text: str, act: Act
) -> None:
    telling = [key(word) for word in ("safe", "ok", "okay", "anything", "nothing", "danger", "没事", "安全", "不会")]
    for replicate in range(40):
        asked = line(language, act, length=20, replicate=replicate, transcript=after(text), appraisal=ASKED)
        said = f" {key(say(asked))} "
        assert any(f" {word} " in said for word in telling), said
